from __future__ import annotations

from hongxian.sensors.app.catalogue.source import rows


def test_lists_are_read_by_name() -> None:
    assert {"api", "field", "string", "risk"} <= set(rows("apis"))
    assert rows("apis") is rows("apis")
