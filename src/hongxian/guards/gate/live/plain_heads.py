"""Heads of the plainest kind, read at once: what every reader takes for the same.

What is in any way unusual is left to llhttp: the functions return ``None`` for it. They take less
than that, never more, and read it in the same way; a test compares them.
"""

from __future__ import annotations

from typing import Any

from hongxian.signals.keyed import COMPILED

Pairs = list[tuple[bytes, bytes]]

METHODS = {
    b"GET": "GET", b"HEAD": "HEAD", b"POST": "POST", b"PUT": "PUT", b"PATCH": "PATCH",
    b"DELETE": "DELETE", b"OPTIONS": "OPTIONS",
}  # fmt: skip
_LEFT = frozenset((
    b"transfer-encoding", b"upgrade", b"te", b"trailer", b"proxy-connection", b"expect",
))  # fmt: skip
"""Headers which change how a message is read."""
_KEEPS = frozenset((b"keep-alive", b"Keep-Alive", b"close"))
"""Values of ``Connection`` that are plain."""

_LOWER = bytes(
    (c | 0x20 if 0x41 <= c <= 0x5A else c)
    if 0x30 <= c <= 0x39 or 0x41 <= c <= 0x5A or 0x61 <= c <= 0x7A or c in (0x2D, 0x5F)
    else 0
    for c in range(256)
)
"""Letters, digits and ``-_`` in lower case; 0 for all else."""
_LONGEST_NAME = 255
_SPELLED: Any = bytearray(_LONGEST_NAME + 1)
"""Room in which a name is written in lower case."""
_VALUES = bytes(c == 9 or 0x20 <= c < 0x7F or c >= 0x80 for c in range(256))
_TARGETS = bytes(0x21 <= c < 0x7F and c != 0x23 for c in range(256))


def plain_request(data: bytes) -> tuple[str, str, int, Pairs] | None:
    """Return method, target, minor version and headers of a request's head.

    Args:
        data: all of it, up to and with the empty line.
    """
    raw, allowed, size = data, _TARGETS, len(data)
    if size < 18 or not _ends(data):
        return None
    space = 0
    while space < 8 and raw[space] != 0x20:
        space += 1
    method = METHODS.get(raw[:space])
    if method is None or raw[space + 1] != 0x2F:
        return None
    at = space + 1
    while allowed[raw[at]]:  # the end of the line is none of these
        at += 1
    target = raw[space + 1 : at]
    if at + 13 > size or raw[at : at + 8] != b" HTTP/1.":
        return None
    minor = raw[at + 8] - 0x30
    if minor < 0 or minor > 1 or raw[at + 9] != 0x0D or raw[at + 10] != 0x0A:
        return None
    pairs = plain_fields(data, at + 11)
    if pairs is None:
        return None
    return method, target.decode("ascii"), minor, pairs


def plain_answer(  # noqa: PLR0911 - each of these is left
    data: bytes,
) -> tuple[int, bytes, Pairs, int] | None:
    """Return status, its words, headers and length of the body of an answer's head.

    Args:
        data: all of it, up to and with the empty line.
    """
    raw, allowed, status = data, _VALUES, 0
    if len(data) < 19 or not _ends(data) or raw[:9] != b"HTTP/1.1 " or raw[12] != 0x20:
        return None
    for at in range(9, 12):
        if raw[at] < 0x30 or raw[at] > 0x39:
            return None
        status = 10 * status + raw[at] - 0x30
    if status < 200 or status in (204, 304):
        return None
    end = 13
    while allowed[raw[end]]:  # the end of the line is none of these
        end += 1
    if raw[end] != 0x0D or raw[end + 1] != 0x0A:
        return None
    pairs = plain_fields(data, end + 2)
    if pairs is None:
        return None
    for name, value in pairs:
        if name == b"content-length":
            return status, raw[13:end], pairs, int(value)
    return None


def _ends(data: bytes) -> bool:
    """Return whether bytes, at least four, end with an empty line."""
    raw, size = data, len(data)
    return (
        raw[size - 4] == 0x0D and raw[size - 3] == 0x0A and raw[size - 2] == 0x0D
        and raw[size - 1] == 0x0A
    )  # fmt: skip


def plain_fields(data: bytes, at: int) -> Pairs | None:  # noqa: C901 - one pass over the bytes
    """Return the headers of a head: names in lower case, values without blanks around them.

    Args:
        data: a head, which ends with an empty line.
        at: where the first header begins.
    """
    raw, names, values, size = data, _LOWER, _VALUES, len(data)
    spelled, longest = _SPELLED, _LONGEST_NAME
    pairs: Pairs = []
    lengths = 0
    while raw[at] != 0x0D:
        begin, much = at, 0
        while names[raw[at]] and much < longest:
            spelled[much] = names[raw[at]]
            much += 1
            at += 1
        if raw[at] != 0x3A or at == begin:
            return None
        name = spelled[:much] if COMPILED else bytes(spelled[:much])
        at += 1
        while raw[at] == 0x20 or raw[at] == 0x09:
            at += 1
        start = at
        while values[raw[at]]:
            at += 1
        stop = at
        while stop > start and (raw[stop - 1] == 0x20 or raw[stop - 1] == 0x09):
            stop -= 1
        value = raw[start:stop]
        if raw[at] != 0x0D or at + 2 >= size or raw[at + 1] != 0x0A:
            return None
        at += 2
        if name in _LEFT:
            return None
        if name == b"connection" and value not in _KEEPS:
            return None
        if name == b"content-length":
            lengths += 1
            if lengths > 1 or not value.isdigit() or stop - start > 15:
                return None
        pairs.append((name, value))
    return pairs if at + 2 == size and raw[at + 1] == 0x0A else None
