"""Heads of the plainest kind, read at once: what every reader takes for the same.

What is in any way unusual is left to llhttp: the functions return ``None`` for it. They take less
than that, never more, and read it in the same way; a test compares them.
"""

from __future__ import annotations

from typing import Any

from hongxian.guards.gate.exchange.field_lines import FieldLines
from hongxian.signals.keyed import COMPILED

Pairs = list[tuple[bytes, bytes]]

METHODS = {
    b"GET": "GET", b"HEAD": "HEAD", b"POST": "POST", b"PUT": "PUT", b"PATCH": "PATCH",
    b"DELETE": "DELETE", b"OPTIONS": "OPTIONS",
}  # fmt: skip
HOP = frozenset((
    b"connection", b"keep-alive", b"proxy-connection", b"te", b"trailer", b"transfer-encoding",
    b"upgrade", b"proxy-authorization", b"proxy-authenticate", b"http2-settings", b"expect",
))  # fmt: skip
"""Headers that are for the next hop alone (RFC 9110, section 7.6.1)."""
FORWARDED = frozenset((
    b"x-forwarded-for", b"x-forwarded-proto", b"x-forwarded-host", b"x-forwarded-port",
    b"forwarded", b"x-real-ip",
))  # fmt: skip
"""Headers by which proxies tell who asked."""
RANGES = frozenset((b"range", b"if-range"))
"""Headers that ask for a part of an answer."""
CHANGED = frozenset((
    b"etag", b"content-md5", b"digest", b"repr-digest", b"content-digest", b"accept-ranges",
    b"content-encoding",
))  # fmt: skip
"""Headers that speak of the bytes of a body, and are wrong once it is masked."""

_LEFT, _HOP, _NAMED_HOST, _LENGTH, _CONNECTION = 1, 2, 4, 8, 16
_ODD, _CHANGED, _KIND, _CODING = 32, 64, 128, 256
_SPECIAL: dict[bytes, int] = {
    **dict.fromkeys(HOP, _HOP), **dict.fromkeys(FORWARDED | RANGES, _ODD),
    **dict.fromkeys(CHANGED, _CHANGED),
    b"content-encoding": _CHANGED | _CODING, b"content-type": _KIND, b"host": _NAMED_HOST,
    b"content-length": _LENGTH, b"connection": _CONNECTION,
    # what changes how a message is read, or looks as if it did
    **dict.fromkeys((
        b"transfer-encoding", b"upgrade", b"te", b"trailer", b"proxy-connection", b"expect",
        b"close", b"content_length", b"transfer_encoding",
    ), _LEFT),
}  # fmt: skip
"""Name -> what is done about a header."""


def _quick(first: int, last: int, much: int) -> int:
    return (5 * much + 3 * first + last) & 255


_QUICK = bytes(
    place in {_quick(name[0], name[-1], len(name)) for name in _SPECIAL} for place in range(256)
)
"""Whether a name with these ends and this length may be a special one."""
_KEEPS = frozenset((b"keep-alive", b"Keep-Alive", b"close"))
"""Values of ``Connection`` that are plain."""

_LOWER = bytes(
    (c | 0x20 if 0x41 <= c <= 0x5A else c)
    if 0x30 <= c <= 0x39 or 0x41 <= c <= 0x5A or 0x61 <= c <= 0x7A or c in (0x2D, 0x5F)
    else 0
    for c in range(256)
)
"""Letters, digits and ``-_`` in lower case; 0 for all else."""
_LARGEST = 1 << 14
"""Bytes of a plain head."""
_WRITTEN: Any = bytearray(2 * _LARGEST)
"""Room in which headers are written anew: each may get a blank before its value."""
_LONGEST_LENGTH = 15
_VALUES = bytes(c == 9 or 0x20 <= c < 0x7F or c >= 0x80 for c in range(256))
_TARGETS = bytes(0x21 <= c < 0x7F and c != 0x23 for c in range(256))


def plain_request(data: bytes) -> tuple[str, str, int, FieldLines] | None:
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
    fields = plain_fields(data, at + 11)
    if fields is None or fields.hosts != 1:
        return None
    fields.host_first()
    return method, target.decode("ascii"), minor, fields


