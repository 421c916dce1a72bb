"""Arrow arrays as strings whose bytes the kernel can read, and what makes a value worth reading."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from hongxian.info.recognise import count_buffer, load_recognisers, scan_buffer

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

LEAST = 10**9
"""Smaller whole numbers are no telephone, card or document number."""
EXACT = 2.0**53
"""From here on a floating number may stand for several whole ones."""


def is_number(kind: Any) -> bool:
    """Whether an Arrow type is one of numbers."""
    from pyarrow import types  # noqa: PLC0415 - heavy

    return bool(types.is_integer(kind) or types.is_floating(kind) or types.is_decimal(kind))


def large(array: Any) -> Any | None:
    """Return a mask of the numbers that may be PI without a name that says so; ``None`` for none.

    What stands behind the point of a number is read as no value of its own.
    """
    import pyarrow.compute as pc  # noqa: PLC0415 - heavy
    from pyarrow import types  # noqa: PLC0415 - heavy

    ends = pc.min_max(array)
    least, most = ends["min"].as_py(), ends["max"].as_py()
    if most is None or (most < LEAST and (types.is_integer(array.type) or least > -LEAST)):
        return None
    found = pc.greater_equal(array, LEAST)
    if not types.is_integer(array.type):
        found = pc.or_(found, pc.less_equal(array, -LEAST))
    return pc.fill_null(found, fill_value=False).to_numpy(zero_copy_only=False)


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
    if types.is_floating(kind):
        text = _whole_floats(array, text)
    if types.is_decimal(kind):
        text = pc.replace_substring_regex(text, r"\.0+$", "")
    return text, kept


def _whole_floats(array: Any, text: Any) -> Any:
    """Return the texts of floating numbers, large whole ones without point and exponent.

    A column of telephone numbers of which some are missing often comes as such.
    """
    import pyarrow as pa  # noqa: PLC0415 - heavy
    import pyarrow.compute as pc  # noqa: PLC0415 - heavy

    array = array.cast(pa.float64())
    size = pc.abs(array)
    within = pc.and_(pc.greater_equal(size, LEAST), pc.less(size, EXACT))
    whole = pc.and_(within, pc.equal(array, pc.floor(array)))
    if not pc.any(whole).as_py():
        return text
    numbers = pc.if_else(whole, array, 0).cast(pa.int64()).cast(pa.string())
    return pc.if_else(whole, numbers, text)


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


def counts_in(
    strings: Any, label: str, weights: npt.NDArray[np.int64] | None
) -> dict[str, tuple[int, int, int]]:
    """Return for each PI type in how many values it stands, is valid, and is the whole value.

    Args:
        strings: the values.
        label: as in :func:`hits_in`.
        weights: how often each value stands; ``None`` for once.
    """
    names, kinds = kinds_of_infos()
    sums = count_buffer(*buffer_of(strings), label, kinds, weights)
    told = zip(names, sums.tolist(), strict=True)
    return {info: (every, good, full) for info, (every, good, full) in told if every}


@cache
def kinds_of_infos() -> tuple[tuple[str, ...], npt.NDArray[np.int32]]:
    """Return the PI types, and for each recogniser by its number the place of its type."""
    import numpy as np  # noqa: PLC0415 - heavy

    every = [row.info for row in load_recognisers()]
    names = tuple(sorted(set(every)))
    return names, np.array([names.index(info) for info in every], dtype=np.int32)
