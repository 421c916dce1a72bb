from __future__ import annotations

from hongxian.sensors.policy.findings import Finding


def test_findings_do_not_share_their_details() -> None:
    one, other = Finding(item="minors", start=0, end=4), Finding(item="copy", start=5, end=9)
    one.detail["age"] = 14
    assert other.detail == {}
