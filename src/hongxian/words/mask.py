"""Covers what looks like a PI value in free text, before anybody reads it.

Facts must not hold PI values; should a sensor, a person's answer or a file name let one through,
it stops here: reports are covered when their model is built, lines on stderr by :func:`warn`.
"""

from __future__ import annotations

import re
import sys
from functools import lru_cache
from typing import Any

COVER = "***"
"""What stands where a value was."""

_MAIL = (
    r"(?:(?<![A-Za-z0-9_.+-])[A-Za-z0-9_.+-]+|(?<!\w)[^\W\x00-\x7f]+)(?:@|%40)"
    r"[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}"
)
_START, _END = r"(?<![0-9A-Za-z])", r"(?![0-9A-Za-z])"
_NUMBERS = (
    r"(?:(?:\+|00)?86[ -]?)?1[3-9]\d(?:[ -]?\d{4}){2}",  # mobile telephone
    r"0\d{2,3}-\d{7,8}",  # telephone with area code
    r"\d{6}[ -]?\d{8}[ -]?\d{3}[\dXx]",  # resident identity number
    r"\d{15,19}",  # IMEI, IMSI, bank card
    r"\d{2}-\d{6}-\d{6}-\d",  # IMEI as it is printed
    r"\d{4}(?:[ -]\d{4}){3}(?:[ -]?\d{1,3})?",  # bank card as it is printed
    r"(?<!:)(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}(?!:)",  # MAC
)
_VALUES = re.compile(f"{_MAIL}|{_START}(?:{'|'.join(_NUMBERS)}){_END}")
_CANDIDATE = re.compile(r"[0-9]{4}|@|%40|[0-9A-Fa-f]{2}[:-][0-9A-Fa-f]{2}[:-]")
"""Without one of these no value is there; most texts are let through at once."""

_WIDE = {0xFF10 + digit: str(digit) for digit in range(10)} | {ord("＠"): "@", ord("．"): "."}
_SUBJECT = re.compile(r"app:([\w.-]+)@(v?\d[^#]*)#([0-9a-f]{12})")


@lru_cache(maxsize=1 << 15)  # frames of stacks and names of calls stand in thousands of facts
def mask(text: str) -> str:
    """Return the text with everything covered that looks like a PI value."""
    plain = text if text.isascii() else text.translate(_WIDE)  # as long as the text, char by char
    if not _CANDIDATE.search(plain):
        return text
    shown, end = [], 0
    for found in _VALUES.finditer(plain):
        shown += [text[end : found.start()], COVER]
        end = found.end()
    return "".join([*shown, text[end:]])


def mask_subject(subject: str) -> str:
    """Return a subject's id masked part by part: ``package@2.4.beta`` is no mail address."""
    parts = _SUBJECT.fullmatch(subject)
    if parts is None:
        return mask(subject)
    return f"app:{mask(parts[1])}@{mask(parts[2])}#{parts[3]}"


def mask_all(value: Any) -> Any:
    """Return JSON-able data with every text and number in it masked, keys too."""
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, dict):
        return {mask(str(key)): mask_all(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [mask_all(item) for item in value]
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value if abs(value) < 10**10 or mask(f"{value:.0f}") == f"{value:.0f}" else COVER
    return value


def warn(line: str) -> None:
    """Write a line to stderr, masked."""
    sys.stderr.write(f"{mask(line)}\n")
    sys.stderr.flush()
