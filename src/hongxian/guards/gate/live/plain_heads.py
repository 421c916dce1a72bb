"""Heads of the plainest kind, read at once: what every reader takes for the same.

What is in any way unusual is left to llhttp: the functions return ``None`` for it. They take less
than that, never more, and read it in the same way; a test compares them.
"""

from __future__ import annotations

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
_VALUES = bytes(c == 9 or 0x20 <= c < 0x7F or c >= 0x80 for c in range(256))
_TARGETS = bytes(0x21 <= c < 0x7F and c != 0x23 for c in range(256))


def plain_request(  # noqa: PLR0911 - each of these is left
    data: bytes,
) -> tuple[str, str, int, Pairs] | None:
    """Return method, target, minor version and headers of a request's head.

    Args:
        data: all of it, up to and with the empty line.
    """
    size = len(data)
    if size < 18 or data[size - 4 :] != b"\r\n\r\n":
        return None
    space = data.find(b" ", 0, 8)
    method = METHODS.get(data[: max(space, 0)])
    end = data.find(b"\r\n")
    if method is None or end - 9 <= space + 1:
        return None
    if data[end - 9 : end - 1] != b" HTTP/1." or not 0x30 <= data[end - 1] <= 0x31:
        return None
    at, stop = space + 1, end - 9
    raw, allowed = data, _TARGETS
    if raw[at] != 0x2F:
        return None
    while at < stop:
        if not allowed[raw[at]]:
            return None
        at += 1
    pairs = plain_fields(data, end + 2)
    if pairs is None:
        return None
    return method, data[space + 1 : stop].decode("ascii"), data[end - 1] - 0x30, pairs


def plain_answer(  # noqa: PLR0911 - each of these is left
    data: bytes,
) -> tuple[int, bytes, Pairs, int] | None:
    """Return status, its words, headers and length of the body of an answer's head.

    Args:
        data: all of it, up to and with the empty line.
    """
    if len(data) < 19 or data[:9] != b"HTTP/1.1 " or data[12:13] != b" ":
        return None
    code, end = data[9:12], data.find(b"\r\n")
    if not code.isdigit() or end < 13 or data[len(data) - 4 :] != b"\r\n\r\n":
        return None
    status = int(code)
    if status < 200 or status in (204, 304):
        return None
    raw, allowed = data, _VALUES
    at = 13
    while at < end:
        if not allowed[raw[at]]:
            return None
        at += 1
    pairs = plain_fields(data, end + 2)
    if pairs is None:
        return None
    for name, value in pairs:
        if name == b"content-length":
            return status, data[13:end], pairs, int(value)
    return None


def plain_fields(data: bytes, at: int) -> Pairs | None:  # noqa: C901 - one pass over the bytes
    """Return the headers of a head: names in lower case, values without blanks around them.

    Args:
        data: a head, which ends with an empty line.
        at: where the first header begins.
    """
    raw, names, values, size = data, _LOWER, _VALUES, len(data)
    pairs: Pairs = []
    lengths = 0
    while raw[at] != 0x0D:
        begin, lower = at, True
        while names[raw[at]]:
            lower = lower and names[raw[at]] == raw[at]
            at += 1
        if raw[at] != 0x3A or at == begin:
            return None
        name = data[begin:at] if lower else data[begin:at].lower()
        at += 1
        while raw[at] == 0x20 or raw[at] == 0x09:
            at += 1
        start = at
        while values[raw[at]]:
            at += 1
        stop = at
        while stop > start and (raw[stop - 1] == 0x20 or raw[stop - 1] == 0x09):
            stop -= 1
        value = data[start:stop]
        if raw[at] != 0x0D or at + 2 >= size or raw[at + 1] != 0x0A:
            return None
        at += 2
        if name in _LEFT:
            return None
        if name == b"connection" and value not in _KEEPS:
            return None
        if name == b"content-length":
            lengths += 1
            if lengths > 1 or not value.isdigit() or len(value) > 15:
                return None
        pairs.append((name, value))
    return pairs if at + 2 == size and raw[at + 1] == 0x0A else None
