"""Arrow arrays as strings whose bytes the kernel can read, and what makes a value worth reading."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongxian.info.recognise import load_recognisers, scan_buffer

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


def strings_of(array: Any) -> Any | None:
    """Return the values of an array as strings without nulls, or ``None`` when none can be PI."""
    found = texts_of(array)
    return None if found is None else found[0]


def texts_of(array: Any) -> tuple[Any, Any] | None:
    """Return the values of an array as strings without nulls, and which of its rows they are.

    Returns:
        The strings and a mask over the array, ``None`` for the mask when all rows are there;
        nothing when no value of the type can be PI.
    """
    import pyarrow as pa  # noqa: PLC0415 - heavy
    import pyarrow.compute as pc  # noqa: PLC0415 - heavy
    from pyarrow import types  # noqa: PLC0415 - heavy

    kind = array.type
    if types.is_boolean(kind) or types.is_null(kind) or types.is_temporal(kind):
        return None
    kept = array.is_valid().to_numpy(zero_copy_only=False) if array.null_count else None
    array = array.drop_null() if array.null_count else array
    if types.is_string(kind):
        return array, kept
    if types.is_fixed_size_binary(kind):
        array = array.cast(pa.binary())
    try:
        text = array.cast(pa.string())
    except pa.ArrowInvalid:
        return _decoded(array, kept)
    except pa.ArrowNotImplementedError:
        return None  # of a type that has no text
    if types.is_decimal(kind):
        text = pc.replace_substring_regex(text, r"\.0+$", "")
    return text, kept


def _decoded(array: Any, kept: Any) -> tuple[Any, Any] | None:
    """Return those of some bytes that are text, value by value."""
    import numpy as np  # noqa: PLC0415 - heavy
    import pyarrow as pa  # noqa: PLC0415 - heavy

    texts = pa.array(map(_text, array.to_pylist()), pa.string())
    if texts.null_count == len(texts):
        return None
    good = texts.is_valid().to_numpy(zero_copy_only=False)
    if kept is not None:
        rows = np.flatnonzero(kept)[good]
        good = np.zeros(len(kept), bool)
        good[rows] = True
    return texts.drop_null(), good


def _text(value: object) -> str | None:
    try:
        return value.decode() if isinstance(value, bytes) else None
    except UnicodeDecodeError:
        return None


def buffer_of(strings: Any) -> tuple[Any, npt.NDArray[np.int32]]:
    """Return bytes and edges of a string array, as they lie."""
    import numpy as np  # noqa: PLC0415 - heavy

    _, offsets, data = strings.buffers()
    if offsets is None or not len(strings):
        return b"", np.zeros(1, dtype=np.int32)
    edges = np.frombuffer(offsets, dtype=np.int32)
    return data if data is not None else b"", edges[strings.offset :][: len(strings) + 1]


def hits_in(strings: Any, label: str = "", *, keep: bool = True) -> npt.NDArray[Any]:
    """Return the hits in a string array.

    Args:
        strings: the values.
        label: name of their field; the recognisers then read each value as what it is called.
        keep: see :func:`~hongxian.info.recognise.scan_buffer`.
    """
    return scan_buffer(*buffer_of(strings), label, keep=keep)


def infos() -> tuple[str, ...]:
    """Return the PI type of each recogniser, by its number."""
    return tuple(row.info for row in load_recognisers())
