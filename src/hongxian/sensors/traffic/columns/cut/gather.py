"""Requests with PI of a block that was cut become rows of its page: few objects are made."""

from __future__ import annotations

from typing import Any

from hongxian.sensors.traffic.columns.cut.cutter import MOST, MOST_WHO
from hongxian.sensors.traffic.columns.cut.grammar import NINE, POINT, QUOTE, ZERO

FIELDS = 5
"""Numbers of a hit: body, beginning, end, recogniser, grade."""
_NEVER = 1 << 30


class Gatherer:
    """Makes rows as the way of objects does.

    Args:
        infos: PI type of each recogniser.
        asking: PI types by which somebody is asked for.
        nobody: stands for the PI type of a record's number.
        kinds: of principals.
        ways: what is left to others: ``key(info, value)``, ``same(plain)``, ``named(kind, raw)``,
            ``longest(body)``.
    """

    def __init__(
        self, infos: list[str], asking: frozenset[str], nobody: str, kinds: tuple[str, ...],
        ways: tuple[Any, Any, Any, Any],
    ) -> None:  # fmt: skip
        """Keep them."""
        self.infos = infos
        self.asking = asking
        self.nobody = nobody
        self.kinds = kinds
        self.key, self.same, self.named, self.longest = ways

    def begin(
        self, cutter: Any, data: bytes, texts: tuple[bytes, bytes], hits: tuple[Any, Any]
    ) -> None:  # fmt: skip
        """Take a block.

        Args:
            cutter: has cut it.
            data: the block.
            texts: requests and answers.
            hits: those in requests and those in answers, :data:`FIELDS` numbers each, in order.
        """
        self.cutter = cutter
        self.data = data
        self.sent, self.got = texts
        self.asks, self.answers = hits
        self.many = len(hits[0])
        self.most = len(hits[1])

    def rows(self, shapes: list[Any], moments: list[float], every: bool) -> list[Any]:
        """Return the rows of the requests with PI.

        Args:
            shapes: of each line.
            moments: of each line.
            every: whether a line without hits may have to be told as well.
        """
        made: list[Any] = []
        at = to = row = 0
        while True:
            if not every:
                row = self._next(at, to)
            if row >= self.cutter.count:
                break
            first, start = at, to
            while at < self.many and self.cutter.rows[self.asks[at]] == row:
                at += FIELDS
            while to < self.most and self.cutter.rows[MOST + self.answers[to]] == row:
                to += FIELDS
            shape = shapes[row]
            if at > first or to > start or shape.speaks:
                taken: dict[str, int] = {}
                asked = self._asked(shape, first, at, taken)
                given = self._given(start, to)
                if taken or given or shape.speaks:
                    knew = self._knew(row, shape.exchange.status, asked, given)
                    told = asked, taken, given, knew
                    made.append(self._row(row, shape, moments[row], told))
            row += 1
        return made

    def _next(self, at: int, to: int) -> int:
        """Return the next line with hits; a number beyond all lines when there is none."""
        row = _NEVER
        if at < self.many:
            row = self.cutter.rows[self.asks[at]]
        if to < self.most and self.cutter.rows[MOST + self.answers[to]] < row:
            row = self.cutter.rows[MOST + self.answers[to]]
        return row

    def _asked(
        self, shape: Any, first: int, end: int, taken: dict[str, int]
    ) -> dict[Any, str]:  # fmt: skip
        """Return by what a request asks: PI type and value -> where; count what is in it."""
        asked: dict[Any, str] = dict(shape.asked)
        for info in shape.told:
            taken[info] = taken.get(info, 0) + 1
        for at in range(first, end, FIELDS):
            info = self.infos[self.asks[at + 3]]
            if info:
                taken[info] = taken.get(info, 0) + 1
                if info in self.asking:
                    value = self.sent[self.asks[at + 1] : self.asks[at + 2]]
                    pair = (info, value.decode("utf-8", "replace"))
                    if pair not in asked:
                        asked[pair] = "body"
        for number in shape.numbers:
            if number not in [pair[1] for pair in asked]:
                asked[self.nobody, number] = "path"
        return asked

    def _given(self, first: int, end: int) -> dict[str, set[str]]:
        """Return the different values in an answer by PI type."""
        given: dict[str, set[str]] = {}
        for at in range(first, end, FIELDS):
            info = self.infos[self.answers[at + 3]]
            if info:
                found = self.got[self.answers[at + 1] : self.answers[at + 2]]
                value = found.decode("utf-8", "replace")
                values = given.get(info)
                if values is None:
                    given[info] = {value}
                else:
                    values.add(value)
        return given

    def _knew(
        self, row: int, status: int | None, asked: dict[Any, str], given: dict[str, set[str]]
    ) -> int | None:  # fmt: skip
        """Return how many of those who were asked for the answer knew; ``None`` if none tells."""
        people = repeated = 0
        for pair in asked:
            if pair[0] != self.nobody:
                people += 1
                if given and pair[1] in given.get(pair[0], ()):
                    repeated += 1
        if people == 0:
            return None
        place = -1
        if not given or (people > 1 and repeated == 0):
            place = self._body(row)
            if place < 0:
                return None
        if status is not None and status >= 400:
            return 0
        if repeated > 0 or people == 1:
            return repeated if repeated > 0 else int(bool(given))
        first = self.cutter.offsets[MOST + 1 + place]
        end = self.cutter.offsets[MOST + 2 + place]
        if place + 1 < self.cutter.filled[1]:
            end -= 1  # the end of line between two
        longest: int = self.longest(self.got[first:end])
        return min(people, longest)

    def _body(self, row: int) -> int:
        """Return which of the answers that of a line is; -1 when it has none."""
        cutter = self.cutter
        low, high = 0, cutter.filled[1]
        while low < high:
            middle = (low + high) // 2
            if cutter.rows[MOST + middle] < row:
                low = middle + 1
            else:
                high = middle
        return low if low < cutter.filled[1] and cutter.rows[MOST + low] == row else -1

    def _row(
        self, row: int, shape: Any, moment: float,
        told: tuple[dict[Any, str], dict[str, int], dict[str, set[str]], int | None],
    ) -> Any:  # fmt: skip
        """Return a request as pages hold it."""
        cutter = self.cutter
        asked, taken, given, knew = told
        kinds: list[str] = []
        names: list[str] = []
        for kind in range(MOST_WHO):
            at = 2 * (MOST_WHO * row + kind)
            if cutter.whos[at] >= 0:
                kinds.append(self.kinds[kind])
                names.append(self._name(kind, cutter.whos[at], cutter.whos[at + 1]))
        keys: list[Any] = []
        wheres: list[Any] = []
        for pair, where in asked.items():
            keys.append(self.key(pair[0], pair[1]))
            wheres.append((pair[0], where))
        counts: list[Any] = []
        for info, values in given.items():
            counts.append((info, len(values)))
        one = shape.exchange
        plain = (tuple(kinds), tuple(wheres), tuple(counts), knew, one.status, one.secure,
                 tuple(taken.items()), ())  # fmt: skip
        return (row, shape.place.number, moment, tuple(names), keys, self.same(plain))

    def _name(self, kind: int, at: int, end: int) -> Any:
        """Return the name of a principal; most are written as they are called."""
        data = self.data
        raw = data
        plain = raw[at] == QUOTE and end - at < 4_096
        if plain and self.kinds[kind] == "ip":
            for place in range(at + 1, end - 1):
                if raw[place] != POINT and not ZERO <= raw[place] <= NINE:
                    plain = False
        if plain:
            return data[at + 1 : end - 1].decode()
        return self.named(kind, data[at:end])[1]
