"""JSON Lines, streamed: only the values that a technique takes are changed, the rest stays.

Parts of a document are named by their way: ``user.phone``, ``tags[]``.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hongxian.errors import Exit
from hongxian.guards.mask.cells import pa
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hongxian.guards.mask.batches import Watch
    from hongxian.guards.mask.plan import Plan

ROWS = 1 << 14
"""Rows of a batch, unless they are long."""

BYTES = 1 << 23
"""Bytes of a batch, about."""

LONGEST = 1 << 26
"""Bytes that a line may have."""

Place = tuple[int, Any, Any]
"""A value's row, what holds it, and its key there."""


def mask_jsonl(source: Path, target: Path, plan: Plan, watch: Watch | None = None) -> int:
    """Write a masked copy of a file and return its rows.

    Raises:
        HongxianError: a line is no JSON; the line names its number, never its text.
    """
    rows = 0
    with target.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as out:
        for batch in _batches(source):
            places = _places(batch)
            if watch:
                watch("before", _getter(places, len(batch)))
            for name, found in places.items():
                _mask(name, found, plan)
            if watch:
                watch("after", _getter(places, len(batch)))
            out.writelines(f"{json.dumps(row[0], ensure_ascii=False)}\n" for row in batch)
            rows += len(batch)
    return rows


def _batches(source: Path) -> Iterator[list[list[Any]]]:
    """Yield rows, each alone in a list, so that it can be replaced whatever it is."""
    batch: list[list[Any]] = []
    size = 0
    with source.open("rb") as lines:
        number = 0
        while line := lines.readline(LONGEST + 1):
            number += 1
            if len(line) > LONGEST:
                raise WordedError("mask_long_line", source, Exit.SENSOR, line=number, most=LONGEST)
            if line.strip():
                batch.append([_row(line, source, number)])
                size += len(line)
            if len(batch) >= ROWS or size >= BYTES:
                yield batch
                batch, size = [], 0
    if batch:
        yield batch


def _row(line: bytes, source: Path, number: int) -> Any:
    try:
        return json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise WordedError("mask_no_json_line", source, Exit.SENSOR, line=number) from None


def _places(batch: list[list[Any]]) -> dict[str, list[Place]]:
    """Return the places of all values that are no containers, by their way."""
    found: dict[str, list[Place]] = {}
    for number, row in enumerate(batch):
        todo: list[tuple[str, Any, Any]] = [("", row, 0)]
        while todo:
            name, holder, key = todo.pop()
            value = holder[key]
            if isinstance(value, dict):
                start = f"{name}." if name else ""
                todo += [(start + own, value, own) for own in reversed(value)]
            elif isinstance(value, list):
                todo += [(f"{name}[]", value, own) for own in reversed(range(len(value)))]
            elif value is not None and not isinstance(value, bool):
                found.setdefault(name, []).append((number, holder, key))
    return found


def _mask(name: str, places: list[Place], plan: Plan) -> None:
    values = [holder[key] for _, holder, key in places]
    masked = plan.column(name, _column(values)).to_pylist()
    for (_, holder, key), old, new in zip(places, values, masked, strict=True):
        if new != old and new != _text(old):
            holder[key] = new


def _column(values: list[Any]) -> Any:
    kinds = set(map(type, values))
    try:
        if kinds == {int}:
            return pa.array(values, pa.int64())
        if kinds == {float}:
            return pa.array(values, pa.float64())
    except OverflowError:
        pass
    return pa.array([None if one is None else _text(one) for one in values], pa.string())


def _text(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return text.encode("utf-8", "replace").decode("utf-8")


def _getter(places: dict[str, list[Place]], rows: int) -> Callable[[str], Any]:
    def column(name: str) -> Any:
        if name not in places:
            return pa.nulls(rows)
        values: list[Any] = [None] * rows
        for number, holder, key in places[name]:
            values[number] = holder[key]
        kinds = {type(one) for one in values if one is not None}
        if kinds <= {int} or kinds <= {float}:
            return pa.array(values)
        return _column(values)

    return column
