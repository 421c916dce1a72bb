"""Finds PI in flows: the session's own test values, however they are written or hashed.

A value that went through an HMAC, a hash with a salt, or a cipher cannot be found by anybody who
does not know the key; it is not claimed.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from hongxian.sensors.session.model import Opaque, Part, Sighting
from hongxian.sensors.session.network.automaton import Automaton
from hongxian.sensors.session.network.escapes import variants
from hongxian.sensors.session.network.parts import parts_of
from hongxian.sensors.session.network.patterns import patterns
from hongxian.sensors.session.network.places import (
    COARSE,
    FINE,
    Reading,
    fitting,
    paired,
    places_of,
    readings,
    scaled,
)
from hongxian.sensors.session.network.strangers import Seen, strangers
from hongxian.sensors.session.network.told import LISTED, Found, told
from hongxian.words.mask import COVER, mask

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from hongxian.sensors.session.model import Flow
    from hongxian.sensors.session.network.patterns import Pattern

_PLACES = ("location.precise", "location.coarse", "location.track", "location.residence")
_FIELD = 64
"""A longer text is no single value that somebody would turn round."""
_READ = 1 << 20
"""Longer texts are not looked through for coordinates and escapes."""


_HALVES = 100
"""So many numbers that fit half of a position are compared within one record."""


@dataclass(slots=True)
class _Flow:
    """What has been found in one flow so far."""

    parts: list[Part] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)
    halves: dict[tuple[object, ...], list[tuple[Part, Reading]]] = field(default_factory=dict)
    """Coordinates that stand in fields of their own, by PI type and what holds the fields."""


class Finder:
    """Looks for the test values of one session."""

    def __init__(self, values: Mapping[str, Iterable[str]]) -> None:
        """Make all spellings, encodings and hashes of the values.

        Args:
            values: the manifest's test values by PI type.
        """
        given = {info: tuple(told) for info, told in values.items()}
        self._automaton = Automaton(patterns(given))
        self._seen: Seen = {}
        self._places = {
            info: places for info in _PLACES if (places := places_of(given.get(info, ())))
        }

    def find(self, flow: Flow, *, sent_only: bool = False) -> Iterator[Sighting | Opaque]:
        """Yield what is found in a flow, and what of it could not be read.

        Args:
            flow: the flow.
            sent_only: leave out what the server sent.
        """
        state = _Flow()
        for part in parts_of(flow, sent_only=sent_only):
            if isinstance(part, Opaque):
                yield part
            else:
                self._look(state, part)
                state.parts.append(part)
        for (info, *_), waiting in state.halves.items():
            self._pair(state, str(info), waiting)
        yield from told(state.found)
        yield from self._strangers(state)

    def _strangers(self, state: _Flow) -> Iterator[Sighting]:
        """Yield values of others, where no test value was found."""
        own = {(one.part.where, one.part.sent, one.part.name) for one in state.found}
        own |= {_group(one.part, one.sighting.info) for one in state.found}
        for part, info, score in strangers(state.parts, self._seen):
            if (part.where, part.sent, part.name) in own or _group(part, info) in own:
                continue
            made = self._made(part, info, "clear", (), score=score)
            yield replace(made, basis="recogniser")

    def _look(self, state: _Flow, part: Part) -> None:
        raw = part.value.encode("utf-8", "replace") if isinstance(part.value, str) else part.value
        self._match(state, part, raw, ())
        if isinstance(part.value, str) and len(part.value) <= _READ:
            for how, text in variants(part.value):
                self._match(state, part, text.encode("utf-8", "replace"), how)
                self._locate(state, part, text)
            self._locate(state, part, part.value)
        if len(part.key) > 3:
            self._match(state, part, part.key.encode("utf-8", "replace"), ("name",))

    def _match(self, state: _Flow, part: Part, text: bytes, how: tuple[str, ...]) -> None:
        seen = set()
        for pattern, _, _ in self._automaton.matches(text):
            key = (pattern.value, pattern.form, pattern.how)
            if key not in seen:
                seen.add(key)
                state.found.append(Found(pattern.value, part, self._sighting(part, pattern, how)))

    def _sighting(self, part: Part, pattern: Pattern, how: tuple[str, ...]) -> Sighting:
        return self._made(
            part, pattern.info, pattern.form, (*how, *pattern.how), score=pattern.score
        )

    def _made(
        self, part: Part, info: str, form: str, how: tuple[str, ...], *, score: float
    ) -> Sighting:
        name = self.covered(part.name)
        return Sighting(
            info=info, form=form, how=(*part.how, *how), where=part.where, sent=part.sent,
            name=name, at=part.at, score=score, excerpt=f"{name.rsplit('.', 1)[-1]}={COVER}",
        )  # fmt: skip

    def covered(self, name: str) -> str:
        """Return a name with the values in it covered: some apps use numbers as names."""
        raw = name.encode("utf-8", "replace")
        spans = sorted({(start, end) for _, start, end in self._automaton.matches(raw)})
        shown, at = [], 0
        for start, end in spans:
            if start >= at:
                shown += [raw[at:start], COVER.encode()]
            at = max(at, end)
        return mask(b"".join([*shown, raw[at:]]).decode("utf-8", "replace"))

    def _locate(self, state: _Flow, part: Part, text: str) -> None:
        for info, places in self._places.items():
            self._locate_in(state, part, info, text)
            if len(text) <= _FIELD:
                self._locate_in(state, part, info, text[::-1], "reversed")
            for number in scaled(text):
                for one in fitting(places, number):
                    parent = part.name.rpartition(".")[0]
                    key = (info, part.where, part.sent, parent, part.at)
                    state.halves.setdefault(key, []).append((part, one))

    def _locate_in(self, state: _Flow, part: Part, info: str, text: str, *how: str) -> None:
        places = self._places[info]
        pair = paired(readings(places, text))
        if pair:
            self._place(state, part, info, (*how, places[pair[0]].system), pair[1])

    def _pair(self, state: _Flow, info: str, waiting: list[tuple[Part, Reading]]) -> None:
        waiting = waiting[:_HALVES]
        both = [
            (part, one.place, min(one.decimals, two.decimals))
            for part, one in waiting
            for other, two in waiting
            if one.latitude and not two.latitude and one.place == two.place
            if other.name != part.name and min(one.decimals, two.decimals) >= COARSE
        ]
        if both:
            part, place, decimals = max(both, key=lambda pair: pair[2])
            self._place(state, part, info, (self._places[info][place].system,), decimals)

    def _place(
        self, state: _Flow, part: Part, info: str, how: tuple[str, ...], decimals: int
    ) -> None:
        if decimals < FINE:
            info = "location.coarse"
        made = self._made(part, info, "clear", how, score=0.95)
        state.found.append(Found(0, part, made))


def _group(part: Part, info: str) -> tuple[str, bool, str]:
    """Return what two sightings of a list or a position share, whose fields are many."""
    kind = info.partition(".")[0] if info in _PLACES else info if info == LISTED else part.name
    return part.where, part.sent, kind
