"""Whether the policy says at all which PI is collected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.sensors.policy.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.policy.checks.text import Policy


def check(policy: Policy) -> Iterator[Finding]:
    """Yield the first clause that says which PI is collected; one with a purpose goes first."""
    said = [one for one in policy.declarations if one.act == "collect" and one.info]
    if not said:
        return
    first = next((one for one in said if one.purpose), said[0])
    yield Finding(
        item="collection_rules", start=first.span.start, end=first.span.end,
        detail={"infos": len({one.info for one in said})},
    )  # fmt: skip
