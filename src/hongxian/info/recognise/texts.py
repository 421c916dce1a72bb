"""The checks of free values: passwords, secrets, accounts, plates, e-mail, private keys.

Compiled like ``checks.py``, by the same rules.
"""

from __future__ import annotations

from hongxian.info.recognise.forms import BLANK, DIGIT, ENDING, HEX, HIGH, LOWER, UPPER
from hongxian.info.recognise.places import Places

BRANCHES = tuple(sign.encode() for sign in "军政士文后装武参学广北南东西中沈济成兰空海")
"""Characters before 字第 on passes of the armed forces."""
LETTER = LOWER | UPPER


class Texts(Places):
    """A text and the checks on free values in it."""

    def blank(self, start: int, end: int) -> int:
        """Return whether a value is one of the words that stand for none, or a mask."""
        if end - start <= 16 and self.is_word(start, end, BLANK):
            return 1
        stars = 0
        for i in range(start, end):
            c = self.data[i]
            if c in (42, 88, 120):
                stars += 1
            elif c in (60, 62, 123, 125, 40, 41, 91, 93) or (c == 36 and i == start):
                return 1
        return 1 if stars * 2 > end - start else 0

    def free(self, end: int) -> int:
        """Return whether a free value ends at a place: nothing of it goes on."""
        c = self.byte(end)
        return c <= 32 or c in (34, 39, 38, 44, 59, 60, 92, 41, 125, 93, 124) or c >= 128

    def password(self, start: int, end: int) -> int:
        """A value of four or more that is no word for none and, bare in prose, no plain word."""
        if not self.free(end) or self.blank(start, end):
            return 0
        return self.stands(start, end)

    def stands(self, start: int, end: int) -> int:
        """Return whether a value is more than letters, or is set off by a quote or = before it."""
        for i in range(start, end):
            if not self.kinds[self.data[i]] & LETTER:
                return 1
        before = self.byte(start - 1)
        return start == self.lo or before in (61, 34, 39, 62) or before >= 128

    def secret(self, start: int, end: int) -> int:
        """Sixteen or more, of letters and digits both, eight of them different."""
        if not self.free(end) or self.blank(start, end):
            return 0
        digits = letters = fresh = 0
        for i in range(start, end):
            c = self.data[i]
            digits += self.kinds[c] & DIGIT != 0
            letters += self.kinds[c] & LETTER != 0
            new = 1
            for k in range(start, i):
                if self.data[k] == c:
                    new = 0
                    break
            fresh += new
            if fresh >= 8 and digits and letters:
                return 1
        return 0

    def account(self, start: int, end: int) -> int:
        """No word for none, not one letter over and over and, bare in prose, no plain word."""
        if self.blank(start, end) or self.plain(self.compact(start, end)):
            return 0
        return self.stands(start, end)

    def two_digits(self, start: int, end: int) -> int:
        """At least two digits: else it is a word (behind a province, behind ``uid:``)."""
        n = self.compact(start, end)
        digits = 0
        for i in range(n):
            digits += self.buf[i] <= 57
        return 1 if digits >= 2 else 0

    def serial(self, start: int, end: int) -> int:
        """At least two digits, and not the same sign over and over."""
        return self.two_digits(start, end) and self.varied(start, end)

    def military(self, start: int) -> int:
        """``X字`` stands before 第; the value begins with it."""
        if not self.word_ends(start, b"\xe5\xad\x97"):
            return 0
        for sign in BRANCHES:
            if self.word_ends(start - 3, sign):
                self.left = start - 6
                return 1
        return 0

    def email(self, start: int, end: int) -> int:
        """The domain is no file and no machine, and it is no address of a repository."""
        dot = end
        while self.data[dot - 1] != 46:
            dot -= 1
        if self.is_word(dot, end, ENDING):
            return 0
        at = start
        while self.data[at] != 64:
            at += 1
        if self.byte(end) == 58 and at - start == 3 and self.word_ends(at, b"git"):
            return 0
        return 1 if not (self.data[at - 1] == 46 or self.data[start] == 46) else 0

    def pem(self, start: int, end: int) -> int:
        """Five dashes stand before BEGIN; the value goes on to the dashes of its END."""
        if not self.word_ends(start, b"-----"):
            return 0
        self.left = start - 5
        at = end
        while at < self.hi and self.data[at] != 45:
            at += 1
        if at + 9 <= self.hi and self.word_ends(at + 9, b"-----end "):
            at += 9
            while at < self.hi and self.kinds[self.data[at]] & UPPER | (self.data[at] == 32):
                at += 1
            while at < self.hi and self.data[at] == 45:
                at += 1
            self.right = at
        return 1

    def meid(self, start: int, end: int) -> int:
        """Fourteen hexadecimal digits, the first a letter, or fourteen digits and no date."""
        return 1 if self.kinds[self.data[start]] & HEX and self.varied(start, end) else 0

    def hashed(self, start: int, end: int) -> int:
        """Hexadecimal digits of a hash and nothing more."""
        return 1 if self.varied(start, end) and not self.kind(end) & (HEX | HIGH) else 0
