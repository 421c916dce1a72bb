"""Resident identity numbers (GB 11643-1999): region, birth date, sequence, check character."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from hongxian.guards.mask.formats.part import DIGITS, Ranked, number, spell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from hongxian.guards.mask.formats.part import Bytes, Part, Words

KEEP = ("province", "region", "birth", "gender")
"""What may be kept: two digits or six, the date, the parity of the sequence."""

_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
_CHECKS = np.frombuffer(b"10X98765432", np.uint8)
# GB/T 2260: provinces; 71 Taiwan, 81 Hong Kong, 82 Macao, 83 residence permits of Taiwan residents
_PROVINCES = np.array([
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46,
    50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83,
])  # fmt: skip
_PLACE = np.full(100, -1)
_PLACE[_PROVINCES] = np.arange(len(_PROVINCES))
_CLASSES = DIGITS.copy()
_CLASSES[list(b"Xx")] = 2
_ERAS = (("1900-01-01", "2026-01-01"), ("2026-01-01", "2100-01-01"))
"""Birth dates stay within their era, so that nobody is born in the future who was not."""


def domain_size(keep: tuple[str, ...]) -> int:
    """Return how many numbers there are when parts are kept, in the larger era."""
    days = np.diff(np.array(_ERAS[0], "datetime64[D]")).astype(int)[0]
    size = 500 if "gender" in keep else 1000
    size *= 1 if "birth" in keep else int(days)
    return size * (1 if "region" in keep else 10**4 if "province" in keep else 35 * 10**4)


@dataclass(frozen=True, slots=True)
class ResidentId:
    """Numbers of 18 characters.

    A check character that was wrong stays wrong by as much, so that every number can be turned
    back; a small x becomes a capital.

    Args:
        keep: parts that stay.
    """

    keep: tuple[str, ...] = ()
    classes: Bytes = field(default_factory=lambda: _CLASSES, repr=False)
    outside: bytes | None = b" "

    def parts(self, text: Bytes, pattern: Bytes) -> Iterator[Part]:
        """Yield numbers with a province and a real date, era by era."""
        if text.shape[1] != 18 or (pattern[:17] != 1).any():
            return
        digits = text[:, :17] - np.uint8(48)
        province = _PLACE[digits[:, 0] * 10 + digits[:, 1]]
        births = _births(digits)
        for start, end in _ERAS:
            days = (births - np.datetime64(start)).astype(np.int64)
            size = int((np.datetime64(end) - np.datetime64(start)).astype(np.int64))
            fits = (province >= 0) & ~np.isnat(births) & (days >= 0) & (days < size)
            rows = np.flatnonzero(fits)
            yield self._counted(rows, text[rows], province[rows], days[rows], np.datetime64(start))

    def _counted(
        self, rows: NDArray[np.int64], text: Bytes, province: NDArray[np.int64],
        days: NDArray[np.int64], start: np.datetime64,
    ) -> Part:  # fmt: skip
        """Count through province, rest of the region, day and sequence, as far as not kept."""
        digits = text[:, :17] - np.uint8(48)
        wrong = (_character(text[:, 17]) - _check(digits)) % 11
        era = next(end for begin, end in _ERAS if np.datetime64(begin) == start)
        span = int((np.datetime64(era) - start).astype(np.int64))
        gender = number(digits[:, 16:]) % np.uint64(2)
        sequence = number(digits[:, 14:])
        fields = [
            ("region" in self.keep or "province" in self.keep, province.astype(np.uint64), 35),
            ("region" in self.keep, number(digits[:, 2:6]), 10**4),
            ("birth" in self.keep, days.astype(np.uint64), span),
            (False, sequence // np.uint64(2), 500) if "gender" in self.keep
            else (False, sequence, 1000),
        ]  # fmt: skip
        numbers, size = np.zeros(len(rows), np.uint64), 1
        for kept, values, count in fields:
            if not kept:
                numbers, size = numbers * np.uint64(count) + values, size * count

        def write(new: Words) -> Bytes:
            found = []
            for kept, values, count in reversed(fields):
                if kept:
                    found.append(values)
                else:
                    new, value = np.divmod(new, np.uint64(count))
                    found.append(value)
            last = found[0] * np.uint64(2) + gender if "gender" in self.keep else found[0]
            return _written(found[3], found[2], start + found[1].astype(np.int64), last, wrong)

        return Ranked(rows, numbers, size, _kept(text, self.keep, gender), write)


def _births(digits: Bytes) -> NDArray[np.datetime64]:
    """Return the dates of birth; no date where there is none such in the calendar."""
    year, month, day = (
        number(digits[:, a:b]).astype(np.int64) for a, b in ((6, 10), (10, 12), (12, 14))
    )
    months = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    dates = months.astype("datetime64[D]") + (day - 1)
    fine = (month >= 1) & (month <= 12) & (day >= 1) & (dates.astype("datetime64[M]") == months)
    return np.where(fine, dates, np.datetime64("NaT"))


def _character(last: Bytes) -> NDArray[np.int64]:
    """Return the value of a check character: X and x are ten."""
    return np.where(last > 57, 10, last.astype(np.int64) - 48)


def _check(digits: Bytes) -> NDArray[np.int64]:
    """Return the value of the check character that belongs behind 17 digits."""
    values: NDArray[np.int64] = (12 - (digits.astype(np.int64) @ _WEIGHTS)) % 11
    return values


def _kept(text: Bytes, keep: tuple[str, ...], gender: Words) -> Bytes:
    parts = [text[:, :0]]
    if "province" in keep or "region" in keep:
        parts.append(text[:, : 6 if "region" in keep else 2])
    if "birth" in keep:
        parts.append(text[:, 6:14])
    if "gender" in keep:
        parts.append(gender.astype(np.uint8)[:, None])
    return np.concatenate(parts, axis=1)


def _written(
    province: Words, rest: Words, births: NDArray[np.datetime64], last: Words,
    wrong: NDArray[np.int64],
) -> Bytes:  # fmt: skip
    out = np.empty((len(rest), 18), np.uint8)
    spell(_PROVINCES[province.astype(np.int64)].astype(np.uint64), out[:, :2])
    spell(rest, out[:, 2:6])
    months = births.astype("datetime64[M]")
    count = months.astype(np.int64) + 1970 * 12
    spell((count // 12).astype(np.uint64), out[:, 6:10])
    spell((count % 12 + 1).astype(np.uint64), out[:, 10:12])
    day = (births - months.astype("datetime64[D]")).astype(np.int64) + 1
    spell(day.astype(np.uint64), out[:, 12:14])
    spell(last, out[:, 14:17])
    value = (_check(out[:, :17] - np.uint8(48)) + wrong) % 11
    out[:, 17] = np.where(value == 10, 88, value + 48)
    return out
