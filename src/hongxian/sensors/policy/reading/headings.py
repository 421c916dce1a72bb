"""Finds the paragraphs that act as headings or as items of a list, by their numbers and type."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hongxian.sensors.policy.document import Block

_NUMERALS = "一二三四五六七八九十百"
_NUMBERS = (
    ("chapter", 1, rf"第[{_NUMERALS}\d]{{1,4}}(?:部分|[章编篇])"),
    ("section", 2, rf"第[{_NUMERALS}\d]{{1,4}}[节条]"),
    ("article", 2, r"(?:Article|Section|Part|Chapter)\s+(?:\d{1,3}|[IVXL]{1,6})\b"),
    ("numeral", 2, rf"[{_NUMERALS}]{{1,4}}\s?[、.．:：]"),
    ("numeral_in", 3, rf"[（(]\s?[{_NUMERALS}]{{1,4}}\s?[）)]"),
    ("roman", 2, r"[IVX]{1,5}\s?[.、．]\s?(?=\S)"),
    ("deep", 0, r"\d{1,2}(?:\s?[.．]\s?\d{1,2}){1,4}(?!\d|\s?[年月日%])[.、．]?"),
    ("digit", 4, r"\d{1,2}\s?(?:[、．]|\.(?!\d))"),
    ("digit_in", 5, r"[（(]\s?\d{1,2}\s?[）)]|\d{1,2}[）)]"),
    ("circle", 6, r"[①-⑳]"),
    ("letter", 6, r"[（(]?[a-hA-H]\s?[)）.、．](?=\s|[\u4e00-\u9fff])"),
    ("bullet", 6, r"[•●■◆○▪·]"),
)
_NUMBER = re.compile(rf"\s*(?:{'|'.join(f'(?P<{name}>{form})' for name, _, form in _NUMBERS)})")
_LEVELS = {name: level for name, level, _ in _NUMBERS}
_DEPTHS = {"digit": 1, "digit_in": 2, "circle": 3, "letter": 3, "bullet": 1}
"""Depth of a numbered paragraph that is no heading but an item."""
_STRONG = frozenset(("chapter", "section", "article", "numeral", "numeral_in"))
"""Numbers of headings even when they are not in bold."""
_CONTENTS = 3
_LONGEST_HAN = 40
_LONGEST_WORDS = 12
_SENTENCE = re.compile(r"[。；;!！]|[,，、：:]$|\.$|\.\s+[A-Z]")
_CLAUSE = re.compile("[，,]|^请|[\\[\\]]")


class _Read(NamedTuple):
    kind: str
    """Style of the number, or empty."""
    short: bool
    parts: int


def promote(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks with headings and items told apart from paragraphs.

    Args:
        text: the document's text.
        blocks: as the source gives them.
    """
    read = [_read(text, block) for block in blocks]
    contents = _contents(read)
    done: list[Block] = []
    bold = above = 0
    for number, block in enumerate(blocks):
        listed = number in contents
        new = replace(block, kind="item", level=1) if listed else _numbered(number, block, read)
        if new.kind == "paragraph" and read[number].short and block.look.bold:
            # a title in bold, the first block, says nothing of the level of the others
            bold = bold or (min(6, above + 1) if number else 0)
            new = replace(block, kind="heading", level=bold or 1)
        elif new.kind == "heading":
            above = new.level
        done.append(new)
    return tuple(done)


def _contents(read: Sequence[_Read]) -> set[int]:
    """Find the lines of a table of contents: three short lines or more, numbered alike."""
    found: set[int] = set()
    first = 0
    for number in range(1, len(read) + 1):
        same = number < len(read) and read[number].short and read[number].kind == read[first].kind
        if same:
            continue
        if number - first >= _CONTENTS and read[first].short and read[first].kind:
            found.update(range(first, number))
        first = number
    return found


def _read(text: str, block: Block) -> _Read:
    if block.kind != "paragraph":
        return _Read("", short=False, parts=0)
    line = text[block.start : min(block.end, block.start + 200)]
    number = _NUMBER.match(line)
    kind = number.lastgroup or "" if number else ""
    rest = line[number.end() :] if number else line
    short = block.end - block.start < 200 and _is_short(rest, numbered=bool(number))
    parts = len(re.findall(r"\d+", number[0])) if number and kind == "deep" else 0
    return _Read(kind, short, parts)


def _is_short(line: str, *, numbered: bool) -> bool:
    """Tell a line that names something from one that says something."""
    line = line.strip()
    if numbered and line[-1:] in "：:":
        line = line[:-1]
    if not line or _SENTENCE.search(line) or (not numbered and _CLAUSE.search(line)):
        return False
    return len(line) <= _LONGEST_HAN if not line.isascii() else line.count(" ") < _LONGEST_WORDS


def _numbered(number: int, block: Block, read: Sequence[_Read]) -> Block:
    kind, short, parts = read[number]
    if not kind:
        return block
    heads = short and (
        kind in _STRONG or block.look.bold or (kind in _HEADS and _stands_alone(number, read))
    )
    if heads:
        level = min(6, 3 + parts) if kind == "deep" else _LEVELS[kind]
        return replace(block, kind="heading", level=level)
    if kind in _DEPTHS:
        return replace(block, kind="item", level=_DEPTHS[kind])
    return block


_HEADS = frozenset(("digit", "deep", "roman", "digit_in"))


def _stands_alone(number: int, read: Sequence[_Read]) -> bool:
    """Tell a numbered line that text follows from one in a list of short lines."""
    kind = read[number].kind
    after = read[number + 1] if number + 1 < len(read) else _Read("", short=True, parts=0)
    before = read[number - 1] if number else _Read("", short=False, parts=0)
    in_list = (after.kind == kind and after.short) or (before.kind == kind and before.short)
    return not in_list and number + 1 < len(read)
