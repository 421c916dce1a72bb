"""Names in Latin letters within Chinese text: ``制作人JoeGoyette``, ``设计师 Frank Pearce``."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from hongxian.info.tagging import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

LIKELY = 0.85
"""The score of a known given name before a second word with a capital."""

ALONE = 0.6
"""The score of a known given name that stands by itself."""

_WORDS = re.compile(
    r"(?<![A-Za-z0-9@._/-])[A-Z][a-z]{1,14}"
    r"(?:[ ·]?(?:[A-Z]\.)?[ ·]?[A-Z][A-Za-z]{1,15}){0,2}(?![A-Za-z0-9@_/])"
)
_HAN = re.compile("[\u3400-\u9fff]")
_CLOSE = 4
_SECOND = re.compile(r"[ ·.]|(?<=[a-z])(?=[A-Z])")


def latin_spans(text: str) -> Iterator[Span]:
    """Yield the names in Latin letters that begin with a known given name."""
    given = given_names()
    for found in _WORDS.finditer(text):
        words = [word for word in _SECOND.split(found[0]) if word]
        if words[0] in given:
            score = LIKELY if len(words) > 1 else ALONE
            yield Span(found.start(), found.end(), score)


def amid_chinese(text: str, span: Span) -> bool:
    """Return whether Chinese characters stand close by: in English text no names are looked for."""
    before, after = (
        text[max(0, span.start - _CLOSE) : span.start],
        text[span.end : span.end + _CLOSE],
    )
    return _HAN.search(before) is not None or _HAN.search(after) is not None


@cache
def given_names() -> frozenset[str]:
    """Return the English given names that ship."""
    source = files("hongxian.info.names") / "data" / "given_names.txt"
    return frozenset(source.read_text(encoding="utf-8").split())
