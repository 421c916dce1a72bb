"""Makes the tables that the kernel reads out of the rows of the recognisers."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from hongxian.info.recognise import filters, kernel, labels
from hongxian.info.recognise.automaton import Automaton, build
from hongxian.info.recognise.checks import AREA, CALLING, REGION
from hongxian.info.recognise.forms import KINDS
from hongxian.info.recognise.rows import Recogniser, load_recognisers, read
from hongxian.info.recognise.verify import CHECKS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TRIGGERS = {"word": kernel.OPEN, "cjk": kernel.CJK, "mail": kernel.MAIL}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """What the kernel reads; see there."""

    marks: bytes
    card_lengths: array[int]
    iban_lengths: bytes
    automaton: Automaton
    starts: array[int]
    """First states: of the three kinds of triggers, then of each recogniser next to its label."""
    members: array[int]
    """Recognisers of each group of labels, closed by -1."""
    patterns: array[int]
    triggers: bytes
    separators: bytes
    fold: bytes
    tails: bytes
    sides: bytes
    gate: bytes
    lengths: bytes
    begins: bytes
    label_keys: array[int]
    label_values: array[int]
    label_numbers: Mapping[str, int]
    """Group of each spelling of a label: its place in ``members``."""


@cache
def load_tables() -> Tables:
    """Return the tables of the recognisers that ship."""
    return make_tables(load_recognisers())


def make_tables(recognisers: Sequence[Recogniser]) -> Tables:
    """Return the tables of some recognisers; their numbers are their places."""
    spelled = labels.groups_of(
        (label, number) for number, one in enumerate(recognisers) for label in one.labels
    )
    sets = sorted(set(spelled.values()), key=sorted)
    places, members = _members(sets)
    numbers = {key: places[value] for key, value in spelled.items()}
    patterns = _Patterns(recognisers)
    groups = [patterns.alone(trigger) for trigger in TRIGGERS]
    groups += [patterns.named(number) for number in range(len(recognisers))]
    automaton = build(groups)
    keys, values = labels.hash_table(
        numbers, labels.endings(label for row in recognisers for label in row.labels)
    )
    read_numbers = read("numbers")
    sides, gate = filters.gate_table(automaton, KINDS, _separators())
    return Tables(
        marks=_marks(read_numbers),
        card_lengths=_card_lengths(read_numbers["card"]),
        iban_lengths=_iban_lengths(read_numbers["iban"]),
        automaton=automaton,
        starts=array("i", automaton.starts),
        members=members,
        patterns=patterns.table,
        triggers=_triggers(),
        separators=_separators(),
        fold=labels.fold_table(),
        tails=filters.tail_table(numbers),
        sides=sides,
        gate=gate,
        lengths=filters.length_table(automaton, automaton.starts[kernel.OPEN], KINDS),
        begins=filters.begin_table(KINDS),
        label_keys=keys,
        label_values=values,
        label_numbers=numbers,
    )


class _Patterns:
    """Numbers the patterns and writes their table."""

    def __init__(self, recognisers: Sequence[Recogniser]) -> None:
        self.recognisers = recognisers
        self.table: array[int] = array("i")
        self.known: dict[tuple[int, int], int] = {}

    def number(self, recogniser: int, kind: int) -> int:
        """Return the number of a pattern; each stands in the table once."""
        if (recogniser, kind) not in self.known:
            row = self.recognisers[recogniser]
            named = kind != kernel.ALONE and row.check_named
            check = CHECKS.index(named or row.check)
            flags = kernel.KEEP * row.keep | kernel.SILENT * row.silent
            self.known[recogniser, kind] = len(self.known)
            self.table.extend((recogniser, kind, check, row.priority, flags))
        return self.known[recogniser, kind]

    def alone(self, trigger: str) -> list[tuple[int, str]]:
        """Return the patterns that need no label and begin with a trigger."""
        return [
            (self.number(at, kernel.ALONE), row.alone)
            for at, row in enumerate(self.recognisers)
            if row.alone and row.trigger == trigger
        ]

    def named(self, number: int) -> list[tuple[int, str]]:
        """Return the patterns of a recogniser next to its labels."""
        row = self.recognisers[number]
        if not row.labels:
            return []
        found = [(self.number(number, kernel.NAMED), row.named or row.alone)]
        if row.wrong:
            found.append((self.number(number, kernel.WRONG), row.wrong))
        return found


def _members(sets: Sequence[frozenset[int]]) -> tuple[dict[frozenset[int], int], array[int]]:
    """Return the place of each set of recognisers in one list, which begins with a -1."""
    members: array[int] = array("i", [-1])
    places = {}
    for one in sets:
        places[one] = len(members)
        members.extend([*sorted(one), -1])
    return places, members


def _triggers() -> bytes:
    table = bytearray(256)
    for byte in range(128):
        if chr(byte).isalnum() or byte == ord("_"):
            table[byte] = kernel.BEGIN
    table[ord("@")] = kernel.AT
    table[ord("+")] = kernel.PLUS
    table[ord(":")] = table[ord("=")] = kernel.SIGN
    for sign in filters.WIDE:
        table[sign[2]] = kernel.WIDE
    table[filters.YEAR[2]] = kernel.YEAR
    return bytes(table)


def _separators() -> bytes:
    """Return 1 for what may stand between label and any value, 2 for between it and a number."""
    table = bytearray(256)
    for sign in "\"'=:>([\\#":
        table[ord(sign)] = 1
    for sign in " -\t.":
        table[ord(sign)] = 2
    return bytes(table)


def _marks(numbers: dict[str, Any]) -> bytes:
    table = bytearray(10000)
    for name, bit in (("areas", AREA), ("regions", REGION)):
        for first, last in numbers[name]["ranges"]:
            for number in range(first, last + 1):
                table[number] |= bit
    for code in numbers["calling"]["codes"]:
        table[code] |= CALLING
    return bytes(table)


def _card_lengths(rows: list[dict[str, Any]]) -> array[int]:
    table = array("i", bytes(4 * 10000))
    for row in rows:
        for first, last in row["ranges"]:
            for number in range(first, last + 1):
                table[number] |= sum(1 << length for length in row["lengths"])
    return table


def _iban_lengths(rows: dict[str, Any]) -> bytes:
    table = bytearray(26 * 26)
    for country, length in rows.items():
        if len(country) == 2:
            table[(ord(country[0]) - 65) * 26 + ord(country[1]) - 65] = length
    return bytes(table)
