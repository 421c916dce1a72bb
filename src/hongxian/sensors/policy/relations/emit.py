"""Writes declarations, each distinct one once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hongxian.sensors.policy.declarations import Declaration, Span
    from hongxian.sensors.policy.relations.scene import Named

MOST = 400
"""Declarations of one group of verbs."""
_FILLED = ("function", "condition", "days", "method", "permission", "form")


class Collected:
    """The declarations of a document; one that comes again only fills what is not known yet."""

    def __init__(self) -> None:
        """Start with none."""
        self._found: dict[tuple[str | None, ...], Declaration] = {}

    def add(self, said: Iterable[Declaration]) -> bool:
        """Take declarations; tell whether there was any."""
        some = False
        for one in said:
            some = True
            key = (one.act, one.info, one.actor, one.recipient, one.purpose)
            known = self._found.get(key)
            self._found[key] = one if known is None else _filled(known, one)
        return some

    def supersede(self, said: Iterable[Declaration]) -> None:
        """Drop what was told without a purpose, now that the purpose is told."""
        for one in said:
            if one.referred and one.purpose:
                self._found.pop((one.act, one.info, one.actor, one.recipient, None), None)

    def result(self) -> list[Declaration]:
        """Return them in the order of the text."""
        return sorted(self._found.values(), key=lambda one: (one.span.start, one.span.end))


def spread(
    base: Declaration,
    infos: Sequence[Named],
    recipients: Sequence[Named],
    purposes: Sequence[Named],
) -> Iterator[Declaration]:
    """Yield one declaration for each PI, recipient and purpose.

    Args:
        base: all that they share.
        infos: the PI.
        recipients: who gets it; none gives declarations without recipient.
        purposes: what for; none gives declarations without purpose.
    """
    count = 0
    for info in infos:
        for recipient in recipients or (None,):
            for purpose in purposes or (None,):
                count += 1
                if count > MOST:
                    return
                yield _one(base, info, recipient, purpose)


def _one(
    base: Declaration, info: Named, recipient: Named | None, purpose: Named | None
) -> Declaration:
    roles = {**base.roles, "info": info.span}
    if recipient is not None:
        roles["recipient"] = recipient.span
    if purpose is not None:
        roles["purpose"] = purpose.span
    return replace(
        base, info=info.key, recipient=recipient.key if recipient else base.recipient,
        purpose=purpose.key if purpose else base.purpose, referred=info.referred,
        unresolved=info.unresolved, roles=_placed(roles),
    )  # fmt: skip


def _placed(roles: dict[str, Span]) -> dict[str, Span]:
    return {role: span for role, span in roles.items() if span.end > span.start}


def _filled(known: Declaration, more: Declaration) -> Declaration:
    missing = {
        name: getattr(more, name)
        for name in _FILLED
        if getattr(known, name) is None and getattr(more, name) is not None
    }
    possible = known.possible and more.possible
    if not missing and possible == known.possible:
        return known
    return replace(known, possible=possible, **missing)
