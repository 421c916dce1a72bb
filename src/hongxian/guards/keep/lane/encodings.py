"""How a client's bytes become letters; what a text says must be the same for us and the server.

Encodings in which a byte of ASCII can be the second half of a letter (SJIS, BIG5, GBK, UHC,
GB18030, JOHAB) are refused: there a backslash or a letter can vanish into the letter before it.
Source: PostgreSQL manual, "Character Set Support"; pg_wchar.h.
"""

from __future__ import annotations

import re

_CODECS = {
    "utf8": "utf-8", "unicode": "utf-8", "sqlascii": "utf-8", "eucjp": "euc_jp", "euccn": "gb2312",
    "euckr": "euc_kr", "koi8": "koi8-r", "koi8r": "koi8-r", "koi8u": "koi8-u", "alt": "cp866",
    "win": "cp1251", "win866": "cp866", "win874": "cp874", "tcvn": "cp1258", "vscii": "cp1258",
    "abc": "cp1258", "latin5": "iso8859-9", "latin6": "iso8859-10", "latin7": "iso8859-13",
    "latin8": "iso8859-14", "latin9": "iso8859-15", "latin10": "iso8859-16",
    **{f"latin{n}": f"iso8859-{n}" for n in range(1, 5)},
    **{f"iso8859{n}": f"iso8859-{n}" for n in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 15, 16)},
    **{f"win{n}": f"cp{n}" for n in range(1250, 1259)},
    **{f"windows{n}": f"cp{n}" for n in range(1250, 1259)},
}  # fmt: skip
_PLAIN = re.compile(r"[^a-z0-9]")
_SWALLOWED = re.compile(rb"[\x80-\xff]\\")


def codec_of(name: str) -> str | None:
    """Return Python's name of a client encoding that is safe, ``None`` for any other."""
    return _CODECS.get(_PLAIN.sub("", name.lower()))


def decoded(text: bytes, codec: str) -> str | None:
    """Return a text as the server reads it, ``None`` when it will not take it."""
    try:
        return text.decode(codec)
    except UnicodeDecodeError:
        return None


def hides_a_backslash(text: bytes) -> bool:
    """Return whether a backslash could vanish into the letter before it in another encoding.

    A function that sets the encoding shows only behind its batch; other bytes of ASCII that could
    vanish are letters, digits and signs that change nothing of where a text begins and ends.
    """
    return not text.isascii() and _SWALLOWED.search(text) is not None
