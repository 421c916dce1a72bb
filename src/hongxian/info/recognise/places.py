"""The checks of places and dates.

Compiled like ``checks.py``, by the same rules.
"""

from __future__ import annotations

from hongxian.info.recognise.forms import Forms

NUMERALS: dict[int, int] = {
    int.from_bytes(sign.encode()): value
    for sign, value in zip("〇零○一二三四五六七八九十", (0, 0, 0, *range(1, 11)), strict=True)
}
"""Chinese numerals by their three bytes."""


class Places(Forms):
    """A text and the checks on places and dates in it."""

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
        parts = [0, 0, 0]
        part = 0
        digits = 0
        for i in range(start, end):
            c = self.data[i]
            if 48 <= c <= 57:
                parts[part] = parts[part] * 10 + c - 48
                digits += 1
            elif digits and (c < 128 or c >= 0xC0) and part < 2:
                part += 1
        if part == 0:
            return self.day(parts[0] // 10000, parts[0] // 100 % 100, parts[0] % 100)
        return self.day(parts[0], parts[1], parts[2] or 1)

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
        return NUMERALS.get(sign, -1)

    def counting(self, before: int, value: int) -> int:
        """Return the number after one more numeral: 二, 十, 五 are 25."""
        if value == 10:
            return before * 10 if before else 10
        return before + value
