"""JSON and JSON Lines: records with fields, however deep, and however they differ."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any

from hongxian.facts.reason import Reason
from hongxian.info.recognise import recognise
from hongxian.sensors.store.shapes import person_names
from hongxian.sensors.store.sources.encoding import blocks, tell
from hongxian.sensors.store.sources.file import LIMITS
from hongxian.sensors.store.sources.lines import line_batches
from hongxian.sensors.store.sources.ranges import count_lines, cuts_of_lines
from hongxian.sensors.store.sources.table import Table
from hongxian.sensors.store.sources.values import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hongxian.sensors.store.sources.file import File, Limits
    from hongxian.sensors.store.sources.table import Sample, Span

BYTES = 1 << 21
"""Bytes of records that make up a batch."""
DEPTH = 64
"""Values inside one another that are told apart; what lies deeper is one text."""
COLUMNS = 2_000
"""Paths of one batch; further ones share a column."""
ANY, KEY = "*", "<key>"
"""What stands in a path for a key that is a value, and where the key itself is found."""
_LOG_KEYS = frozenset({"level", "logger", "msg", "message", "@timestamp", "loglevel", "severity"})


def json_lines_table(file: File, limits: Limits = LIMITS) -> Table:
    """Return a file with one JSON value per line as a table."""
    head = file.head()
    encoding, mark = tell(head)
    table = _table(file, "jsonl")
    if _is_log(head[mark:].split(b"\n", 1)[0]):
        table.medium = "log"

    def records(pieces: Iterator[bytes], _span: Span | None = None) -> Iterator[Any]:
        for lines in line_batches(pieces, limits.cell):
            yield from _line_records(lines.column(0), table)

    def read(sample: Sample | None) -> Iterator[Any]:
        del sample  # files are read in full
        with file.opened() as stream:
            yield from records(blocks(stream, encoding, mark))

    table.read = read
    table.cuts = cuts_of_lines(
        file, encoding, mark, lambda pieces, _: count_lines(pieces, blank=False), records
    )
    return table


def _line_records(lines: Any, table: Table) -> Iterator[Any]:
    """Yield the records of a block of lines; lines that are no JSON come as lines."""
    import orjson  # noqa: PLC0415 - only for those who read JSON

    records, broken = [], []
    for line in memoryviews(lines):
        if not line.strip():
            continue
        try:
            records.append(orjson.loads(line))
        except orjson.JSONDecodeError:
            broken.append(line.rstrip(b"\n") + b"\n")
    if records:
        yield batch_of_records(records)
    if broken:
        table.problems.append(Reason("store.broken_rows", {"count": len(broken)}, table.where))
        yield from line_batches(broken)


def memoryviews(lines: Any) -> Iterator[bytes]:
    """Yield the bytes of each row of a string array."""
    import numpy as np  # noqa: PLC0415 - heavy

    _, offsets, data = lines.buffers()
    edges = np.frombuffer(offsets, dtype=np.int32)[lines.offset : lines.offset + len(lines) + 1]
    whole = bytes(data) if data is not None else b""
    places = edges.tolist()
    for start, end in pairwise(places):
        yield whole[start:end]


def json_table(file: File, limits: Limits = LIMITS) -> Table:
    """Return a JSON text as a table: the members of its outer array, or itself, are the rows."""
    table = _table(file, "json")

    def read(sample: Sample | None) -> Iterator[Any]:
        del sample  # files are read in full
        with file.opened() as stream:
            yield from _document(stream, file, table, limits)

    table.read = read
    return table


def _document(stream: Any, file: File, table: Table, limits: Limits) -> Iterator[Any]:
    import orjson  # noqa: PLC0415 - only for those who read JSON

    encoding, mark = tell(file.head())
    data = bytearray()
    pieces = blocks(stream, encoding, mark)
    for piece in pieces:
        data += piece
        if len(data) > limits.document:
            table.problems.append(Reason("store.json_as_text", {}, table.where))
            yield from line_batches(_chain(bytes(data), pieces), limits.cell)
            return
    try:
        value = orjson.loads(bytes(data))
    except orjson.JSONDecodeError as error:
        place = {"line": error.lineno, "column": error.colno}
        table.problems.append(Reason("store.bad_json", place, table.where))
        yield from line_batches([bytes(data)], limits.cell)
        return
    yield from record_batches(value if isinstance(value, list) else [value])


def record_batches(records: Iterable[Any], size: int = 4_096) -> Iterator[Any]:
    """Yield records as batches."""
    rows = iter(records)
    while part := list(islice(rows, size)):
        yield batch_of_records(part)


def batch_of_records(records: list[Any]) -> Any:
    """Return records as one batch, a text column per path.

    A list's members share the path of the list; since batches have as many values in every
    column, each row keeps a list of the values that lie on the path.
    """
    import pyarrow as pa  # noqa: PLC0415 - heavy

    columns: dict[str, tuple[list[str], list[int]]] = {}
    for place, record in enumerate(records):
        for path, text in leaves(record):
            if path not in columns and len(columns) >= COLUMNS:
                path = "..."  # noqa: PLW2901 - a path too many
            values, places = columns.setdefault(path, ([], []))
            values.append(text)
            places.append(place)
    arrays = [_column(values, places, len(records)) for values, places in columns.values()]
    if not arrays:
        return pa.record_batch([pa.nulls(len(records), pa.string())], names=["value"])
    return pa.record_batch(arrays, names=list(columns))


def _column(values: list[str], places: list[int], rows: int) -> Any:
    import numpy as np  # noqa: PLC0415 - heavy
    import pyarrow as pa  # noqa: PLC0415 - heavy

    texts = pa.array(values, pa.string())
    if len(places) == rows and places[0] == 0 and places[-1] == rows - 1 and _rising(places):
        return texts
    offsets = np.searchsorted(np.asarray(places), np.arange(rows + 1)).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), texts)


def _rising(places: list[int]) -> bool:
    return all(one < other for one, other in pairwise(places))


def leaves(value: Any, path: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """Yield path and text of every value in a record; no list keeps its numbers in the path."""
    if isinstance(value, dict) and depth < DEPTH:
        keys = [str(key) for key in value]
        words = [segment(key) for key in keys]
        place = f"{path}.{KEY}" if path else KEY
        yield from ((place, key) for key in _told(keys, words))
        for word, inner in zip(words, value.values(), strict=True):
            yield from leaves(inner, f"{path}.{word}" if path else word, depth + 1)
    elif isinstance(value, list | tuple) and depth < DEPTH:
        for inner in value:
            yield from leaves(inner, path, depth + 1)
    elif isinstance(value, str):
        yield path or "value", value.encode("utf-8", "replace").decode("utf-8")
    elif value is not None:
        yield path or "value", _text(value)


def _told(keys: list[str], words: list[str]) -> list[str]:
    """Return the keys that are read as values.

    A word may look like a name: then all keys are read, so that it shows how many of them do.
    """
    values = [key for key, word in zip(keys, words, strict=True) if word == ANY]
    return values if all(map(_is_value, values)) else keys


def segment(key: str) -> str:
    """Return what stands for a key in a path: one that is a value itself must not be told."""
    return ANY if _is_value(key) or _is_name(key) else key


@lru_cache(maxsize=65_536)
def _is_value(key: str) -> bool:
    return len(key) > 64 or sum(map(str.isdigit, key)) > 5 or bool(recognise(key))


@lru_cache(maxsize=65_536)
def _is_name(key: str) -> bool:
    return not key.isascii() and bool(person_names([key]))


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return text_of(value) or ""


def _is_log(line: bytes) -> bool:
    import orjson  # noqa: PLC0415 - only for those who read JSON

    try:
        first = orjson.loads(line)
    except orjson.JSONDecodeError:
        return False
    keys = {str(key).lower() for key in first} if isinstance(first, dict) else set()
    return len(keys & _LOG_KEYS) >= 2


def _chain(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _table(file: File, kind: str) -> Table:
    return Table(
        where=file.name, name="", medium="log" if file.log else "table", kind=kind,
        read=lambda _sample: iter(()), size=file.size, fingerprint=file.stamp,
    )  # fmt: skip
