"""Is a hash the bare one of the clear value beside it? A few rows of the first batch tell."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from hongxian.sensors.store.shapes import is_hash

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS = 20
"""Rows that are tried."""
COLUMNS = 60
"""Columns that are tried with one another at most."""
AGREE = 2
"""Rows that must agree: one could be chance where a column repeats another."""
_KINDS = ("md5", "sha1", "sha256", "sha512", "sm3")


def proven(batch: Any) -> set[str]:
    """Return the columns of a batch that are the bare hash of another of its columns."""
    texts = dict(_texts(batch))
    hashes = {name for name, values in texts.items() if all(map(is_hash, filter(None, values)))}
    plain = [values for name, values in texts.items() if name not in hashes]
    return {name for name in hashes if any(_agree(texts[name], values) for values in plain)}


def _texts(batch: Any) -> Iterator[tuple[str, list[str | None]]]:
    """Yield the first values of the columns that are texts or whole numbers."""
    from pyarrow import types  # noqa: PLC0415 - heavy

    head = batch.slice(0, ROWS)
    for name, column in zip(head.schema.names[:COLUMNS], head.columns, strict=False):
        if types.is_string(column.type) or types.is_integer(column.type):
            values = [None if one is None else str(one) for one in column.to_pylist()]
            if any(values):
                yield name, values


def _agree(hashes: list[str | None], values: list[str | None]) -> bool:
    pairs = [
        (one.lower(), value) for one, value in zip(hashes, values, strict=True) if one and value
    ]
    return any(
        sum(hashlib.new(kind, value.encode()).hexdigest() == one for one, value in pairs) >= AGREE
        for kind in _KINDS
    )
