"""From a row of a table, or a block of keys and values, to declarations."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hongxian.sensors.policy.declarations import Declaration, Span
from hongxian.sensors.policy.relations import keeping
from hongxian.sensors.policy.relations.emit import spread
from hongxian.sensors.policy.relations.means import permission_infos
from hongxian.sensors.policy.relations.names import find_key, write
from hongxian.sensors.policy.relations.objects import is_group
from hongxian.sensors.policy.relations.purposes import heading_purposes, purposes_in
from hongxian.sensors.policy.relations.scene import NOWHERE, Named

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hongxian.sensors.policy.relations.terms import Terms

_SHARES = re.compile(r"共享|提供给|对外提供|接收|shar|recipient|disclos", re.IGNORECASE)
_COLLECTS = re.compile(r"收集|采集|获取|读取|collect", re.IGNORECASE)
_SDK = re.compile(r"sdk|插件|软件开发包|工具包", re.IGNORECASE)
_ENTRUSTS = re.compile(r"委托|受托|entrust|processor", re.IGNORECASE)
_NOTHING = re.compile(r"^[\s/\\\-—–无不涉及适用收集暂个人信息n/a.none]*$", re.IGNORECASE)
_NONE = re.compile(r"\s*(?:无|不|未|暂|no\b|none\b)", re.IGNORECASE)
_DETAILS = re.compile(r"[（(：:]|包括|例如|如|includ|such as", re.IGNORECASE)


@dataclass(slots=True)
class Row:
    """One row: role -> its cells."""

    cells: dict[str, list[Span]] = field(default_factory=dict)
    spans: list[Span] = field(default_factory=list)
    """All its stretches, with and without role."""
    heads: list[Span] = field(default_factory=list)
    """The headers or keys."""
    caption: Span = NOWHERE
    """Words that announce the table."""
    party: Span | None = None
    """A name that stands above a block that has none itself."""


def read_row(row: Row, terms: Terms) -> list[Declaration]:
    """Return what a row declares.

    Args:
        row: of a table or block.
        terms: what the document names.
    """
    if not row.spans or not {"info", "permission"}.intersection(row.cells):
        return []
    infos = _infos(row, terms)
    if not infos:
        return []
    party = _party(row, terms)
    act = _act(row, terms.text, party)
    actor, recipients = _roles(act, party)
    base = Declaration(
        act=act, info=None, actor=actor, method=_method(row, act, actor),
        permission=_permission(row, terms), days=_days(row, terms.text),
        function=_function(row, terms),
        span=Span(row.spans[0].start, max(span.end for span in row.spans)),
        roles={} if party is None or recipients else {"actor": party.span},
    )  # fmt: skip
    return list(spread(base, infos, recipients, _purposes(row, terms)))


def _infos(row: Row, terms: Terms) -> list[Named]:
    cells = row.cells.get("info", [])
    found: dict[str | None, Named] = {}
    for cell in cells:
        named = [one for one in terms.within("info", cell) if one.key != "other"]
        if _NONE.match(terms.text[cell.start : cell.end]):
            named = [one for one in named if one.key != "personal"]
        for number, one in enumerate(named):
            key = None if one.key == "personal" else one.key
            after = named[number + 1] if number + 1 < len(named) else None
            between = terms.text[one.end : after.start] if after else ""
            heads = is_group(key) and after is not None and len(between) < 12
            if not (heads and _DETAILS.search(between)):
                found.setdefault(key, Named(key, Span(one.start, one.end)))
    if len(found) > 1:
        found.pop(None, None)
    if not found and "permission" in row.cells:
        return _permitted(row.cells["permission"][0], terms)
    return list(found.values())


def _permitted(cell: Span, terms: Terms) -> list[Named]:
    """Return what a permission gives, by its name or by the words for what it opens."""
    known = permission_infos(terms.within("permission", cell))
    return known or [
        Named(one.key, Span(one.start, one.end))
        for one in terms.within("info", cell)
        if one.key not in {"other", "personal"}
    ]


def _party(row: Row, terms: Terms) -> Named | None:
    for role in ("recipient", "party", "company"):
        cells = row.cells.get(role) or ([row.party] if role == "party" and row.party else [])
        for cell in cells:
            known = _known(cell, terms)
            if known:
                return known
    for role in ("recipient", "party", "company"):
        for cell in row.cells.get(role, []):
            words = terms.text[cell.start : cell.end].strip()
            if words and not _NOTHING.match(words):
                return Named(write(_first_line(words)), cell)
    return None


def _known(cell: Span, terms: Terms) -> Named | None:
    words = terms.text[cell.start : cell.end]
    key = find_key(_first_line(words))
    if key:
        return Named(key, cell)
    generic = None
    for one in terms.within("party", cell):
        if one.key in {"named", "person", "first_party"}:
            continue
        if one.key in {"third_party", "affiliate", "authority"}:
            whole = one.end - one.start >= len(words.strip()) - 2
            generic = generic or (Named(one.key, cell) if whole else None)
        else:
            return Named(one.key, cell)
    return generic


def _first_line(words: str) -> str:
    return words.strip().split("\n", 1)[0]


def _act(row: Row, text: str, party: Named | None) -> str:
    heads = " ".join(text[span.start : span.end] for span in row.heads)
    caption = text[row.caption.start : row.caption.end]
    if party is None:
        return "collect"
    told = heads if "recipient" in row.cells or _SHARES.search(heads) else None
    own = text[party.span.start : party.span.end] + caption
    if told is None and not (_SDK.search(heads) or _COLLECTS.search(heads) or _SDK.search(own)):
        told = caption if _SHARES.search(caption) or _ENTRUSTS.search(caption) else None
    if told is None:
        return "collect"
    return "entrust" if _ENTRUSTS.search(told) else "share"


def _roles(act: str, party: Named | None) -> tuple[str, list[Named]]:
    if party is None or party.key is None:
        return "first_party", []
    return (party.key, []) if act == "collect" else ("first_party", [party])


def _method(row: Row, act: str, actor: str) -> str | None:
    if act != "collect":
        return None
    if actor != "first_party":
        return "sdk"
    return "permission" if "permission" in row.cells else None


def _purposes(row: Row, terms: Terms) -> list[Named]:
    cells = row.cells.get("purpose", [])
    for role in ("purpose", "function"):
        found = {
            one.key: one for cell in row.cells.get(role, []) for one in purposes_in(terms, cell)
        }
        if found:
            return list(found.values())
    if any(_tells(terms.text, cell) for cell in cells):
        return [Named("basic_function" if "party" not in row.cells else "other", cells[0])]
    return [] if row.caption.end == 0 else heading_purposes(terms, row.caption)


def _tells(text: str, cell: Span) -> bool:
    return not _NOTHING.match(text[cell.start : cell.end])


def _permission(row: Row, terms: Terms) -> str | None:
    cells: Iterable[Span] = row.cells.get("permission", [])
    return next((one.key for cell in cells for one in terms.within("permission", cell)), None)


def _days(row: Row, text: str) -> float | None:
    cells = row.cells.get("retention", [])
    return next(
        (amount for cell in cells if (amount := keeping.days(text[cell.start : cell.end]))), None
    )


def _function(row: Row, terms: Terms) -> str | None:
    cells = [*row.cells.get("function", []), *row.cells.get("purpose", [])]
    return next((one.key for cell in cells for one in terms.within("function", cell)), None)
