"""Text made even before it is matched: width, case, traditional characters, spaces.

Character for character first, so that the length stays; then spaces that mean nothing in Chinese
text are left out, and a list says where each character that is left once stood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from hongxian.sensors.policy.lexicon.terms import read_rows, usual

HAN = "\u3400-\u4dbf\u4e00-\u9fff"

_NOTHING = re.compile(
    rf"(?<=[{HAN}，。；：、（）“”])[ \t\u00a0\u3000]+|[ \t\u00a0\u3000]+(?=[{HAN}，。；：、（）“”])"
    r"|(?<=[ \u00a0])[ \u00a0]+|[\u200b-\u200d\ufeff]+"
)
_ADDRESS = re.compile(r"(?:(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{0,20}://|www\.)[!#-&*-;=?-Z\\^-~]+")
_WIDTH = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B) if chr(code - 0xFEE0).isalnum()}
_SIGNS = {"\u2010": "-", "\u2011": "-", "－": "-", "＿": "_", "／": "/", "\u2019": "'", "．": "."}


@dataclass(frozen=True, slots=True)
class Even:
    """Text as the lexicon reads it."""

    text: str
    index: tuple[int, ...] | range
    """Where each character of :attr:`text` stands in the document."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the document's offsets for a stretch of :attr:`text` that is not empty."""
        return self.index[start], self.index[end - 1] + 1


def normalise(text: str) -> str:
    """Return text with half width, lower case and simplified characters, as long as before.

    Words with two usual spellings (登陆, 帐号) come out in one.
    """
    even = text.translate(_table())
    lower = even.lower()
    if len(lower) != len(even):
        lower = "".join(low if len(low := char.lower()) == 1 else char for char in even)
    return usual(lower)


def squeeze(text: str) -> Even:
    """Return text without the spaces around Chinese characters and double spaces.

    The address of a link (``https://…?url=``) names nothing and is blanked out.
    """
    even = _ADDRESS.sub(lambda one: "~" * len(one.group()), normalise(text))
    pieces: list[str] = []
    index: list[int] = []
    last = 0
    for gap in _NOTHING.finditer(even):
        pieces.append(even[last : gap.start()])
        index.extend(range(last, gap.start()))
        last = gap.end()
    if not last:
        return Even(even, range(len(even)))
    pieces.append(even[last:])
    index.extend(range(last, len(even)))
    return Even("".join(pieces), tuple(index))


@cache
def _table() -> dict[int, int]:
    table = {ord(old): ord(new) for old, new in read_rows("traditional")}
    return table | _WIDTH | {ord(old): ord(new) for old, new in _SIGNS.items()}
