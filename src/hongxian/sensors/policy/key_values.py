"""Blocks of keys and values in running text: "SDK名称：极光推送 使用目的：推送 收集信息：IMEI"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hongxian.sensors.policy.declarations import Span
from hongxian.sensors.policy.headers import role_of
from hongxian.sensors.policy.rows import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.policy.document import Document
    from hongxian.sensors.policy.relations.terms import Terms

_KEY = re.compile(
    r"(?:^|(?<=[；;。，,、\s|]))(?:[-•·●*\d.、（()）]{0,4}\s{0,4})"
    r"([^\s：:；;。，,、|（）()]{2,18}(?: [A-Za-z]{2,12}){0,3}"
    r"|[A-Za-z][A-Za-z /-]{2,30})\s*[：:]"
)
_STARTS = frozenset(("party", "recipient", "company"))
_NAME = 40
_MOST = 40
"""Lines of one block."""


class _Pair:
    __slots__ = ("block", "key", "role", "start", "value")

    def __init__(self, role: str, start: int, key: Span, value: Span, block: int) -> None:
        self.role, self.start, self.key, self.value, self.block = role, start, key, value, block


def read_pairs(document: Document, terms: Terms) -> Iterator[Row]:
    """Yield the blocks of a document that give PI and at least one more thing by key.

    Args:
        document: the policy.
        terms: what is named in it.
    """
    run: list[_Pair] = []
    for number, block in enumerate(document.blocks):
        if block.kind == "cell" or block.look.hidden:
            continue
        pairs = list(_pairs(document.text, Span(block.start, block.end), number))
        if run and (not pairs or number > run[-1].block + 1):
            yield from _rows(document, terms, run)
            run = []
        run += pairs
    yield from _rows(document, terms, run)


def _pairs(text: str, span: Span, number: int) -> Iterator[_Pair]:
    """Yield the pairs of a block; one that begins with anything else has none."""
    keys = [
        (role, one)
        for one in _KEY.finditer(text, span.start, span.end)
        if (role := role_of(one[1])) is not None
    ]
    if not keys or keys[0][1].start(1) - span.start > 6:
        return
    for at, (role, one) in enumerate(keys):
        end = keys[at + 1][1].start(1) if at + 1 < len(keys) else span.end
        start = one.start(1) if at else span.start  # a bullet belongs to its key
        yield _Pair(role, start, Span(one.start(1), one.end(1)), Span(one.end(), end), number)


def _rows(document: Document, terms: Terms, run: list[_Pair]) -> Iterator[Row]:
    """Part a run of pairs where a role comes again that stood first."""
    part: list[_Pair] = []
    for pair in run:
        if part and (pair.role == part[0].role or len(part) >= _MOST):
            yield from _row(document, terms, part)
            part = []
        part.append(pair)
    yield from _row(document, terms, part)


def _row(document: Document, terms: Terms, part: list[_Pair]) -> Iterator[Row]:
    roles = {pair.role for pair in part}
    if "info" not in roles or len(roles - {"none", "link"}) < 2:
        return
    row = Row(
        spans=[Span(pair.start, pair.value.end) for pair in part],
        heads=[pair.key for pair in part],
    )
    for pair in part:
        row.cells.setdefault(pair.role, []).append(pair.value)
    if not roles & _STARTS:
        row.party = _name_above(document, terms, part[0].block)
        if row.party is None and "purpose" not in roles:
            return
    yield row


def _name_above(document: Document, terms: Terms, block: int) -> Span | None:
    """Return the short line above a block that names a third party."""
    if not block:
        return None
    above = document.blocks[block - 1]
    if above.end - above.start > _NAME:
        return None
    span = Span(above.start, above.end)
    generic = {"person", "first_party", "other_users", "authority"}
    named = [one for one in terms.within("party", span) if one.key not in generic]
    return span if named else None
