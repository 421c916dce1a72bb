"""Names that a label stands before: ``姓名：张三``, ``"contact": "李四"``, ``name=王五``."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from hongxian.info.names.spans import DOTS
from hongxian.info.source import read
from hongxian.info.tagging import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

SURE = 0.98
"""The score of what a label calls a name."""

_HAN = r"[\u3400-\u9fff\u3007]"
_VALUE = re.compile(rf"{_HAN}{{1,24}}(?:[{DOTS}]{_HAN}{{1,12}}){{0,3}}")
_LONGEST_PLAIN = 4
"""More characters than this, without a dot, are no name written whole."""


class _Patterns(NamedTuple):
    label: re.Pattern[str]
    following: re.Pattern[str]
    no_names: frozenset[str]
    no_first: frozenset[str]

    def is_filled(self, word: str) -> bool:
        """Return whether a field holds more than a placeholder or an instruction."""
        return word not in self.no_names and word[:1] not in self.no_first


def labelled_spans(text: str) -> Iterator[Span]:
    """Yield what stands behind a label of names, where it can be one."""
    patterns = _patterns()
    for label in patterns.label.finditer(text):
        value = _VALUE.match(text, label.end())
        if value is None:
            continue
        following = patterns.following.search(value[0])
        word = value[0][: following.start()] if following else value[0]
        if patterns.is_filled(word) and _fits(word):
            yield Span(value.start(), value.start() + len(word), SURE)


def _fits(word: str) -> bool:
    dotted = any(dot in word for dot in DOTS)
    return len(word) >= 2 and (dotted or len(word) <= _LONGEST_PLAIN)


@cache
def _patterns() -> _Patterns:
    lists = read("hongxian.info.names", "lists")
    labels = "|".join(r"[ \u3000]{0,4}".join(label.split()) for label in lists["labels"])
    owners = "|".join(lists["key_words"])
    keys = rf"(?<![a-zA-Z])(?i:(?:(?:{owners})[_ ]?)?name|xing_?ming)"
    blank = r"[ \t\u3000]{0,8}"
    return _Patterns(
        re.compile(rf"(?:{labels}|{keys})(?:姓名)?[\"'”]?{blank}[:：=]{blank}[\"'“]?"),
        re.compile("|".join(lists["following"])),
        frozenset([*lists["no_names"], *(label.replace(" ", "") for label in lists["labels"])]),
        frozenset(lists["no_first"]),
    )
