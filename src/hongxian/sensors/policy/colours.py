"""CSS colours, and the contrast of two of them after WCAG 2.x."""

from __future__ import annotations

import re

Colour = tuple[int, int, int]
"""Red, green, blue, 0 to 255."""

_NAMES: dict[str, int] = {
    "black": 0x000000, "white": 0xFFFFFF, "red": 0xFF0000, "green": 0x008000, "blue": 0x0000FF,
    "gray": 0x808080, "grey": 0x808080, "silver": 0xC0C0C0, "darkgray": 0xA9A9A9,
    "darkgrey": 0xA9A9A9, "lightgray": 0xD3D3D3, "lightgrey": 0xD3D3D3, "dimgray": 0x696969,
    "dimgrey": 0x696969, "gainsboro": 0xDCDCDC, "whitesmoke": 0xF5F5F5, "yellow": 0xFFFF00,
    "orange": 0xFFA500, "purple": 0x800080, "navy": 0x000080, "maroon": 0x800000,
    "teal": 0x008080, "olive": 0x808000, "lime": 0x00FF00, "aqua": 0x00FFFF, "cyan": 0x00FFFF,
    "fuchsia": 0xFF00FF, "magenta": 0xFF00FF, "snow": 0xFFFAFA, "ivory": 0xFFFFF0,
    "beige": 0xF5F5DC, "pink": 0xFFC0CB, "slategray": 0x708090, "darkslategray": 0x2F4F4F,
}  # fmt: skip
_HEX = re.compile(r"#?([0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{4}|[0-9a-f]{3})", re.IGNORECASE)
_RGB = re.compile(
    r"rgba?\(\s*(\d{1,3})(?:\.\d+)?[\s,]+(\d{1,3})(?:\.\d+)?[\s,]+(\d{1,3})(?:\.\d+)?\s*"
    r"(?:[,/]\s*([\d.]{1,6}%?)\s*)?\)"
)
_PART = re.compile(r"rgba?\([^)]{0,60}\)|#[0-9a-fA-F]+|[a-zA-Z][\w-]*(?:\([^)]{0,2000}\))?")


def colour_of(value: str) -> Colour | None:
    """Return an opaque colour; ``None`` for one that is not understood or lets others through."""
    value = value.strip().lower()
    if value in _NAMES:
        return _split(_NAMES[value])
    if found := _HEX.fullmatch(value):
        return _hex(found[1])
    if found := _RGB.fullmatch(value):
        red, green, blue = (min(255, int(part)) for part in found.group(1, 2, 3))
        return (red, green, blue) if found[4] in (None, "1", "1.0", "100%") else None
    return None


def _hex(digits: str) -> Colour | None:
    if len(digits) in (3, 4):
        digits = "".join(digit * 2 for digit in digits)
    if len(digits) == 8 and not digits.endswith("ff"):
        return None
    return _split(int(digits[:6], 16))


def _split(number: int) -> Colour:
    return number >> 16, number >> 8 & 255, number & 255


def ground_of(value: str) -> dict[str, object]:
    """Return what a background says of the ground: a colour, nothing, or that it is not known."""
    value = value.strip().lower()
    if value in ("none", "transparent", "inherit", "initial", ""):
        return {}
    if "url(" in value or "gradient(" in value:
        return {"ground": None}
    for part in _PART.findall(value):
        if part == "transparent":
            return {}
        if (colour := colour_of(part)) is not None:
            return {"ground": colour}
    return {"ground": None}


def contrast(first: Colour, second: Colour) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    high, low = sorted((_luminance(first), _luminance(second)), reverse=True)
    return round((high + 0.05) / (low + 0.05), 2)


def _luminance(colour: Colour) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
