"""What a column holds, told by its name and some of its values."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from hongxian.info.addresses import address_scores
from hongxian.info.names import name_scores
from hongxian.info.recognise import recognise_field
from hongxian.info.source import read
from hongxian.info.types import load_types

SHARE = 0.5
"""Share of the values that must be of one type, whole, for a column to be of it."""

_HEARD, _SURE, _MOST = 100, 0.5, 0.6
"""How many values the taggers hear; how sure they must be, and of which share of them."""

_JOIN = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[\s_-]+")


@cache
def names() -> dict[str, str]:
    """Return the PI type of each column name that tells one by itself."""
    rows: dict[str, list[str]] = read("hongxian.guards.mask", "columns")
    return {name: info for info, own in rows.items() for name in own}


def recognised(name: str, values: list[str]) -> str | None:
    """Return the PI type of a column, or ``None``.

    Values speak first. A type that is only found inside longer texts does not make the column:
    free text is masked text by text instead.

    Args:
        name: the column's name; of a nested one the last parts count.
        values: some distinct values.
    """
    plain = _JOIN.sub("_", name.replace("[]", "")).lower().split(".")
    found: Counter[str] = Counter()
    filled = [value for value in values if value.strip()]
    for value in filled:
        hit = recognise_field(plain[-1], value)
        if hit and hit.info in load_types() and value[hit.start : hit.end] == value.strip():
            found[hit.info] += 1
    if found:
        ((info, count),) = found.most_common(1)
        if count >= SHARE * len(filled):
            return info
    named = names().get(".".join(plain[-2:])) or names().get(plain[-1])
    return named or _said(filled)


def _said(values: list[str]) -> str | None:
    """Return whether values are whole names of people, or addresses, as the taggers hear them."""
    some = values[:_HEARD]
    for info, scores in (("basic.name", name_scores), ("basic.address", address_scores)):
        if some and sum(score >= _SURE for score in scores(some)) >= _MOST * len(some):
            return info
    return None
