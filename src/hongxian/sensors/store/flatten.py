"""The columns inside a batch: members of structs, lists and maps by their paths."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

DEPTH = 32
"""Types inside one another that are followed."""


def flat_columns(batch: Any) -> Iterator[tuple[str, Any]]:
    """Yield path and array of each column of a batch that holds values, not further columns.

    The arrays may be of different lengths: a list gives its members, each once.
    """
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        yield from _flat(name, column, 0)


def _flat(path: str, array: Any, depth: int) -> Iterator[tuple[str, Any]]:
    import pyarrow as pa  # noqa: PLC0415 - heavy
    from pyarrow import types  # noqa: PLC0415 - heavy

    kind = array.type
    if isinstance(array, pa.ChunkedArray):
        for chunk in array.chunks:
            yield from _flat(path, chunk, depth)
    elif isinstance(kind, pa.BaseExtensionType):
        yield from _flat(path, array.storage, depth)
    elif depth < DEPTH and types.is_struct(kind):
        for field, member in zip(kind, array.flatten(), strict=True):
            yield from _flat(f"{path}.{field.name}", member, depth + 1)
    elif depth < DEPTH and types.is_map(kind):
        yield from _flat(f"{path}.key", array.keys, depth + 1)
        yield from _flat(f"{path}.value", array.items, depth + 1)
    elif depth < DEPTH and _is_list(types, kind):
        yield from _flat(path, array.flatten(), depth + 1)
    elif types.is_dictionary(kind):
        yield from _flat(path, array.dictionary_decode(), depth + 1)
    elif types.is_run_end_encoded(kind):
        import pyarrow.compute as pc  # noqa: PLC0415 - heavy

        yield from _flat(path, pc.run_end_decode(array), depth + 1)
    else:
        yield path, array


def _is_list(types: Any, kind: Any) -> bool:
    return bool(types.is_list(kind) or types.is_large_list(kind) or types.is_fixed_size_list(kind))
