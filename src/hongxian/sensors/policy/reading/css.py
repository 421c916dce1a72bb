"""The declarations and lengths of CSS that say how text is drawn."""

from __future__ import annotations

import re
from functools import lru_cache

WANTED = frozenset((
    "font", "font-size", "line-height", "font-weight", "text-decoration", "text-decoration-line",
    "display", "visibility", "white-space", "color", "background", "background-color",
    "background-image",
))  # fmt: skip
"""The properties that are read."""

_LENGTH = re.compile(r"([+-]?(?:\d{1,6}(?:\.\d{0,6})?|\.\d{1,6}))(px|pt|em|rem|%|pc|in|cm|mm|)")
_PX = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4}
_KEYWORDS = {
    "xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0, "large": 18.0,
    "x-large": 24.0, "xx-large": 32.0,
}  # fmt: skip
"""Sizes that the CSS standard gives to the words."""
_FONT = re.compile(
    r"(?:^|\s)([\d.]{1,8}(?:px|pt|em|rem|%))(?:\s*/\s*([\d.]{1,8}(?:px|pt|em|%)?))?\s"
)


@lru_cache(maxsize=2048)
def _declarations(source: str) -> tuple[tuple[str, str], ...]:
    told: dict[str, str] = {}
    strong: set[str] = set()
    for part in source.split(";"):
        name, colon, value = part.partition(":")
        name, value = name.strip().lower(), value.strip().lower()
        if not colon or name not in WANTED:
            continue
        important = value.endswith("important")
        if name in strong and not important:
            continue
        if important:
            strong.add(name)
            value = value.rpartition("!")[0].strip()
        told.update(_font(value) if name == "font" else {name: value})
    return tuple(told.items())


def declarations(source: str) -> dict[str, str]:
    """Return the wanted declarations of a ``style`` attribute or of a rule's body."""
    return dict(_declarations(source[:4000]))


def _font(value: str) -> dict[str, str]:
    told = {"font-weight": "bold" if re.search(r"\b(?:bold|[6-9]00)\b", value) else "normal"}
    if found := _FONT.search(value + " "):
        told["font-size"] = found[1]
        told["line-height"] = found[2] or "normal"
    return told


def size_of(value: str, around: float | None) -> float | None:
    """Return a font size in CSS pixels.

    Args:
        value: as written.
        around: size of the text around it, if that is known.

    Returns:
        ``None`` where the page leaves it to the reader's own settings.
    """
    if value in _KEYWORDS:
        return _KEYWORDS[value]
    if value == "inherit":
        return around
    found = _LENGTH.fullmatch(value)
    if not found:
        return None
    number, unit = float(found[1]), found[2]
    if unit in _PX:
        px: float | None = number * _PX[unit]
    elif unit in ("em", "%"):
        px = around * number / (100 if unit == "%" else 1) if around is not None else None
    else:
        px = None
    return round(px, 2) if px is not None and 0 < px < 1000 else None


def spacing_of(value: str, font_px: float | None) -> tuple[float | None, float | None]:
    """Return a line height as a ratio to the font size and, where told so, in pixels."""
    found = _LENGTH.fullmatch(value)
    if not found:
        return None, None
    number, unit = float(found[1]), found[2]
    if unit in ("", "em"):
        return number or None, None
    if unit == "%":
        return round(number / 100, 3) or None, None
    return None, size_of(value, font_px)
