"""The checks of free values: passwords, secrets, accounts, plates, e-mail, private keys.

Compiled like ``checks.py``, by the same rules.
"""

from __future__ import annotations

from hongxian.info.recognise.forms import DIGIT, HEX, HIGH, LOWER, UPPER
from hongxian.info.recognise.places import Places

BLANKS = (
    b"string", b"str", b"null", b"none", b"nil", b"true", b"false", b"undefined", b"required",
    b"optional", b"value", b"password", b"passwd", b"pwd", b"pass", b"secret", b"token", b"text",
    b"varchar", b"char", b"int", b"integer", b"bigint", b"number", b"bool", b"boolean", b"object",
    b"hidden", b"masked", b"redacted", b"removed", b"empty", b"default", b"changeme", b"example",
    b"unknown", b"test", b"demo", b"username", b"user", b"account", b"email", b"phone", b"admin",
    b"root", b"failed", b"success", b"error", b"invalid", b"incorrect", b"wrong", b"expired",
    b"input", b"const", b"self", b"this", b"function", b"return", b"xxx", b"xxxx", b"xxxxxx", b"is",
    b"has", b"was", b"for", b"from", b"and", b"the", b"not", b"reset", b"changed", b"protected",
    b"authentication", b"encrypted", b"yes", b"no", b"on", b"off", b"in", b"at", b"to", b"of",
    b"or",
)  # fmt: skip
"""Words that stand where a value would stand and are none."""
ENDINGS = (
    b"png", b"jpg", b"jpeg", b"gif", b"webp", b"svg", b"css", b"js", b"mjs", b"ts", b"so", b"dll",
    b"exe", b"jar", b"apk", b"html", b"htm", b"php", b"json", b"xml", b"yml", b"yaml", b"md",
    b"txt", b"zip", b"gz", b"log", b"java", b"py", b"class", b"local", b"localdomain", b"lan",
    b"internal", b"invalid", b"sh", b"bmp", b"ico", b"pdf",
)  # fmt: skip
"""Last parts of what looks like an e-mail address and is a file or a machine."""
BRANCHES = tuple(sign.encode() for sign in "军政士文后装武参学广北南东西中沈济成兰空海")
"""Characters before 字第 on passes of the armed forces."""
LETTER = LOWER | UPPER


class Texts(Places):
    """A text and the checks on free values in it."""

    def blank(self, start: int, end: int) -> int:
        """Return whether a value is one of the words that stand for none, or a mask."""
        for word in BLANKS:
            if end - start == len(word) and self.word_ends(end, word):
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
        letters = 0
        for i in range(start, end):
            letters += self.kinds[self.data[i]] & LETTER != 0
        before = self.byte(start - 1)
        if letters < end - start:
            return 1
        return before in (61, 34, 39, 62) or before >= 128

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
        """Any value that is no word for none and not one letter over and over."""
        if self.blank(start, end):
            return 0
        return 1 if not self.plain(self.compact(start, end)) else 0

    def plate(self, start: int, end: int) -> int:
        """At least two digits; the words behind a province are no plate."""
        n = self.compact(start, end)
        digits = 0
        for i in range(n):
            digits += self.buf[i] <= 57
        return 1 if digits >= 2 else 0

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
        for word in ENDINGS:
            if self.word_ends(end, word) and self.byte(end - len(word) - 1) == 46:
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
