"""Where values of JSON end, as strictly as the reader of whole lines; -1 for whatever is unusual.

What is unusual is read the other way: so nothing here has to be complete, only never wrong.
Positions count bytes from the beginning of a block, whose text is known to be UTF-8.
"""

from __future__ import annotations

from typing import Any

QUOTE, ESCAPE, COMMA, COLON, BLANK, TAB, RETURN = 34, 92, 44, 58, 32, 9, 13
OPEN, CLOSE, OPEN_LIST, CLOSE_LIST = 123, 125, 91, 93
MINUS, POINT, ZERO, NINE = 45, 46, 48, 57
LOW_F, LOW_N, LOW_T, LOW_U = 102, 110, 116, 117
LONGEST_NUMBER = 17
DEEPEST = 40


def after_blanks(raw: Any, at: int, end: int) -> int:
    """Return the first position that is no blank."""
    while at < end and (raw[at] == BLANK or raw[at] == TAB or raw[at] == RETURN):
        at += 1
    return at


def hexadecimal(raw: Any, at: int, end: int) -> int:
    """Return the number that four hexadecimal digits are."""
    if at + 4 > end:
        return -1
    number = 0
    for place in range(at, at + 4):
        byte = raw[place]
        if 48 <= byte <= 57:
            number = number * 16 + byte - 48
        elif 97 <= byte <= 102:
            number = number * 16 + byte - 87
        elif 65 <= byte <= 70:
            number = number * 16 + byte - 55
        else:
            return -1
    return number


def string_end(raw: Any, at: int, end: int) -> int:
    """Return where a string ends, from the byte behind its first quote: that of its last one."""
    while at < end:
        byte = raw[at]
        if byte == QUOTE:
            return at
        if byte == ESCAPE:
            at = escape_end(raw, at + 1, end)
            if at < 0:
                return -1
        elif byte < 32:
            return -1
        else:
            at += 1
    return -1


def escape_end(raw: Any, at: int, end: int) -> int:
    """Return where an escape ends, from the byte behind the backslash."""
    if at >= end:
        return -1
    byte = raw[at]
    if byte == LOW_U:
        number = hexadecimal(raw, at + 1, end)
        if number < 0 or 0xDC00 <= number <= 0xDFFF:
            return -1
        if number < 0xD800 or number > 0xDFFF:
            return at + 5
        if at + 11 > end or raw[at + 5] != ESCAPE or raw[at + 6] != LOW_U:
            return -1
        number = hexadecimal(raw, at + 7, end)
        return at + 11 if 0xDC00 <= number <= 0xDFFF else -1
    # \" \\ \/ \b \f \n \r \t
    plain = byte in (QUOTE, ESCAPE, 47, 98, LOW_F, LOW_N, 114, LOW_T)
    return at + 1 if plain else -1


def number_end(raw: Any, at: int, end: int) -> int:
    """Return where a number ends; one with an exponent, or that is long, is unusual."""
    first = at
    if raw[at] == MINUS:
        at += 1
    digits = at
    while at < end and ZERO <= raw[at] <= NINE:
        at += 1
    if at == digits or (raw[digits] == ZERO and at > digits + 1):
        return -1
    if at < end and raw[at] == POINT:
        at += 1
        digits = at
        while at < end and ZERO <= raw[at] <= NINE:
            at += 1
        if at == digits:
            return -1
    if at - first > LONGEST_NUMBER or (at < end and raw[at] | 32 == 101):
        return -1
    return at


def word_end(raw: Any, at: int, end: int) -> int:
    """Return where ``true``, ``false`` or ``null`` ends."""
    byte = raw[at]
    if byte == LOW_T and at + 4 <= end:
        if raw[at + 1] == 114 and raw[at + 2] == 117 and raw[at + 3] == 101:
            return at + 4
    elif byte == LOW_N and at + 4 <= end:
        if raw[at + 1] == 117 and raw[at + 2] == 108 and raw[at + 3] == 108:
            return at + 4
    elif (
        byte == LOW_F and at + 5 <= end and raw[at + 1] == 97 and raw[at + 2] == 108
        and raw[at + 3] == 115 and raw[at + 4] == 101
    ):  # fmt: skip
        return at + 5
    return -1


