"""Exchanges become observations: PI in requests and answers, found a batch at a time."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hongxian.info.recognise import load_recognisers, scan_buffer
from hongxian.info.types import load_types
from hongxian.sensors.traffic.asked import asked_for, digests, known
from hongxian.sensors.traffic.hashed import NOWHERE
from hongxian.sensors.traffic.templates import Templates, template
from hongxian.signals.observation import Observation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hongxian.sensors.traffic.hashed import Hashed
    from hongxian.sensors.traffic.model import Exchange

BATCH = 2_000
"""Exchanges that are scanned at a time."""
MOST_BYTES = 16 << 20
"""Of bodies, in a batch."""

_PARTS = 3
"""Rows of each exchange: target, request, answer."""


@dataclass(slots=True)
class Seen:
    """An exchange with what was found in it."""

    exchange: Exchange
    template: str
    observation: Observation
    taken: dict[str, int] = field(default_factory=dict)
    """PI in the request: type -> values."""
    hashed: dict[str, int] = field(default_factory=dict)
    """Those of them that are digests."""


class Observer:
    """Makes observations of the exchanges of a log.

    Args:
        bounded: whether paths that somebody makes up count under one template in the end.
        hashed: where digests stand for identifiers.
    """

    def __init__(self, *, bounded: bool = True, hashed: Hashed = NOWHERE) -> None:
        """Know no endpoint yet."""
        self.templates = Templates()
        self._template = self.templates.of if bounded else template
        self._infos = info_of_recognisers()
        self._hashed = hashed

    def observe(self, exchanges: Iterable[Exchange]) -> Iterator[Seen]:
        """Yield each exchange with its observation, in order."""
        batch: list[Exchange] = []
        size = 0
        for one in exchanges:
            batch.append(one)
            size += len(one.request) + len(one.response)
            if len(batch) >= BATCH or size >= MOST_BYTES:
                yield from self._scanned(batch)
                batch, size = [], 0
        yield from self._scanned(batch)

    def _scanned(self, batch: Sequence[Exchange]) -> Iterator[Seen]:
        if not batch:
            return
        rows: list[bytes] = []
        for one in batch:
            target = one.target.encode("utf-8", "surrogatepass")
            rows += (target, one.request, one.response)
        data = b"\n".join(rows)
        offsets = array("q", [0])
        at = 0
        for row in rows:
            at += len(row) + 1
            offsets.append(at)
        offsets[-1] = len(data)
        import numpy as np  # noqa: PLC0415 - heavy

        hits = scan_buffer(data, np.frombuffer(offsets, dtype=np.int64))
        found: dict[int, list[tuple[int, str, str]]] = {}
        for row, start, end, recogniser in zip(
            hits["row"].tolist(), hits["start"].tolist(), hits["end"].tolist(),
            hits["recogniser"].tolist(), strict=True,
        ):  # fmt: skip
            info = self._infos[recogniser]
            if info:
                value = data[start:end].decode("utf-8", "replace")
                found.setdefault(row // _PARTS, []).append((row % _PARTS, info, value))
        for number, one in enumerate(batch):
            yield self.seen(one, found.get(number, []))

    def seen(self, one: Exchange, hits: list[tuple[int, str, str]]) -> Seen:
        """Return an exchange with its observation.

        Args:
            one: the exchange.
            hits: values found in it: part (0 target, 1 request, 2 answer), PI type, value.
        """
        name, ids = self._template(one.path)
        info = self._hashed.of(one.method, name, one.path) if self._hashed else None
        found = digests(one.target, one.request, info) if info else []
        return seen_as(one, name, ids, [*hits, *found] if found else hits, len(found))


def seen_as(
    one: Exchange, name: str, ids: Sequence[str], hits: list[tuple[int, str, str]],
    digested: int = 0,
) -> Seen:  # fmt: skip
    """Return an exchange with its observation, when template and numbers of its path are known.

    Args:
        one: the exchange.
        name: template of its path.
        ids: numbers of it.
        hits: values found in it.
        digested: how many of them, the last, are digests of one PI type.
    """
    if not hits and not ids:
        return Seen(one, name, Observation(
            at=one.at, endpoint=f"{one.method} {name}", principals=one.principals,
            status=one.status, secure=one.secure, locator=one.locator,
        ))  # fmt: skip
    taken: dict[str, int] = {}
    given: dict[str, set[str]] = {}
    for part, info, value in hits:
        if part == 2:
            given.setdefault(info, set()).add(value)
        else:
            taken[info] = taken.get(info, 0) + 1
    identifiers = asked_for(hits, ids, one.path)
    observation = Observation(
        at=one.at, endpoint=f"{one.method} {name}", principals=one.principals,
        identifiers=identifiers, given={info: len(values) for info, values in given.items()},
        hits=known(one.status, one.response, [(i.info, i.value) for i in identifiers], given),
        status=one.status, secure=one.secure, locator=one.locator,
    )  # fmt: skip
    return Seen(one, name, observation, taken, {hits[-1][1]: digested} if digested else {})


def info_of_recognisers() -> list[str]:
    """Return the PI type of each recogniser, empty where it is none or is not to be told."""
    known = load_types()
    return [row.info if row.info in known and not row.silent else "" for row in load_recognisers()]
