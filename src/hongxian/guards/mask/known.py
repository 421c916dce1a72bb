"""What a column holds, told by its name and some of its values."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from hongxian.info.recognise import recognise_field
from hongxian.info.source import read
from hongxian.info.types import load_types

SHARE = 0.5
"""Share of the values that must be of one type, whole, for a column to be of it."""

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
    return names().get(".".join(plain[-2:])) or names().get(plain[-1])
