"""How text is drawn, as far as a page says so: a small part of the CSS cascade."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from hongxian.sensors.policy.colours import colour_of, contrast, ground_of
from hongxian.sensors.policy.document import Look
from hongxian.sensors.policy.reading.css import declarations, size_of, spacing_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hongxian.sensors.policy.colours import Colour

_BOLD = frozenset(("b", "strong", "u", "ins", "th", "h1", "h2", "h3", "h4", "h5", "h6"))
_SCALED = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "small", "big", "sub", "sup"))
"""Elements whose size a browser sets by its own table."""
_FONT_SIZES = {1: 10.0, 2: 13.0, 3: 16.0, 4: 18.0, 5: 24.0, 6: 32.0, 7: 48.0}
"""Sizes of ``<font size>`` as the HTML standard draws them."""
_NO_BOLD = frozenset(("normal", "lighter", "100", "200", "300", "400", "500"))


@dataclass(frozen=True, slots=True)
class Style:
    """What has been said of the text inside an element."""

    font_px: float | None = None
    spacing: float | None = None
    """Line height over font size, when told as a ratio."""
    line_px: float | None = None
    colour: Colour | None = None
    ground: Colour | None = None
    hidden: bool = False
    bold: bool = False
    lines: bool = False
    """Line breaks in the source are line breaks on the page (``white-space: pre``)."""
    block: bool | None = None
    """What ``display`` says of this element alone."""


NONE = Style()


@cache
def look_of(style: Style) -> Look:
    """Return a style as a block's look."""
    spacing = style.spacing
    if spacing is None and style.line_px and style.font_px:
        spacing = round(style.line_px / style.font_px, 2)
    ratio = contrast(style.colour, style.ground) if style.colour and style.ground else None
    return Look(style.font_px, ratio, spacing, style.hidden, style.bold)


def style_of(
    parent: Style, tag: str, given: Mapping[str, str | None], rules: Mapping[str, str] | None
) -> Style:
    """Return the style inside an element.

    Args:
        parent: the style around it.
        tag: its name.
        given: its attributes.
        rules: what the page's style sheets say of it, property by property.
    """
    style = parent if parent.block is None else replace(parent, block=None)
    if tag in _BOLD and not style.bold:
        style = replace(style, bold=True)
    if tag in _SCALED:
        style = replace(style, font_px=None)
    if not given and not rules:
        return style
    if "hidden" in given:
        style = replace(style, hidden=True)
    if tag == "font":
        style = _font(style, given)
    if colour := given.get("bgcolor"):
        style = apply(style, {"background": colour})
    if rules:
        style = apply(style, rules)
    if inline := given.get("style"):
        style = apply(style, declarations(inline))
    return style


_SIZE = re.compile(r"[+-]?[0-9]{1,2}")


def _font(style: Style, given: Mapping[str, str | None]) -> Style:
    told = {}
    if colour := given.get("color"):
        told["color"] = colour
    style = apply(style, told)
    size = (given.get("size") or "").strip()
    if not _SIZE.fullmatch(size):
        return style
    number = int(size) + (3 if size[0] in "+-" else 0)
    return replace(style, font_px=_FONT_SIZES[min(7, max(1, number))])


def apply(style: Style, told: Mapping[str, str]) -> Style:
    """Return a style after declarations; sizes and colours not understood become unknown."""
    changes: dict[str, object] = {}
    for name, value in told.items():
        change = _CHANGES.get(name)
        if change is not None:
            changes |= change(style, value)
    return replace(style, **changes) if changes else style  # type: ignore[arg-type]


def _font_size(style: Style, value: str) -> dict[str, object]:
    return {"font_px": size_of(value, style.font_px)}


def _line_height(style: Style, value: str) -> dict[str, object]:
    ratio, px = spacing_of(value, style.font_px)
    return {"spacing": ratio, "line_px": px}


def _weight(_: Style, value: str) -> dict[str, object]:
    if value in _NO_BOLD:
        return {"bold": False}
    return {"bold": True} if value.startswith(("bold", "6", "7", "8", "9")) else {}


def _decoration(_: Style, value: str) -> dict[str, object]:
    return {"bold": True} if "underline" in value else {}


def _display(_: Style, value: str) -> dict[str, object]:
    if value == "none":
        return {"hidden": True}
    return {"block": not value.startswith("inline")} if value != "contents" else {}


def _visibility(_: Style, value: str) -> dict[str, object]:
    return {"hidden": value in ("hidden", "collapse")}


def _white_space(_: Style, value: str) -> dict[str, object]:
    return {"lines": value.startswith(("pre", "break-spaces"))}


def _colour(_: Style, value: str) -> dict[str, object]:
    return {"colour": colour_of(value)} if value not in ("inherit", "currentcolor") else {}


def _ground(_: Style, value: str) -> dict[str, object]:
    return ground_of(value)


_CHANGES = {
    "font-size": _font_size,
    "line-height": _line_height,
    "font-weight": _weight,
    "text-decoration": _decoration,
    "text-decoration-line": _decoration,
    "display": _display,
    "visibility": _visibility,
    "white-space": _white_space,
    "color": _colour,
    "background": _ground,
    "background-color": _ground,
    "background-image": _ground,
}
