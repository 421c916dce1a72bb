"""The list of third-party SDKs: a table, blocks of keys and values, or sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from hongxian.sensors.policy.findings import Finding
from hongxian.sensors.policy.headers import role_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.policy.checks.text import Passage, Policy
    from hongxian.sensors.policy.document import Block

_SDK = re.compile(r"sdk|插件|软件开发(?:工具)?包|第三方(?:组件|代码|服务|合作)", re.IGNORECASE)
_NAME = re.compile(
    r"(?:^|[\s。;；,，、|（(\d.])(?:第三方)?(?:sdk|插件|组件)(?:的)?(?:名称?)?\s?[:：]"
    r"|第三方(?:sdk)?名称\s?[:：]"
    r"|\bsdk name\s?:"
)
_KEY = re.compile(
    r"(?:^|[\s。;；,，|])[-•·\d.、（()）]{0,6}([^\s：:；;。，,、|（）()]{2,16})\s?[:：]"
)
_LINK = re.compile(r"https?://|www\.")
_COMPANY = re.compile(r"公司|\b(?:ltd|inc|llc|limited|corp)\b")
_COLUMNS = {
    "party": "name", "recipient": "name", "company": "company", "purpose": "purpose",
    "function": "function", "info": "info", "link": "link", "permission": "permission",
    "method": "method",
}  # fmt: skip
"""Role of a header -> name of the column in ``detail.columns``."""
_FAR = 12
_OWN = frozenset(("first_party", "third_party"))


@dataclass(slots=True)
class _List:
    start: int
    end: int
    count: int = 1
    roles: set[str] = field(default_factory=set)

    def finding(self) -> Finding:
        columns = [name for role, name in _COLUMNS.items() if role in self.roles]
        return Finding(
            item="sdk_list", start=self.start, end=self.end,
            detail={"columns": sorted(set(columns)), "count": self.count},
        )  # fmt: skip


def check(policy: Policy) -> Iterator[Finding]:
    """Yield each list of SDKs; ``detail.columns`` says what it tells of each."""
    lists = [*_tables(policy), *_pairs(policy)]
    reached = 0
    for one in sorted([*lists, *_sentences(policy)], key=lambda one: (one.start, -one.end)):
        if one.start >= reached:  # else a row of a table that is known as a whole
            yield one.finding()
            reached = one.end


def _tables(policy: Policy) -> Iterator[_List]:
    cells = (one for one in policy.document.blocks if one.kind == "cell" and not one.look.hidden)
    for _, blocks in groupby(cells, key=lambda one: one.table):
        table = list(blocks)
        lines = {"row": _first_row(table), "column": _first_column(table)}
        for way, line in lines.items():
            roles = _roles(policy, line)
            if "name" in {_COLUMNS.get(role) for role in roles} and len(roles) > 1:
                if _about_sdks(policy, table, line):
                    count = len({getattr(one, way) for one in table}) - 1
                    yield _List(table[0].start, table[-1].end, max(1, count), roles)
                break


def _first_row(table: list[Block]) -> list[Block]:
    return [one for one in table if (one.row or 0) == (table[0].row or 0)]


def _first_column(table: list[Block]) -> list[Block]:
    return [one for one in table if (one.column or 0) == 0]


def _roles(policy: Policy, line: list[Block]) -> set[str]:
    text = policy.document.text
    found = {role_of(text[one.start : min(one.end, one.start + 60)]) for one in line}
    return {role for role in found if role in _COLUMNS}


def _about_sdks(policy: Policy, table: list[Block], line: list[Block]) -> bool:
    text = policy.document.text
    before = text[max(0, table[0].start - 200) : table[0].start]
    names = " ".join(text[one.start : min(one.end, one.start + 60)] for one in line)
    return bool(
        _SDK.search(names)
        or _SDK.search(before)
        or _SDK.search(text, table[0].start, table[-1].end)
    )


def _pairs(policy: Policy) -> Iterator[_List]:
    """Yield runs of blocks that begin with "SDK名称：" and give more by key."""
    current: _List | None = None
    for passage in policy.holding(("sdk", "插件", "组件", "第三方"), titles=True):
        if passage.row or not _NAME.search(policy.raw(passage)):
            continue
        end, roles = _keys(policy, passage)
        if len(roles) < 2:
            continue
        if current is None or passage.start > current.end + 400:
            if current:
                yield current
            current = _List(passage.start, end, 0, set())
        current.end, current.count = max(current.end, end), current.count + 1
        current.roles |= roles
    if current:
        yield current


def _keys(policy: Policy, first: Passage) -> tuple[int, set[str]]:
    """Return where a block of keys and values ends, and the roles of its keys."""
    roles, end = {"party"}, first.end
    for number in range(first.number, min(first.number + _FAR, len(policy.passages))):
        passage = policy.passages[number]
        text = policy.raw(passage)
        if number > first.number and _NAME.search(text):
            break
        found = {role_of(key) for key in _KEY.findall(text)} - {None, "none"}
        if not found and number > first.number:
            break
        roles |= {role for role in found if role}
        end = passage.end
    return end, roles


def _sentences(policy: Policy) -> Iterator[_List]:
    """Yield stretches of sentences that tell of named SDKs what each collects."""
    current: _List | None = None
    names: set[str] = set()
    said = [one for one in policy.declarations if one.act == "collect" and one.actor not in _OWN]
    for one in sorted(said, key=lambda said: said.span.start):
        words = policy.document.text[one.span.start : one.span.end].lower()
        if not _SDK.search(words):
            continue
        if current is None or one.span.start > current.end + 400:
            if current:
                yield current
            current, names = _List(one.span.start, one.span.end, 0, {"party"}), set()
        names.add(one.actor)
        current.end, current.count = max(current.end, one.span.end), len(names)
        told = {
            "info": one.info,
            "purpose": one.purpose,
            "link": _LINK.search(words),
            "company": _COMPANY.search(words),
        }
        current.roles |= {role for role, value in told.items() if value}
    if current:
        yield current
