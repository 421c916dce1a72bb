"""Is a hash the bare one of the clear value beside it? The first rows of a table tell."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from hongxian.sensors.store.shapes import is_hash

if TYPE_CHECKING:
    from collections.abc import Sequence

ROWS = 20
"""Rows that are tried."""
COLUMNS = 60
"""Columns that are tried with one another at most."""
AGREE = 2
"""Rows that must agree: one could be chance where a column repeats another."""
_KINDS = ("md5", "sha1", "sha256", "sha512", "sm3")


def proven(batches: Sequence[Any]) -> set[str]:
    """Return the columns that are the bare hash of another, by the first rows of a table.

    Args:
        batches: hold the first rows, :data:`ROWS` at most.
    """
    texts: dict[str, list[str | None]] = {}
    for batch in batches:
        _add(batch, texts)
    texts = {name: values for name, values in texts.items() if any(values)}
    hashes = {name for name, values in texts.items() if all(map(is_hash, filter(None, values)))}
    plain = [values for name, values in texts.items() if name not in hashes]
    return {name for name in hashes if any(_agree(texts[name], values) for values in plain)}


def _add(batch: Any, texts: dict[str, list[str | None]]) -> None:
    """Add the values of the columns that are texts or whole numbers."""
    from pyarrow import types  # noqa: PLC0415 - heavy

    before = max(map(len, texts.values()), default=0)
    for name, kept in zip(batch.schema.names[:COLUMNS], batch.columns, strict=False):
        column = kept.dictionary_decode() if types.is_dictionary(kept.type) else kept
        if types.is_string(column.type) or types.is_integer(column.type):
            values = [None if one is None else str(one) for one in column.to_pylist()]
            texts.setdefault(name, [None] * before)
            texts[name] += [*[None] * (before - len(texts[name])), *values]
    longest = before + batch.num_rows
    for own in texts.values():
        own.extend([None] * (longest - len(own)))


def _agree(hashes: list[str | None], values: list[str | None]) -> bool:
    pairs = [
        (one.lower(), value) for one, value in zip(hashes, values, strict=True) if one and value
    ]
    return any(
        sum(hashlib.new(kind, value.encode()).hexdigest() == one for one, value in pairs) >= AGREE
        for kind in _KINDS
    )
