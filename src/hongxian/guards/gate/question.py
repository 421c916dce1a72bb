"""What a request asks of the core, as keys alone: it may be handed to another process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hongxian.guards.gate.enumeration import Asked, Principal
from hongxian.signals.keys import Key

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(slots=True, kw_only=True)
class Question:
    """Who asks for what at an endpoint."""

    at: float
    endpoint: str
    who: list[Principal]
    """Each that many share, then the nearest to a person."""
    groups: list[Principal]
    """What may stand behind many of them."""
    asked: list[Asked]
    """The identifiers by kind."""

    def dump(self) -> list[Any]:
        """Return it as plain data."""
        who = [[one.kind, one.who, one.alone] for one in self.who]
        groups = [[one.kind, one.who] for one in self.groups]
        asked = [
            [one.info, [[k.value, k.cell, k.block, k.place, k.region] for k in one.keys]]
            for one in self.asked
        ]
        return [self.at, self.endpoint, who, groups, asked]

    @classmethod
    def load(cls, data: list[Any]) -> Question:
        """Return what :meth:`dump` wrote."""
        at, endpoint, who, groups, asked = data
        return cls(
            at=at, endpoint=endpoint,
            who=[Principal(kind, name, alone) for kind, name, alone in who],
            groups=[Principal(kind, name, alone=False) for kind, name in groups],
            asked=[
                Asked(endpoint=endpoint, info=info, at=at, keys=[Key(*key) for key in keys])
                for info, keys in asked
            ],
        )  # fmt: skip


def asked_by(at: float, endpoint: str, infos: Sequence[str], keys: Sequence[Key]) -> list[Asked]:
    """Return identifiers by kind.

    Args:
        at: when.
        endpoint: where.
        infos: PI type of each identifier.
        keys: their keys.
    """
    by_info: dict[str, Asked] = {}
    made: list[Asked] = []
    for place, key in enumerate(keys):
        info = infos[place]
        asked = by_info.get(info)
        if asked is None:
            asked = by_info[info] = Asked(endpoint=endpoint, info=info, at=at, keys=[key])
            made.append(asked)
        else:
            asked.keys.append(key)
    return made
