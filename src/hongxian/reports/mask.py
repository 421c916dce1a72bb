"""Covers what looks like a PI value in free text, before anything is written.

Facts must not hold PI values; should a sensor or a person's answer let one through, it stops here.
"""

from __future__ import annotations

import re
from typing import Any

COVER = "***"
"""What stands where a value was."""

_VALUES = re.compile(
    r"(?<![\w.])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}"  # mail
    r"|(?<![0-9A-Za-z])(?:(?:\+|00)?86[ -]?)?1[3-9]\d(?:[ -]?\d{4}){2}(?![0-9A-Za-z])"  # mobile
    r"|(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])"  # resident identity number
    r"|(?<![0-9A-Za-z])\d{15,19}(?![0-9A-Za-z])"  # IMEI, IMSI, bank card
    r"|(?<![0-9A-Za-z:])(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}(?![0-9A-Za-z:])"  # MAC
)


def mask(text: str) -> str:
    """Return the text with everything covered that looks like a PI value."""
    return _VALUES.sub(COVER, text)


def mask_all(value: Any) -> Any:
    """Return JSON-able data with every text in it masked, keys too."""
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, dict):
        return {mask(str(key)): mask_all(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [mask_all(item) for item in value]
    return value
