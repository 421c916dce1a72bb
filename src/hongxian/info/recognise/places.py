"""The checks of places and dates.

Compiled like ``checks.py``, by the same rules.
"""

from __future__ import annotations

from array import array

from hongxian.info.recognise.forms import Forms

NUMERALS = array("i", [int.from_bytes(sign.encode()) for sign in "〇一二三四五六七八九十零○"])
"""Chinese numerals by their three bytes, at the places of their values; 零 and ○ are 0 too."""


class Places(Forms):
    """A text and the checks on places and dates in it."""

    def __init__(self, marks: bytes, card_lengths: array[int], iban_lengths: bytes) -> None:
        """Take the lists of numbers, as :class:`Checks` does."""
        Forms.__init__(self, marks, card_lengths, iban_lengths)
        self.numerals = NUMERALS

    def degrees(self, start: int, end: int) -> int:
        """Return a number with a point in hundred-thousandths, -1 for what is no number."""
        value = 0
        digits = 0
        behind = -1
        for i in range(start, end):
            c = self.data[i]
            if c == 46:
                behind = 0
            elif 48 <= c <= 57 and behind < 5 and digits < 9:
                value = value * 10 + c - 48
                digits += 1
                if behind >= 0:
                    behind += 1
        behind = max(behind, 0)
        while behind < 5:
            value *= 10
            behind += 1
        return value

    def comma(self, start: int, end: int) -> int:
        """Return where the comma or blank of a pair stands."""
        for i in range(start, end):
            if self.data[i] == 44 or self.data[i] == 32:
                return i
        return end

    def gps(self, start: int, end: int) -> int:
        """A pair of places in and around China (latitude 3 to 54, longitude 73 to 136)."""
        middle = self.comma(start, end)
        one, two = self.degrees(start, middle), self.degrees(middle, end)
        if self.priced(start):
            return 0
        return self.near(one, two) or self.near(two, one)

    def near(self, latitude: int, longitude: int) -> int:
        """Return whether a place lies in and around China."""
        return 300000 <= latitude <= 5400000 and 7300000 <= longitude <= 13600000

    def gps_labelled(self, start: int, end: int) -> int:
        """A pair of any place on earth."""
        middle = self.comma(start, end)
        one, two = self.degrees(start, middle), self.degrees(middle, end)
        return (one <= 9000000 and two <= 18000000) or (two <= 9000000 and one <= 18000000)

    def latitude(self, start: int, end: int) -> int:
        """At most 90 degrees, and not the 0 of no fix."""
        return 0 < self.degrees(start, end) <= 9000000

    def longitude(self, start: int, end: int) -> int:
        """At most 180 degrees, and not the 0 of no fix."""
        return 0 < self.degrees(start, end) <= 18000000

    def date(self, start: int, end: int) -> int:
        """A date in digits: 19900307, 1990-3-7, 1990年3月7日."""
        first = second = third = part = digits = 0
        for i in range(start, end):
            c = self.data[i]
            if 48 <= c <= 57:
                digits += 1
                if part == 0:
                    first = first * 10 + c - 48
                elif part == 1:
                    second = second * 10 + c - 48
                else:
                    third = third * 10 + c - 48
            elif digits and (c < 128 or c >= 0xC0) and part < 2:
                part += 1
        if part == 0:
            return self.day(first // 10000, first // 100 % 100, first % 100)
        return self.day(first, second, third or 1)

    def date_cn(self, start: int, end: int) -> int:
        """A date in Chinese numerals: 一九九〇年三月七日, 二〇〇一年十二月二十五日."""
        if self.numeral(end) >= 0:
            return 0
        year = month = day = part = 0
        i = start
        while i + 2 < end:
            value = self.numeral(i)
            i += 3
            if value < 0:
                part += 1
            elif part == 0:
                year = year * 10 + value
            elif part == 1:
                month = self.counting(month, value)
            else:
                day = self.counting(day, value)
        return self.day(year, month, day or 1)

    def numeral(self, at: int) -> int:
        """Return the value of the Chinese numeral at a place, -1 when none stands there."""
        if at + 3 > self.hi or self.data[at] < 0xE2:
            return -1
        sign = self.data[at] << 16 | self.data[at + 1] << 8 | self.data[at + 2]
        for value in range(13):
            if self.numerals[value] == sign:
                return value if value < 11 else 0
        return -1

    def counting(self, before: int, value: int) -> int:
        """Return the number after one more numeral: 二, 十, 五 are 25."""
        if value == 10:
            return before * 10 if before else 10
        return before + value
