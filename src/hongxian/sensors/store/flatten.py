"""The columns inside a batch: members of structs, lists and maps by their paths."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongxian.sensors.store.repeated import stays_coded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.store.draw import Rows

DEPTH = 32
"""Types inside one another that are followed."""


def flat_columns(batch: Any, rows: Rows) -> Iterator[tuple[str, Any, Rows]]:
    """Yield path, array and rows of each column of a batch that holds values, not further columns.

    Strings that repeat may come as they are kept: as a dictionary and indices.
    The arrays may be of different lengths: a list gives its members, each once.

    Args:
        batch: the batch, or a table.
        rows: its rows.
    """
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        yield from _flat(name, column, rows, 0)


def _flat(path: str, array: Any, rows: Rows, depth: int) -> Iterator[tuple[str, Any, Rows]]:
    import pyarrow as pa  # noqa: PLC0415 - heavy
    from pyarrow import types  # noqa: PLC0415 - heavy

    kind = array.type
    if isinstance(array, pa.ChunkedArray):
        start = 0
        for chunk in array.chunks:
            yield from _flat(path, chunk, rows.taken(slice(start, start + len(chunk))), depth)
            start += len(chunk)
    elif isinstance(kind, pa.BaseExtensionType):
        yield from _flat(path, array.storage, rows, depth)
    elif depth < DEPTH and types.is_struct(kind):
        for field, member in zip(kind, array.flatten(), strict=True):
            yield from _flat(f"{path}.{field.name}", member, rows, depth + 1)
    elif depth < DEPTH and types.is_map(kind):
        pairs = pa.list_(pa.struct([("key", kind.key_type), ("value", kind.item_type)]))
        yield from _flat(path, array.cast(pairs), rows, depth + 1)
    elif depth < DEPTH and _is_list(types, kind):
        yield from _flat(path, array.flatten(), rows.taken(_parents(array)), depth + 1)
    elif types.is_dictionary(kind) and not stays_coded(array):
        yield from _flat(path, array.dictionary_decode(), rows, depth + 1)
    elif types.is_run_end_encoded(kind):
        import pyarrow.compute as pc  # noqa: PLC0415 - heavy

        yield from _flat(path, pc.run_end_decode(array), rows, depth + 1)
    else:
        yield path, array, rows


def _is_list(types: Any, kind: Any) -> bool:
    return bool(types.is_list(kind) or types.is_large_list(kind) or types.is_fixed_size_list(kind))


def _parents(array: Any) -> Any:
    """Return for each member of some lists the position of its list."""
    import numpy as np  # noqa: PLC0415 - heavy
    import pyarrow.compute as pc  # noqa: PLC0415 - heavy

    lengths = pc.fill_null(pc.list_value_length(array), 0).to_numpy(zero_copy_only=False)
    return np.repeat(np.arange(len(array)), lengths)
