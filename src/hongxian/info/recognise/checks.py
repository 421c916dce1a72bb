"""The checks of numbers: check digits, dates, regions, ranges.

This file is compiled when a compiler is there (types stand in ``checks.pxd``) and runs as it
is when none is: so it keeps to integers and bytes, and imports nothing that it runs. Each check
reads ``data[start:end]``, may look around it within ``lo`` and ``hi``, and answers 1 or 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from array import array

AREA, REGION, CALLING = 1, 2, 4
"""Bits of ``marks``: area codes without their 0, first four digits of regions, calling codes."""

THIS_YEAR = 2035
"""No date of birth lies after it; far enough for the product to age."""


class Checks:
    """A text and the checks on parts of it."""

    def __init__(self, marks: bytes, card_lengths: array[int], iban_lengths: bytes) -> None:
        """Take the lists of numbers.

        Args:
            marks: 10,000 bytes of bits, by number.
            card_lengths: per first four digits of a card, a bit for each allowed length.
            iban_lengths: length of an IBAN, by country as a number of base 26.
        """
        self.marks = marks
        self.card_lengths = card_lengths
        self.iban_lengths = iban_lengths
        self.buf = bytearray(128)
        self.data = b""
        self.lo = 0
        self.hi = 0

    def compact(self, start: int, end: int) -> int:
        """Copy the letters, as capitals, and digits of a part into ``buf``; return how many."""
        n = 0
        for i in range(start, end):
            c = self.data[i]
            if 97 <= c <= 122:
                c -= 32
            if (48 <= c <= 57 or 65 <= c <= 90) and n < 128:
                self.buf[n] = c
                n += 1
        return n

    def number(self, at: int, count: int) -> int:
        """Return some digits of ``buf`` as a number."""
        value = 0
        for i in range(at, at + count):
            value = value * 10 + self.buf[i] - 48
        return value

    def plain(self, n: int) -> int:
        """Return whether the ``n`` characters of ``buf`` are all the same."""
        for i in range(1, n):
            if self.buf[i] != self.buf[0]:
                return 0
        return 1

    def luhn(self, start: int, end: int) -> int:
        """ISO/IEC 7812-1 annex B: cards, IMEI, ICCID."""
        n = self.compact(start, end)
        total = 0
        for i in range(n):
            d = self.buf[n - 1 - i] - 48
            if i & 1:
                d += d
                if d > 9:
                    d -= 9
            total += d
        return 1 if total % 10 == 0 and not self.plain(n) else 0

    def card(self, start: int, end: int) -> int:
        """A length that the issuer uses, and Luhn."""
        if not self.luhn(start, end):
            return 0
        n = self.compact(start, end)
        return (self.card_lengths[self.number(0, 4)] >> n) & 1

    def day(self, year: int, month: int, day: int) -> int:
        """Return whether a date exists and somebody alive may be born on it."""
        if year < 1880 or year > THIS_YEAR or month < 1 or month > 12 or day < 1:
            return 0
        if month == 2:
            leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
            return 1 if day <= (29 if leap else 28) else 0
        return 1 if day <= (30 if month in (4, 6, 9, 11) else 31) else 0

    def mod11(self) -> int:
        """ISO 7064 MOD 11-2 over 18 characters in ``buf`` (GB 11643)."""
        total = 0
        weight = 1
        for i in range(18):
            c = self.buf[17 - i]
            total += (10 if c == 88 else c - 48) * weight
            weight = weight * 2 % 11
        return 1 if total % 11 == 1 else 0

    def cn_id(self, start: int, end: int) -> int:
        """Resident ID of 18 or 15, and residence permit of the 81, 82, 83 numbers."""
        n = self.compact(start, end)
        if not self.marks[self.number(0, 4)] & REGION:
            return 0
        if n == 15:
            year = 1900 + self.number(6, 2)
            return self.day(year, self.number(8, 2), self.number(10, 2))
        if not self.day(self.number(6, 4), self.number(10, 2), self.number(12, 2)):
            return 0
        return self.mod11()

    def foreigner_18(self, start: int, end: int) -> int:
        """Foreigner's permanent residence ID of 2023: 9, province, country, birth, check."""
        self.compact(start, end)
        if not self.day(self.number(6, 4), self.number(10, 2), self.number(12, 2)):
            return 0
        province = self.number(1, 2) * 100
        known = self.marks[province + 1] | self.marks[province]
        return self.mod11() if known & REGION else 0

    def foreigner_15(self, start: int, end: int) -> int:
        """Foreigner's permanent residence card before 2023: country, region, birth, two more.

        What its last digit checks is published nowhere that we read, so the date must do.
        """
        self.compact(start, end)
        if not self.marks[self.number(3, 2) * 100] & REGION:
            return 0
        return self.day(1900 + self.number(7, 2), self.number(9, 2), self.number(11, 2))

    def uscc(self, start: int, end: int) -> int:
        """GB 32100: weights are powers of 3 modulo 31, over an alphabet without I O S V Z."""
        if self.compact(start, end) != 18:
            return 0
        total = 0
        weight = 1
        for i in range(17):
            total += self.uscc_value(self.buf[i]) * weight
            weight = weight * 3 % 31
        if (31 - total % 31) % 31 != self.uscc_value(self.buf[17]):
            return 0
        return self.marks[self.number(2, 2) * 100 + 1] & REGION != 0 or self.number(2, 2) == 10

    def uscc_value(self, c: int) -> int:
        """Return the value of a character of a USCC."""
        if c <= 57:
            return c - 48
        value = c - 55
        return value - (c > 73) - (c > 79) - (c > 83) - (c > 86)

    def org_code(self, at: int) -> int:
        """GB 11714 over the nine characters of ``buf`` that stand inside a USCC."""
        total = 0
        weights = 0x3_7_9_A_5_8_4_2
        for i in range(8):
            c = self.buf[at + i]
            value = c - 48 if c <= 57 else c - 55
            total += value * ((weights >> (28 - 4 * i)) & 15)
        check = (11 - total % 11) % 11
        last = self.buf[at + 8]
        return 1 if last == (88 if check == 10 else check + 48) else 0

    def uscc_alone(self, start: int, end: int) -> int:
        """Without a label a USCC of digits alone must pass the check of its inner code too.

        One 18-digit number in 31 passes the outer check; snowflake ids have 18 digits.
        """
        if not self.uscc(start, end):
            return 0
        for i in range(18):
            if self.buf[i] > 57:
                return 1
        return self.org_code(8)

    def vin(self, start: int, end: int) -> int:
        """GB 16735: position 9 is the check digit; the last four are digits."""
        if self.compact(start, end) != 17:
            return 0
        total = 0
        letters = 0
        for i in range(17):
            c = self.buf[i]
            if c > 57:
                letters += 1
            total += self.vin_value(c) * self.vin_weight(i)
        check = total % 11
        if self.buf[8] != (88 if check == 10 else check + 48):
            return 0
        return 1 if 2 < letters < 13 and self.buf[16] <= 57 and self.buf[15] <= 57 else 0

    def vin_value(self, c: int) -> int:
        """Return the value of a character of a VIN: A to H, J to R, S to Z count anew."""
        if c <= 57:
            return c - 48
        if c < 73:
            return c - 64
        return c - 73 if c < 83 else c - 81

    def vin_weight(self, i: int) -> int:
        """Return the weight of a position: 8 to 2, 10, 0, 9 to 2."""
        if i < 7:
            return 8 - i
        return 10 if i == 7 else 0 if i == 8 else 18 - i

    def iban(self, start: int, end: int) -> int:
        """ISO 13616: length by country, MOD 97-10 with the first four characters moved behind."""
        country = (self.data[start] & 31) * 26 + (self.data[start + 1] & 31) - 27
        length = self.iban_lengths[country]
        if length == 0 or not length <= end - start <= length + length // 4 + 1:
            return 0
        n = self.compact(start, end)
        if n != length:
            return 0
        rest = 0
        for i in range(n):
            c = self.buf[i + 4 if i + 4 < n else i + 4 - n]
            rest = (rest * 10 + c - 48 if c <= 57 else rest * 100 + c - 55) % 97
        return 1 if rest == 1 else 0

    def landline(self, start: int, end: int) -> int:
        """The area code exists, and the number behind it has the digits that it should."""
        n = self.compact(start, end)
        at = 0
        if self.number(0, 4) == 86:
            at = 4
        elif self.number(0, 2) == 86:
            at = 2
        if self.buf[at] == 48:
            at += 1
        short = self.buf[at] <= 50
        size = 2 if short else 3
        if n < at + size + 7 or not self.marks[self.number(at, size)] & AREA:
            return 0
        first = self.buf[at + size]
        return 1 if 50 <= first <= 57 else 0

    def calling(self, start: int, end: int) -> int:
        """E.164: the calling code exists and 8 to 15 digits stand in all."""
        n = self.compact(start, end)
        if n < 9 or n > 15 or self.plain(n):
            return 0
        one, two, three = self.number(0, 1), self.number(0, 2), self.number(0, 3)
        return (self.marks[one] | self.marks[two] | self.marks[three]) & CALLING != 0

    def ssn(self, start: int, end: int) -> int:
        """Areas 000, 666, 900 to 999, group 00 and serial 0000 are never issued."""
        self.compact(start, end)
        area, group, serial = self.number(0, 3), self.number(3, 2), self.number(5, 4)
        if area in (0, 666) or area >= 900 or group == 0 or serial == 0:
            return 0
        sample = self.number(0, 9)
        return 0 if sample in (123456789, 78051120, 219099999, 111111111) else 1