def value_end(raw: Any, at: int, end: int, depth: int) -> int:
    """Return where a value ends.

    Args:
        raw: the block.
        at: the first byte of the value.
        end: behind the line.
        depth: how deep it stands.
    """
    if at >= end:
        return -1
    byte = raw[at]
    if byte == QUOTE:
        at = string_end(raw, at + 1, end)
        return at + 1 if at >= 0 else -1
    if byte == OPEN:
        return object_end(raw, at, end, depth)
    if byte == OPEN_LIST:
        return list_end(raw, at, end, depth)
    if byte == MINUS or ZERO <= byte <= NINE:
        return number_end(raw, at, end)
    return word_end(raw, at, end)


def list_end(raw: Any, at: int, end: int, depth: int) -> int:
    """Return where a list ends."""
    if depth >= DEEPEST:
        return -1
    at = after_blanks(raw, at + 1, end)
    if at < end and raw[at] == CLOSE_LIST:
        return at + 1
    while True:
        at = value_end(raw, at, end, depth + 1)
        if at < 0:
            return -1
        at = after_blanks(raw, at, end)
        if at >= end:
            return -1
        if raw[at] == CLOSE_LIST:
            return at + 1
        if raw[at] != COMMA:
            return -1
        at = after_blanks(raw, at + 1, end)


def object_end(raw: Any, at: int, end: int, depth: int) -> int:
    """Return where an object ends."""
    if depth >= DEEPEST:
        return -1
    at = after_blanks(raw, at + 1, end)
    if at < end and raw[at] == CLOSE:
        return at + 1
    while True:
        at = name_end(raw, at, end)
        if at >= 0:
            at = value_end(raw, at, end, depth + 1)
        if at < 0:
            return -1
        at = after_blanks(raw, at, end)
        if at >= end or (raw[at] != CLOSE and raw[at] != COMMA):
            return -1
        if raw[at] == CLOSE:
            return at + 1
        at = after_blanks(raw, at + 1, end)


def name_end(raw: Any, at: int, end: int) -> int:
    """Return the first byte of the value behind a name and its colon."""
    if at >= end or raw[at] != QUOTE:
        return -1
    at = string_end(raw, at + 1, end)
    if at < 0:
        return -1
    at = after_blanks(raw, at + 1, end)
    if at >= end or raw[at] != COLON:
        return -1
    return after_blanks(raw, at + 1, end)


def unescaped(raw: Any, at: int, end: int, out: Any, to: int) -> int:
    """Write a string that is known to be one, without its escapes; return where it ends there.

    Args:
        raw: the block.
        at: the first byte behind the first quote.
        end: the last quote.
        out: takes it.
        to: from where on.
    """
    while at < end:
        byte = raw[at]
        if byte != ESCAPE:
            out[to] = byte
            to += 1
            at += 1
            continue
        byte = raw[at + 1]
        at += 2
        if byte != LOW_U:
            if byte == LOW_N:
                byte = 10
            elif byte == LOW_T:
                byte = 9
            elif byte == 114:
                byte = 13
            elif byte == 98:
                byte = 8
            elif byte == LOW_F:
                byte = 12
            out[to] = byte
            to += 1
            continue
        number = hexadecimal(raw, at, end)
        at += 4
        if 0xD800 <= number <= 0xDBFF:
            number = 0x10000 + (number - 0xD800) * 1024 + hexadecimal(raw, at + 2, end) - 0xDC00
            at += 6
        to = written(number, out, to)
    return to


def written(number: int, out: Any, to: int) -> int:
    """Write a character as UTF-8; return where it ends."""
    if number < 0x80:
        out[to] = number
        return to + 1
    if number < 0x800:
        out[to] = 0xC0 | number >> 6
        out[to + 1] = 0x80 | number & 63
        return to + 2
    if number < 0x10000:
        out[to] = 0xE0 | number >> 12
        out[to + 1] = 0x80 | number >> 6 & 63
        out[to + 2] = 0x80 | number & 63
        return to + 3
    out[to] = 0xF0 | number >> 18
    out[to + 1] = 0x80 | number >> 12 & 63
    out[to + 2] = 0x80 | number >> 6 & 63
    out[to + 3] = 0x80 | number & 63
    return to + 4
