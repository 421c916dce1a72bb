"""Telephone numbers: a mobile number stays one, a landline keeps the start of its area code."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from hongxian.guards.mask.formats.part import DIGITS, Ranked, Spelled, number, spell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from hongxian.guards.mask.formats.part import Bytes, Part, Words

KEEP = ("segment",)
"""What may be kept: the first three digits, which tell the operator."""

_COUNTRY = {11: b"", 13: b"86", 15: b"0086"}
_LANDLINE = 3
"""Digits of a landline number that stay: 0 and the start of the area code."""


@dataclass(frozen=True, slots=True)
class Phone:
    """Mobile numbers of mainland China, with or without +86, and landlines with area code.

    Args:
        keep: ``segment`` keeps the first three digits.
    """

    keep: tuple[str, ...] = ()
    classes: Bytes = field(default_factory=lambda: DIGITS, repr=False)
    outside: bytes | None = b" -+()"

    def parts(self, text: Bytes, pattern: Bytes) -> Iterator[Part]:
        """Yield mobile numbers and landlines."""
        del pattern
        length = text.shape[1]
        if length in _COUNTRY:
            country = np.frombuffer(_COUNTRY[length], np.uint8)
            start = len(country)
            mobile = (text[:, :start] == country).all(axis=1) & (text[:, start] == 49)
            yield self._mobile(text, np.flatnonzero(mobile & (text[:, start + 1] >= 51)), start)
        if 10 <= length <= 12:
            yield _spelled(text, text[:, 0] == 48, _LANDLINE)

    def _mobile(self, text: Bytes, rows: NDArray[np.int64], start: int) -> Part:
        if "segment" in self.keep:
            fits = np.zeros(len(text), bool)
            fits[rows] = True
            return _spelled(text, fits, start + 3)
        own = text[rows]

        def write(new: Words) -> Bytes:
            out = own.copy()
            spell(new + np.uint64(3 * 10**9), out[:, start + 1 :])
            return out

        numbers = number(own[:, start + 1 :] - np.uint8(48)) - np.uint64(3 * 10**9)
        return Ranked(rows, numbers, 7 * 10**9, own[:, :start], write)


def _spelled(text: Bytes, fits: NDArray[np.bool_], kept: int) -> Part:
    rows = np.flatnonzero(fits)
    own = text[rows]

    def write(new: Bytes) -> Bytes:
        return np.concatenate([own[:, :kept], new + np.uint8(48)], axis=1)

    return Spelled(rows, own[:, kept:] - np.uint8(48), 10, own[:, :kept], write)
