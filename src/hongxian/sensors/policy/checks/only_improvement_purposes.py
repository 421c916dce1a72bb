"""PI that is asked for only to improve, to push, to advertise or to develop products."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.sensors.policy.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.policy.checks.text import Policy
    from hongxian.sensors.policy.declarations import Declaration

PURPOSES = frozenset(("improve", "research", "push", "recommendation", "ads"))
"""Those that behaviour 4.5 does not take for a need."""


def check(policy: Policy) -> Iterator[Finding]:
    """Yield the PI all of whose purposes, as the operator tells them, are of that kind."""
    said: dict[str, list[Declaration]] = {}
    for one in policy.declarations:
        if one.act in {"collect", "use"} and one.actor == "first_party" and one.info:
            said.setdefault(one.info, []).append(one)
    for info, ones in said.items():
        if all(one.purpose in PURPOSES for one in ones):
            first = ones[0]
            yield Finding(
                item="only_improvement_purposes", start=first.span.start, end=first.span.end,
                info=info, purpose=first.purpose,
            )  # fmt: skip
