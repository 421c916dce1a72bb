r"""Reads the patterns of the recognisers: regular expressions of a small kind, over UTF-8 bytes.

Known are literals, ``\d`` and escapes, classes with ranges, groups, ``|``, ``?``, ``*``, ``+`` and
``{m,n}``. What they mean is what :mod:`re` means by them; look-arounds, back-references and lazy
repeats have no place in an automaton that reads each byte once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Union

ESCAPES = {"d": "0123456789", "n": "\n", "r": "\r", "t": "\t"}


@dataclass(frozen=True, slots=True)
class Bytes:
    """One byte out of a set."""

    members: frozenset[int]


@dataclass(frozen=True, slots=True)
class Chain:
    """One part after the other."""

    parts: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One part or another."""

    parts: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A part several times."""

    part: Shape
    least: int
    most: int | None
    """``None``: without end."""


Shape = Union[Bytes, Chain, Choice, Repeat]  # noqa: UP007 - names the classes before they exist


class PatternError(ValueError):
    """A pattern that is not of our small kind."""


def parse(pattern: str) -> Shape:
    """Return what a pattern says.

    Raises:
        PatternError: it is not of our small kind.
    """
    reader = _Reader(pattern)
    shape = reader.choice()
    if reader.at != len(pattern):
        raise PatternError(f"{pattern!r}: ) without (")
    return shape


def literal(text: bytes) -> Chain:
    """Return the shape of plain bytes."""
    return Chain(tuple(Bytes(frozenset([byte])) for byte in text))


def one_of(characters: set[str]) -> Shape:
    """Return the shape of one character out of several, of any length in UTF-8."""
    single = frozenset(ord(one) for one in characters if ord(one) < 0x80)
    longer = sorted(one for one in characters if ord(one) >= 0x80)
    parts: list[Shape] = [Bytes(single)] if single else []
    parts += [literal(one.encode()) for one in longer]
    return parts[0] if len(parts) == 1 else Choice(tuple(parts))


class _Reader:
    """Reads one pattern from left to right."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0

    def peek(self) -> str:
        return self.pattern[self.at : self.at + 1]

    def take(self) -> str:
        one = self.peek()
        if not one:
            raise PatternError(f"{self.pattern!r} ends too early")
        self.at += 1
        return one

    def choice(self) -> Shape:
        parts = [self.chain()]
        while self.peek() == "|":
            self.at += 1
            parts.append(self.chain())
        return parts[0] if len(parts) == 1 else Choice(tuple(parts))

    def chain(self) -> Shape:
        parts: list[Shape] = []
        while self.peek() not in {"", "|", ")"}:
            parts.append(self.repeat(self.atom()))
        return Chain(tuple(parts))

    def atom(self) -> Shape:
        one = self.take()
        if one == "(":
            inner = self.choice()
            if self.take() != ")":
                raise PatternError(f"{self.pattern!r}: ( without )")
            return inner
        if one == "[":
            return one_of(self.members())
        if one in "?*+{.^$":
            raise PatternError(f"{self.pattern!r}: {one} has no meaning at {self.at - 1}")
        return one_of(set(self.escaped() if one == "\\" else one))

    def escaped(self) -> str:
        one = self.take()
        return ESCAPES.get(one, one)

    def members(self) -> set[str]:
        found: set[str] = set()
        while (one := self.take()) != "]":
            characters = self.escaped() if one == "\\" else one
            if len(characters) == 1 and self.peek() == "-":
                characters = self.span(characters)
            found.update(characters)
        if not found:
            raise PatternError(f"{self.pattern!r}: an empty class")
        return found

    def span(self, first: str) -> str:
        """Return the characters of a range such as ``a-f``; a dash at the end is a dash."""
        if self.pattern[self.at + 1 : self.at + 2] == "]":
            return first
        self.at += 1
        return "".join(map(chr, range(ord(first), ord(self.take()) + 1)))

    def repeat(self, part: Shape) -> Shape:
        sign = self.peek()
        if sign not in {"?", "*", "+", "{"}:
            return part
        self.at += 1
        if sign == "{":
            least, most = self.bounds()
        else:
            least, most = {"?": (0, 1), "*": (0, None), "+": (1, None)}[sign]
        return self.repeat(Repeat(part, least, most))

    def bounds(self) -> tuple[int, int | None]:
        text = ""
        while (one := self.take()) != "}":
            text += one
        least, comma, most = text.partition(",")
        if not least.isdigit() or not (most.isdigit() or not most):
            raise PatternError(f"{self.pattern!r}: {{{text}}} is no repeat")
        return int(least), int(most) if most else (None if comma else int(least))
