"""Columns of bodies through the recognisers, and columns of times and callers."""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING, Any

from hongxian.info.recognise import scan_buffer
from hongxian.sensors.traffic.columns.shapes import column
from hongxian.sensors.traffic.readers.json_lines import address, body, first_of
from hongxian.sensors.traffic.readers.times import any_time

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hongxian.sensors.traffic.columns.shapes import Row

EMPTY = ("", "-", None)
_LONGEST = 4_096


def parts_of(rows: Sequence[Row], names: tuple[str, ...], *, flat: bool) -> list[Any]:
    """Return the first value that each row has under some names."""
    if not names:
        return [None] * len(rows)
    if len(names) == 1:
        return column(rows, names[0])
    return [first_of(row, names, flat) for row in rows]


def times(rows: Sequence[Row], names: tuple[str, ...]) -> list[float]:
    """Return the moment of each row."""
    values = parts_of(rows, names, flat=True)
    if set(map(type, values)) <= {int, float, str}:  # true is 1 to a dictionary, but no moment
        known = {value: any_time(value) for value in set(values)}
        return [known[value] for value in values]
    return [0.0 if isinstance(value, dict) else any_time(value) for value in values]


def callers(
    rows: Sequence[Row], who: Sequence[tuple[str, tuple[str, ...]]]
) -> list[tuple[str, str] | None]:
    """Return the first principal of each row."""
    found: list[tuple[str, str] | None] = [None] * len(rows)
    whole = True
    for kind, names in who:
        columns = [column(rows, name) for name in names]
        if whole and kind != "ip" and _texts(columns[0]):
            return list(zip(repeat(kind), columns[0]))
        whole = False
        for row, one in enumerate(found):
            if one is None:
                found[row] = _caller(kind, [values[row] for values in columns])
        if None not in found:
            break
    return found


def _texts(values: list[Any]) -> bool:
    return (
        set(map(type, values)) == {str} and "" not in values and "-" not in values
        and max(map(len, values)) <= _LONGEST
    )  # fmt: skip


def _caller(kind: str, values: list[Any]) -> tuple[str, str] | None:
    for value in values:
        if value not in EMPTY and isinstance(value, str | int):
            text = str(value)[:_LONGEST]
            return kind, address(text) if kind == "ip" else text
    return None


def hits(values: Sequence[Any], infos: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Yield row, PI type and value of what the recognisers find in a column."""
    import numpy as np  # noqa: PLC0415 - heavy

    rows = [row for row, value in enumerate(values) if value not in EMPTY]
    if not rows:
        return
    data, lengths = _buffer([values[row] for row in rows])
    offsets = np.zeros(len(rows) + 1, dtype=np.int64)
    np.cumsum(np.fromiter(lengths, np.int64, len(rows)) + 1, out=offsets[1:])
    offsets[-1] = len(data)
    yield from hits_in(data, offsets, rows, infos)


def hits_in(
    data: bytes, offsets: Any, rows: Sequence[int], infos: Sequence[str]
) -> Iterator[tuple[int, str, str]]:
    """Yield row, PI type and value of what the recognisers find in texts.

    Args:
        data: the texts, one after the other.
        offsets: where each begins; one more says where the last ends (``int64``).
        rows: row of each text.
        infos: PI type of each recogniser.
    """
    found = scan_buffer(data, offsets)
    for row, start, end, recogniser in zip(
        found["row"].tolist(), found["start"].tolist(), found["end"].tolist(),
        found["recogniser"].tolist(), strict=True,
    ):  # fmt: skip
        info = infos[recogniser]
        if info:
            yield rows[row], info, data[start:end].decode("utf-8", "replace")


def _buffer(values: list[Any]) -> tuple[bytes, Any]:
    """Return values one after the other, and how long each is."""
    if set(map(type, values)) == {str}:
        text = "\n".join(values)
        if text.isascii():
            return text.encode(), map(len, values)
    raw = [body(value) for value in values]
    return b"\n".join(raw), map(len, raw)
