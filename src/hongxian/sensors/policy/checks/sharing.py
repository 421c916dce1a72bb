"""To whom PI is given, or that it is given to nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.sensors.policy.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.policy.checks.text import Policy

_ACTS = frozenset(("share", "entrust", "transfer", "disclose", "not_share"))


def check(policy: Policy) -> Iterator[Finding]:
    """Yield the first clause on each way of giving PI to others; ``detail.act`` says which."""
    known: set[str] = set()
    for one in sorted(policy.declarations, key=lambda said: said.span.start):
        if one.act in _ACTS and one.act not in known and one.actor == "first_party":
            known.add(one.act)
            yield Finding(
                item="sharing", start=one.span.start, end=one.span.end, recipient=one.recipient,
                detail={"act": one.act},
            )  # fmt: skip
