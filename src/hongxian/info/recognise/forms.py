"""The checks of forms: addresses of networks, places, dates in words, passwords, surroundings.

Compiled like ``checks.py``, by the same rules. A check may move ``self.left`` and ``self.right``,
the edges of the part that it was asked about, when the value is more than the pattern could say.
"""

from __future__ import annotations

from array import array

from hongxian.info.recognise.checks import Checks

DIGIT, LOWER, UPPER, UNDER, HEX, HIGH = 1, 2, 4, 8, 16, 32
"""Bits of ``kinds``: what a byte is."""


BLANK, ENDING, UNIT, VERSION = 1, 2, 4, 8
"""Bits of the table of words: what a word stands for."""
WORDS = {
    BLANK: "string str null none nil true false undefined required optional value password passwd "
    "pwd pass secret token text varchar char int integer bigint number bool boolean object "
    "hidden masked redacted removed empty default changeme example unknown test demo "
    "username user account email phone admin root failed success error invalid incorrect "
    "wrong expired input const self this function return is has was for from and the not "
    "reset changed protected authentication encrypted yes no on off in at to of or",
    ENDING: "png jpg jpeg gif webp svg css js mjs ts so dll exe jar apk html htm php json xml yml "
    "yaml md txt zip gz log java py class local localdomain lan internal invalid sh bmp ico pdf",
    UNIT: "bytes byte b kb mb ms us ns rows records",
    VERSION: "version versions versionname ver build release oid sdk v rev",
}
"""Words that stand where a value would and are none, last parts of names that are no domains,
units of amounts, words before a version."""
WORD_SLOTS = 1024
MEASURES = tuple(unit.encode() for unit in ("元", "次", "条", "字节", "毫秒", "微秒", "纳秒"))
VERSIONS = tuple(word.encode() for word in ("版本", "版本号", "升级到", "更新到"))
WIDE_YEN, YEN, WIDE_COLON = "￥".encode(), "¥".encode(), "：".encode()


def byte_kinds() -> bytes:
    """Return what each of the 256 bytes is."""
    kinds = bytearray(256)
    for one in range(256):
        text = chr(one) if one < 128 else ""
        kinds[one] |= DIGIT * text.isdigit() | LOWER * text.islower() | UPPER * text.isupper()
        kinds[one] |= UNDER * (text == "_") | HIGH * (one >= 128)
        kinds[one] |= HEX * (text != "" and text in "0123456789abcdefABCDEF")
    return bytes(kinds)


def word_hash(word: bytes) -> int:
    """Return the hash of a word in small letters, as :meth:`Forms.is_word` makes it."""
    value = 7
    for byte in word:
        value = (value * 31 + byte) & 0x3FFFFFFF
    return value


def word_table() -> tuple[array[int], array[int]]:
    """Return the words as an open table of hashes and bits."""
    keys, bits = array("i", bytes(4 * WORD_SLOTS)), array("i", bytes(4 * WORD_SLOTS))
    for bit, words in WORDS.items():
        for word in words.split():
            key = word_hash(word.encode())
            slot = key & (WORD_SLOTS - 1)
            while keys[slot] not in (0, key):
                slot = (slot + 1) & (WORD_SLOTS - 1)
            keys[slot] = key
            bits[slot] |= bit
    return keys, bits


KINDS = byte_kinds()
"""What each byte is, by the bits above."""
WORD_KEYS, WORD_BITS = word_table()


