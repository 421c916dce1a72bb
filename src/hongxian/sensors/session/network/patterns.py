"""What to look for: every spelling and hash of the test values, in every encoding of it."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongxian.sensors.session.network.digests import digests
from hongxian.sensors.session.network.spellings import LEAST, items_of, spellings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from hongxian.sensors.session.network.spellings import Spelling

_HEAD = 16
"""Of a hash so many characters are looked for; the rest is compared then, which keeps the
automaton small."""
_SHORT_MD5 = slice(8, 24)
"""The middle of an MD5, which is passed as an MD5 of 16 characters."""
SKIPPED = (0, 2, 3)
"""Characters of base64 that hang on what stands before, by the number of bytes before."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One string of bytes that stands for a value."""

    text: bytes
    info: str
    value: int
    """Which of the values, over all types."""
    form: str = "clear"
    how: tuple[str, ...] = ()
    bound: str = "none"
    rest: bytes = b""
    """What must follow ``text``."""
    folded: bool = True
    """Whether capitals do not matter; ``text`` is in small letters then."""
    coding: str = ""
    """``hex`` or ``base64`` when the bounds are to be looked for in what is inside."""
    plain: bytes = b""
    """What is inside."""
    shift: int = 0
    """With ``base64``: how many bytes stand before in the first group of three."""
    score: float = 1.0


def patterns(values: Mapping[str, Iterable[str]]) -> Iterator[Pattern]:
    """Yield what to look for.

    Args:
        values: test values by PI type.
    """
    number = 0
    for info, given in values.items():
        for value in given:
            for item in items_of(info, value):
                number += 1
                for spelling in spellings(info, item):
                    yield from _of(info, number, spelling)


def _of(info: str, value: int, spelling: Spelling) -> Iterator[Pattern]:
    text, bound = spelling.text, spelling.bound
    form = "masked" if spelling.masked else "clear"
    yield Pattern(text.lower().encode("utf-8", "replace"), info, value, form, (), bound)
    if spelling.masked:
        return
    if bound != "whole" and len(text.encode("utf-8", "replace")) >= LEAST:
        yield from _encoded(info, value, spelling)
    if spelling.hashed and (len(text) > 3 or not text.isascii()):
        for how, digest in digests(text):
            yield from _hashed(info, value, how, digest)


def _encoded(info: str, value: int, spelling: Spelling) -> Iterator[Pattern]:
    texts = dict.fromkeys((spelling.text, spelling.text.lower(), spelling.text.upper()))
    for text in texts:
        raw = text.encode("utf-8", "replace")
        yield Pattern(raw.hex().encode(), info, value, "clear", ("hex",), spelling.bound,
                      coding="hex", plain=raw)  # fmt: skip
        for shift, skipped in enumerate(SKIPPED):
            coded = base64.b64encode(bytes(shift) + raw)
            whole = coded.rstrip(b"=")
            core = whole[skipped : len(whole) - 1 if coded.endswith(b"=") else None]
            for kind in dict.fromkeys((core, core.replace(b"+", b"-").replace(b"/", b"_"))):
                yield Pattern(kind, info, value, "clear", ("base64",), spelling.bound, folded=False,
                              coding="base64", plain=raw, shift=shift)  # fmt: skip
    back = spelling.text[::-1].lower()
    if (
        len(back.encode("utf-8", "replace")) >= (8 if back.isascii() else LEAST)
        and back != spelling.text.lower()
    ):
        yield Pattern(back.encode(), info, value, "clear", ("reversed",), spelling.bound, score=0.8)


def _hashed(info: str, value: int, how: tuple[str, ...], digest: bytes) -> Iterator[Pattern]:
    text = digest.hex().encode()
    yield Pattern(text[:_HEAD], info, value, "hashed", ("hex", *how), rest=text[_HEAD:])
    if how[0] == "md5":
        short = text[_SHORT_MD5]
        yield Pattern(short, info, value, "hashed", ("hex", "16 characters", *how), "hex")
    coded = base64.b64encode(digest).rstrip(b"=")
    for kind in dict.fromkeys((coded, base64.urlsafe_b64encode(digest).rstrip(b"="))):
        yield Pattern(kind[:_HEAD], info, value, "hashed", ("base64", *how), folded=False,
                      rest=kind[_HEAD:])  # fmt: skip
    yield Pattern(digest[:_HEAD], info, value, "hashed", how, folded=False, rest=digest[_HEAD:])