def plain_answer(
    data: bytes,
) -> tuple[int, bytes, FieldLines] | None:
    """Return status, its words and headers of an answer's head.

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
    fields = plain_fields(data, end + 2)
    if fields is None or fields.length < 0:
        return None
    return status, raw[13:end], fields


def head_end(data: bytes) -> int:
    """Return where a head ends: behind its first empty line; -1 when there is none."""
    raw, at, size = data, 3, len(data)
    while at < size:
        c = raw[at]
        if c > 0x0D:  # neither this byte nor any of the next three ends it
            at += 4
        elif c == 0x0A and raw[at - 1] == 0x0D and raw[at - 2] == 0x0A and raw[at - 3] == 0x0D:
            return at + 1
        else:
            at += 1
    return -1


def _ends(data: bytes) -> bool:
    """Return whether bytes, at least four, end with an empty line."""
    raw, size = data, len(data)
    return (
        raw[size - 4] == 0x0D and raw[size - 3] == 0x0A and raw[size - 2] == 0x0D
        and raw[size - 1] == 0x0A
    )  # fmt: skip


def plain_fields(  # noqa: C901 - one pass over the bytes
    data: bytes, at: int
) -> FieldLines | None:
    """Return the headers of a head: names in lower case, values without blanks around them.

    Args:
        data: a head, which ends with an empty line.
        at: where the first header begins.
    """
    raw, names, values, quick, size = data, _LOWER, _VALUES, _QUICK, len(data)
    out, to = _WRITTEN, 0
    if size > _LARGEST:
        return None
    made = FieldLines(b"")
    while raw[at] != 0x0D:
        line = to
        while names[raw[at]]:
            out[to] = names[raw[at]]
            to += 1
            at += 1
        end = to
        if raw[at] != 0x3A or end == line:
            return None
        out[to] = 0x3A
        out[to + 1] = 0x20
        to += 2
        at += 1
        while raw[at] == 0x20 or raw[at] == 0x09:
            at += 1
        start = to
        while values[raw[at]]:
            out[to] = raw[at]
            to += 1
            at += 1
        while to > start and (out[to - 1] == 0x20 or out[to - 1] == 0x09):
            to -= 1
        if raw[at] != 0x0D or at + 2 >= size or raw[at + 1] != 0x0A:
            return None
        at += 2
        out[to] = 0x0D
        out[to + 1] = 0x0A
        to += 2
        made.count += 1
        if quick[(5 * (end - line) + 3 * out[line] + out[end - 1]) & 255]:
            to = _special(made, line, end, to)
            if to < 0:
                return None
    if at + 2 != size or raw[at + 1] != 0x0A:
        return None
    made.lines = out[:to] if COMPILED else bytes(out[:to])
    return made


def _special(made: FieldLines, line: int, end: int, to: int) -> int:  # noqa: PLR0911 - the same
    """Note a header that may be a special one.

    Args:
        made: where that is noted.
        line: where it begins in the room.
        end: where its name ends.
        to: where it ends.

    Returns:
        Where the next one begins: at its own beginning if it is left out; -1 for one that is odd.
    """
    out, special = _WRITTEN, _SPECIAL
    bits = special.get(out[line:end] if COMPILED else bytes(out[line:end]), 0)
    if bits == 0:
        return to
    if bits == _LEFT:
        return -1
    if bits == _HOP:
        return line
    if bits == _LENGTH:
        made.length = -1 if made.length >= 0 else _sized(end + 2, to - 2)
        return line if made.length >= 0 else -1
    value = out[end + 2 : to - 2] if COMPILED else bytes(out[end + 2 : to - 2])
    if bits == _CONNECTION:
        if value not in _KEEPS:
            return -1
        if value == b"close":
            made.closes = True
        else:
            made.keeps = True
        return line
    return to if _noted(made, bits, value, line, to) else -1


def _sized(at: int, end: int) -> int:
    """Return the number that stands in the room; -1 when it is none, or too long."""
    out, number = _WRITTEN, 0
    if at == end or end - at > _LONGEST_LENGTH:
        return -1
    while at < end:
        if out[at] < 0x30 or out[at] > 0x39:
            return -1
        number = 10 * number + out[at] - 0x30
        at += 1
    return number


def _noted(made: FieldLines, bits: int, value: bytes, line: int, to: int) -> bool:
    """Note a header that goes on; return whether it stands for the first time, if it must."""
    if bits & _CODING:
        if made.coding or not value:
            return False
        made.coding = value
    if bits == _KIND:
        if made.kind or not value:
            return False
        made.kind = value
    elif bits == _NAMED_HOST:
        made.hosts += 1
        made.host, made.host_end = line, to
    elif bits == _ODD:
        made.odd = True
    elif bits & _CHANGED:
        if made.changed is None:
            made.changed = []
        made.changed.append(line)
        made.changed.append(to)
    return True
