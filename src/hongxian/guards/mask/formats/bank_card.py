"""Bank cards: the issuer stays if asked, the check digit (Luhn) is right where it was right."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from hongxian.guards.mask.formats.part import DIGITS, Spelled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from hongxian.guards.mask.formats.part import Bytes, Part

KEEP = ("bin", "bin8")
"""What may be kept: the issuer's six digits, or eight (ISO/IEC 7812-1:2017)."""

_LENGTHS = range(13, 20)
_LEAST = 6
"""Digits that must be left to encrypt: a domain of a million."""


@dataclass(frozen=True, slots=True)
class BankCard:
    """Card numbers of 13 to 19 digits.

    A check digit that was wrong stays wrong by as much, so that every number can be turned back.

    Args:
        keep: ``bin`` or ``bin8`` keeps the issuer.
    """

    keep: tuple[str, ...] = ("bin",)
    classes: Bytes = field(default_factory=lambda: DIGITS, repr=False)
    outside: bytes | None = b" -"

    def parts(self, text: Bytes, pattern: Bytes) -> Iterator[Part]:
        """Yield all rows, unless too few digits are left."""
        del pattern
        start = 8 if "bin8" in self.keep else 6 if "bin" in self.keep else 0
        digits = text - np.uint8(48)
        if text.shape[1] not in _LENGTHS or text.shape[1] - start - 1 < _LEAST:
            return
        body, kept = digits[:, start:-1], text[:, :start]
        wrong = (digits[:, -1] - _check(digits[:, :-1])) % 10

        def write(new: Bytes) -> Bytes:
            whole = np.concatenate([digits[:, :start], new], axis=1)
            check = (_check(whole) + wrong) % 10
            return (np.concatenate([whole, check[:, None]], axis=1) + 48).astype(np.uint8)

        yield Spelled(np.arange(len(text)), body, 10, kept, write)


def _check(digits: Bytes) -> NDArray[np.int64]:
    """Return the Luhn digit that belongs behind the digits (ISO/IEC 7812-1, annex B)."""
    weighed = digits.astype(np.int64)
    doubled = weighed[:, ::-2] * 2
    total = (doubled - 9 * (doubled > 9)).sum(axis=1) + weighed[:, -2::-2].sum(axis=1)
    check: NDArray[np.int64] = -total % 10
    return check
