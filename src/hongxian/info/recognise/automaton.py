"""Makes one deterministic automaton of many patterns, so that a text is read once for all of them.

Subset construction over classes of bytes that no pattern tells apart. Each group of patterns has
its own start; states are shared where groups meet. Dead state is 0.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hongxian.info.recognise.kernel import LEAP
from hongxian.info.recognise.shape import Bytes, Chain, Choice, Repeat, Shape, parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

DIGITS = b"0123456789"


@dataclass(frozen=True, slots=True, kw_only=True)
class Automaton:
    """The tables of an automaton."""

    classes: bytes
    """Class of each of the 256 bytes; 0 is a byte that no pattern knows."""
    width: int
    """Classes, and so the place in each row of ``step`` that says what ends in its state."""
    step: array[int]
    """One row per state: ``step[row + class]`` is the next row, ``step[row + width]`` a place in
    ``ended``, and ``step[row + width + 1]`` the row after ``LEAP`` digits of whatever value, 0
    where their values matter. Rows in which something ends begin at odd places, so that one
    look tells both."""
    ended: array[int]
    """Numbers of the patterns that end in a state, closed by -1; begins with a -1 of its own."""
    starts: tuple[int, ...]
    """First row of each group."""


def build(groups: Sequence[Sequence[tuple[int, str]]]) -> Automaton:
    """Return the automaton of groups of numbered patterns."""
    nfa = _Nfa()
    for group in groups:
        nfa.group((number, parse(pattern)) for number, pattern in group)
    return _determine(nfa)


@dataclass(slots=True)
class _Nfa:
    """States with either a set of bytes and one way on, or free ways on."""

    members: list[frozenset[int] | None] = field(default_factory=list)
    ways: list[list[int]] = field(default_factory=list)
    ends: dict[int, int] = field(default_factory=dict)
    starts: list[int] = field(default_factory=list)

    def state(self, members: frozenset[int] | None = None) -> int:
        self.members.append(members)
        self.ways.append([])
        return len(self.ways) - 1

    def group(self, patterns: Iterable[tuple[int, Shape]]) -> None:
        start = self.state()
        for number, shape in patterns:
            self.ends[self.add(shape, start)] = number
        self.starts.append(start)

    def add(self, shape: Shape, entry: int) -> int:
        """Hang a shape on a state and return the state after it."""
        match shape:
            case Bytes():
                reader, after = self.state(shape.members), self.state()
                self.ways[entry].append(reader)
                self.ways[reader].append(after)
                return after
            case Chain():
                for part in shape.parts:
                    entry = self.add(part, entry)
                return self.after(entry)
            case Choice():
                return self.after(*(self.add(part, self.after(entry)) for part in shape.parts))
            case Repeat():
                return self.repeat(shape, entry)

    def after(self, *exits: int) -> int:
        """Return a new state that several states lead to."""
        new = self.state()
        for one in exits:
            self.ways[one].append(new)
        return new

    def repeat(self, shape: Repeat, entry: int) -> int:
        for _ in range(shape.least):
            entry = self.add(shape.part, entry)
        if shape.most is None:
            loop = self.after(entry)
            self.ways[self.add(shape.part, loop)].append(loop)
            return self.after(loop)
        exits = [entry]
        for _ in range(shape.most - shape.least):
            exits.append(self.add(shape.part, self.after(exits[-1])))
        return self.after(*exits)

    def closure(self, start: int) -> frozenset[int]:
        """Return the reading and ending states that a state reaches without reading."""
        seen, todo = {start}, [start]
        while todo:
            one = todo.pop()
            if self.members[one] is None:
                fresh = [way for way in self.ways[one] if way not in seen]
                seen.update(fresh)
                todo += fresh
        return frozenset(one for one in seen if self.members[one] is not None or one in self.ends)


def _classes(nfa: _Nfa) -> tuple[bytes, int]:
    """Return the class of each byte, and how many there are."""
    sets = sorted({members for members in nfa.members if members is not None}, key=sorted)
    traits = [tuple(byte in one for one in sets) for byte in range(256)]
    numbers: dict[tuple[bool, ...], int] = {(False,) * len(sets): 0}
    for trait in traits:
        numbers.setdefault(trait, len(numbers))
    return bytes(numbers[trait] for trait in traits), len(numbers)


def _moves(nfa: _Nfa, classes: bytes) -> list[tuple[tuple[int, ...], frozenset[int]]]:
    """Return, per state, the classes that it reads and where they lead."""
    return [
        ((), frozenset())
        if members is None
        else (tuple({classes[byte] for byte in members}), nfa.closure(nfa.ways[state][0]))
        for state, members in enumerate(nfa.members)
    ]


def _determine(nfa: _Nfa) -> Automaton:
    classes, count = _classes(nfa)
    moves = _moves(nfa, classes)
    ending = nfa.ends.keys()
    rows: dict[frozenset[int], int] = {frozenset(): 0}
    order = [frozenset[int]()]
    size = count + 2

    def row_of(subset: frozenset[int]) -> int:
        nonlocal size
        if subset not in rows:
            rows[subset] = size + (size & 1 == ending.isdisjoint(subset))
            size = rows[subset] + count + 2
            order.append(subset)
        return rows[subset]

    starts: list[int] = []
    step: array[int] = array("I")
    ended: array[int] = array("i", [-1])
    places: dict[tuple[int, ...], int] = {(): 0}
    at = 0
    for start in nfa.starts:  # the rows of one group stand together
        starts.append(row_of(nfa.closure(start)))
        while at < len(order):
            row = [0] * count + [_place(nfa, order[at], ended, places), 0]
            for byte_class, target in _targets(order[at], moves).items():
                row[byte_class] = row_of(frozenset(target))
            step.extend([0] * (rows[order[at]] - len(step)) + row)
            at += 1
    _leap(step, list(rows.values()), sorted({classes[digit] for digit in DIGITS}), count)
    return Automaton(classes=classes, width=count, step=step, ended=ended, starts=tuple(starts))


def _targets(
    subset: frozenset[int], moves: list[tuple[tuple[int, ...], frozenset[int]]]
) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for state in subset:
        read, target = moves[state]
        for byte_class in read:
            found.setdefault(byte_class, set()).update(target)
    return found


def _place(
    nfa: _Nfa, subset: frozenset[int], ended: array[int], places: dict[tuple[int, ...], int]
) -> int:
    """Return where the patterns that end in a state are listed."""
    numbers = tuple(sorted({nfa.ends[state] for state in subset if state in nfa.ends}))
    if numbers not in places:
        places[numbers] = len(ended)
        ended.extend([*numbers, -1])
    return places[numbers]


def _leap(step: array[int], rows: Sequence[int], digits: Sequence[int], width: int) -> None:
    """Write down where several digits lead from each row, if all of them lead there."""
    next_row = {row: step[row + digits[0]] for row in rows}
    for row in rows:
        if any(step[row + digit] != next_row[row] for digit in digits):
            next_row[row] = 0
    for row in rows:
        place = row
        for _ in range(LEAP):
            place = next_row[place]
        step[row + width + 1] = place
