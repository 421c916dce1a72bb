"""Arrays whose values repeat: each different value once, with how often it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Weights = npt.NDArray[np.int64]

REPEATED = 0.5
"""Where fewer values than this share are different, each is read once."""
LARGEST = 1 << 26
"""Bytes of a dictionary that is read at once."""


def stays_coded(array: Any) -> bool:
    """Whether a dictionary array is counted by its dictionary, not value by value."""
    import pyarrow as pa  # noqa: PLC0415 - heavy

    words = array.dictionary
    few = 0 < len(words) <= len(array) * REPEATED
    return few and words.type == pa.string() and not words.null_count and words.nbytes <= LARGEST


def different(array: Any) -> tuple[Any, Weights]:
    """Return the different values of an array, and how often each stands.

    Args:
        array: a dictionary array without nulls, whose dictionary may name a value twice.
    """
    import numpy as np  # noqa: PLC0415 - heavy
    import pyarrow as pa  # noqa: PLC0415 - heavy

    words = array.dictionary
    weights = np.bincount(array.indices.to_numpy(zero_copy_only=False), minlength=len(words))
    used = weights > 0
    return (words, weights) if used.all() else (words.filter(pa.array(used)), weights[used])


def rows_of(strings: Any, values: Any) -> Any:
    """Return the positions of the strings that are one of some values."""
    import numpy as np  # noqa: PLC0415 - heavy
    import pyarrow.compute as pc  # noqa: PLC0415 - heavy

    among = pc.is_in(strings, value_set=values)
    return np.flatnonzero(among.to_numpy(zero_copy_only=False))


def counted(strings: Any) -> tuple[Any, Weights] | None:
    """Return the different values of strings and how often each stands; nothing when few repeat."""
    import numpy as np  # noqa: PLC0415 - heavy

    found = strings.value_counts()
    if len(found) >= len(strings) * REPEATED:
        return None
    return found.field("values"), np.asarray(found.field("counts"), dtype=np.int64)
