"""Statements that a session prepared, and what their values could make of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hongxian.guards.keep.lane.frames import ProtocolError
from hongxian.guards.keep.statements.mysql.lexer import UnreadableError, readings

if TYPE_CHECKING:
    from hongxian.guards.keep.lane.judged import JudgementLike

MOST = 4_096
"""Statements of one session."""
LAST = 0xFFFFFFFF
"""Number by which MariaDB's clients name the statement that was prepared last."""
_TEXTS = frozenset((0x06, 0x0F, 0xF5, 0xF7, 0xF8, 0xF9, 0xFA, 0xFB, 0xFC, 0xFD, 0xFE))
"""Types of values that are compared as texts, or are nothing; all others are numbers to a text."""


@dataclass(slots=True)
class Prepared:
    """A statement; :attr:`losing` is its judgement where it needs a ticket each time."""

    text: str
    modes: frozenset[str]
    parameters: int
    version: int
    alters: bool
    """Whether it can change how texts are read."""
    defines: bool
    losing: JudgementLike | None = None
    numbers: frozenset[int] | None = None
    """Which of its parameters are numbers, by the last execution."""
    proved: set[frozenset[int]] = field(default_factory=set)
    """What it was judged for, by :attr:`version`."""


def numbers_of(one: Prepared, body: bytes) -> frozenset[int]:
    """Return which values of an execution are numbers.

    Args:
        one: the statement.
        body: of the command.

    Raises:
        ProtocolError: it is no execution of this statement.
    """
    if not one.parameters:
        return frozenset()
    place = 10 + (one.parameters + 7) // 8
    if len(body) <= place or body[place] > 1:
        raise ProtocolError("values")
    if body[place] == 0:
        if one.numbers is None:
            raise ProtocolError("values")
        return one.numbers
    types = body[place + 1 : place + 1 + 2 * one.parameters]
    if len(types) < 2 * one.parameters:
        raise ProtocolError("values")
    return frozenset(at for at in range(one.parameters) if types[2 * at] not in _TEXTS)


def valued(text: str, modes: frozenset[str], numbers: frozenset[int]) -> str:
    """Return a text with a number for each parameter that is one.

    MySQL turns texts into numbers to compare them: ``email = ?`` with the number 0 takes nearly
    every row, so it is judged as ``email = 0``.
    """
    if not numbers:
        return text
    try:
        found = readings(text, modes)
    except UnreadableError:
        return text
    marks = [one.start for part in found[0] for one in part if one.is_sign("?")]
    if len(found) > 1 or max(numbers) >= len(marks):  # which is which hangs on the server
        numbers = frozenset(range(len(marks)))
    letters = list(text)
    for at in numbers:
        letters[marks[at]] = "0"
    return "".join(letters)
