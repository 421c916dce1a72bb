"""Rows of Python values, as database clients hand them over, as Arrow batches of texts."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence


def arrow_batch(rows: Sequence[Sequence[Any]], names: Sequence[str]) -> Any:
    """Return rows as a batch: each column as Arrow takes it, else as text."""
    import pyarrow as pa  # noqa: PLC0415 - heavy

    if not rows:
        return pa.record_batch([pa.nulls(0, pa.string()) for _ in names], names=list(names))
    return pa.record_batch(
        [arrow_column(column) for column in zip(*rows, strict=True)], names=list(names)
    )


def arrow_column(values: Sequence[Any]) -> Any:
    """Return values as an array; what Arrow knows no common type for becomes text."""
    import pyarrow as pa  # noqa: PLC0415 - heavy

    kinds = set(map(type, values)) - {type(None)}
    if kinds <= {str} or kinds == {bytes}:
        return pa.array(values, pa.binary() if kinds == {bytes} else pa.string())
    if len(kinds) == 1 and kinds <= {int, float, bool, dt.date, dt.datetime, Decimal}:
        try:
            return pa.array(values)
        except (pa.ArrowInvalid, OverflowError):
            pass
    return pa.array([text_of(value) for value in values], pa.string())


def text_of(value: Any) -> str | None:
    """Return one value as text."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).decode("utf-8", "replace")
    return str(value)