class Forms(Checks):
    """A text and the checks on forms in it."""

    def __init__(self, marks: bytes, card_lengths: array[int], iban_lengths: bytes) -> None:
        """Take the lists of numbers, as :class:`Checks` does."""
        Checks.__init__(self, marks, card_lengths, iban_lengths)
        self.kinds = KINDS
        self.word_keys = WORD_KEYS
        self.word_bits = WORD_BITS
        self.left = 0
        self.right = 0
        self.front = 0

    def kind(self, at: int) -> int:
        """Return what the byte at a place is; nothing outside of the row."""
        if at < self.lo or at >= self.hi:
            return 0
        return self.kinds[self.data[at]]

    def byte(self, at: int) -> int:
        """Return the byte at a place; 0 outside of the row, ``front`` right before it."""
        if at < self.lo or at >= self.hi:
            return self.front if at == self.lo - 1 else 0
        return self.data[at]

    def word_ends(self, at: int, word: bytes) -> int:
        """Return whether a word, in small letters, stands right before a place."""
        n = len(word)
        if at - n < self.lo:
            return 0
        for i in range(n):
            c = self.data[at - n + i]
            if 65 <= c <= 90:
                c += 32
            if c != word[i]:
                return 0
        return 1

    def is_word(self, start: int, end: int, bit: int) -> int:
        """Return whether a part is a word of a kind, in any case."""
        key = 7
        for i in range(start, end):
            c = self.data[i]
            if 65 <= c <= 90:
                c += 32
            key = (key * 31 + c) & 0x3FFFFFFF
        slot = key & (WORD_SLOTS - 1)
        while self.word_keys[slot]:
            if self.word_keys[slot] == key:
                return self.word_bits[slot] & bit
            slot = (slot + 1) & (WORD_SLOTS - 1)
        return 0

    def counted(self, start: int, end: int) -> int:
        """Return 0 when the number is an amount of something, by the unit behind it."""
        at = end + 1 if self.byte(end) == 32 else end
        if not self.kind(at) & (LOWER | UPPER | HIGH):
            return start < end
        if self.kind(at) & HIGH:
            for unit in MEASURES:
                if at + len(unit) <= self.hi and self.word_ends(at + len(unit), unit):
                    return 0
            return 1
        stop = at
        while stop < at + 10 and self.kind(stop) & (LOWER | UPPER):
            stop += 1
        return 0 if self.is_word(at, stop, UNIT) else 1

    def priced(self, start: int) -> int:
        """Return whether a sign of money or a number sign stands before a place."""
        if self.byte(start - 1) in (35, 36):
            return 1
        return self.word_ends(start, WIDE_YEN) or self.word_ends(start, YEN)

    def ipv4(self, start: int, end: int) -> int:
        """Four parts up to 255; not a version, not an address that says nothing."""
        value = 0
        first = -1
        for i in range(start, end + 1):
            c = self.data[i] if i < end else 46
            if c != 46:
                value = value * 10 + c - 48
                continue
            if value > 255:
                return 0
            if first < 0:
                first = value
            value = 0
        if first in (0, 127) or first >= 224:
            return 0
        if self.byte(end) in (45, 43) or (self.byte(end) == 46 and self.kind(end + 1) != 0):
            return 0
        return 0 if self.versioned(start) else 1

    def versioned(self, start: int) -> int:
        """Return whether a version is spoken of before a place: v1.2, version 1.2, Chrome/1.2."""
        at = start - 1
        if self.byte(at) == 47:
            return 1 if self.kind(at - 1) & (LOWER | UPPER | DIGIT) else 0
        if self.byte(at) == 45 and self.kind(at - 1) & (LOWER | UPPER | DIGIT):
            return 1
        while at > self.lo and start - at < 6 and self.byte(at) in (32, 34, 39, 58, 61, 40, 92, 62):
            at -= 1
        at += 1
        if self.word_ends(at, WIDE_COLON):
            at -= 3
        if self.kind(at - 1) & HIGH:
            for word in VERSIONS:
                if self.word_ends(at, word):
                    return 1
            return 0
        begin = at
        while begin > at - 12 and self.kind(begin - 1) & (LOWER | UPPER):
            begin -= 1
        return 1 if self.is_word(begin, at, VERSION) else 0

    def ipv6(self, start: int, end: int) -> int:
        """Eight groups; or fewer around one ``::``, then global, unique local or link-local."""
        groups = gaps = size = 0
        first = value = 0
        for i in range(start, end):
            c = self.data[i]
            if c == 58:
                if i + 1 < end and self.data[i + 1] == 58:
                    gaps += 1
                size = 0
                continue
            if size == 0:
                groups += 1
            size += 1
            if groups == 1:
                value = c - 48 if c <= 57 else (c | 32) - 87
                first = first * 16 + value
        if gaps > 1 or (gaps == 0 and groups != 8) or groups > 8:
            return 0
        if self.chained_group(start, end):
            return 0
        if gaps == 0 and self.hex_letters(start, end):
            return 1
        return 0x2000 <= first <= 0x3FFF or 0xFC00 <= first <= 0xFDFF or 0xFE80 <= first <= 0xFEBF

    def chained_group(self, start: int, end: int) -> int:
        """Return whether another group of an address stands before or behind."""
        if self.byte(end) == 58:
            return 1
        return self.byte(start - 1) == 58 and self.kind(start - 2) & HEX

    def mac(self, start: int, end: int) -> int:
        """Six pairs alone, not constant, and with a letter (else it may be a time)."""
        if self.chained(start, end):
            return 0
        return self.mac_labelled(start, end) and self.hex_letters(start, end) > 0

    def chained(self, start: int, end: int) -> int:
        """Return whether another pair of hexadecimal digits stands before or behind."""
        if self.byte(end) in (58, 45) and self.kind(end + 1) & HEX:
            return 1
        if self.byte(start - 1) not in (58, 45):
            return 0
        if not (self.kind(start - 2) & HEX and self.kind(start - 3) & HEX):
            return 0
        return 1 if not self.kind(start - 4) & (LOWER | UPPER | DIGIT) else 0

    def mac_labelled(self, start: int, end: int) -> int:
        """Any address but the constants that stand for none (02:00:00:00:00:00)."""
        n = self.compact(start, end)
        if self.plain(n):
            return 0
        return 0 if self.buf[0] == 48 and self.buf[1] == 50 and self.number_zero(2, n) else 1

    def number_zero(self, at: int, n: int) -> int:
        """Return whether ``buf`` holds only zeros from a place on."""
        for i in range(at, n):
            if self.buf[i] != 48:
                return 0
        return 1

    def hex_letters(self, start: int, end: int) -> int:
        """Return how many letters stand in a part."""
        n = 0
        for i in range(start, end):
            n += self.kinds[self.data[i]] & (LOWER | UPPER) != 0
        return n

    def varied(self, start: int, end: int) -> int:
        """Return whether a part has at least five different letters or digits."""
        n = self.compact(start, end)
        seen = 0
        for i in range(n):
            fresh = 1
            for k in range(i):
                if self.buf[k] == self.buf[i]:
                    fresh = 0
                    break
            seen += fresh
            if seen >= 5:
                return 1
        return 0
