"""Facts about how a policy that lies in the package looks: size, paleness and closeness of type."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hongxian.sensors.policy.colours import colour_of, contrast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.facts import Fact
    from hongxian.sensors.app.manifest_facts import About
    from hongxian.sensors.app.package import AppPackage
    from hongxian.sensors.app.package.model import PolicyPart

_SHEET = re.compile(r"<style[^>]*>(.*?)</style>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^>]*>|\s+")
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_RULE = re.compile(r"([^{}]{1,200})\{([^{}]{0,2000})\}")
_BODY = re.compile(r"<body[^>]*\sstyle\s*=\s*(\"[^\"]*\"|'[^']*')", re.IGNORECASE)
_PART = re.compile(r"\s*([a-z-]+)\s*:\s*([^;]+)")
_SIZE = re.compile(r"(\d+(?:\.\d+)?)(px|pt|sp|dp)")
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)%")
EVERYTHING = frozenset({"*", "html", "body"})
"""Selectors of the whole text."""
WHOLE = 300
"""Characters; a shorter text is no policy yet."""
POINT = 4 / 3
"""CSS pixels in a point."""


def look_facts(about: About, package: AppPackage) -> Iterator[Fact]:
    """Yield size, contrast and line spacing of the body type of policies in HTML.

    Only what the sheet inside the file sets for the whole text counts; a pixel of a page made for
    phones is one sp.
    """
    for part in whole_policies(package):
        for item, amount, unit in _measured(_style(part.text or "")):
            yield about.fact(
                "section", item=item, amount=round(amount, 2), unit=unit,
                certainty="declared", locator=part.locator,
            )  # fmt: skip


def whole_policies(package: AppPackage) -> list[PolicyPart]:
    """Return the policies whose text lies in the package, and not only a frame that loads it."""
    return [
        part
        for part in package.policies
        if part.kind == "policy" and len(_TAG.sub("", _SHEET.sub("", part.text or ""))) >= WHOLE
    ]


def _measured(style: dict[str, str]) -> Iterator[tuple[str, float, str]]:
    if match := _SIZE.fullmatch(style.get("font-size", "")):
        yield "font_size", float(match[1]) * (POINT if match[2] == "pt" else 1), "sp"
    ink = colour_of(style.get("color", ""))
    ground = style.get("background-color", style.get("background", "white"))
    paper = colour_of(ground)
    if ink and paper:
        yield "contrast", contrast(ink, paper), "ratio"
    spacing = style.get("line-height", "")
    if _PLAIN.fullmatch(spacing):
        yield "line_spacing", float(spacing), "ratio"
    elif match := _PERCENT.fullmatch(spacing):
        yield "line_spacing", float(match[1]) / 100, "ratio"


def _style(text: str) -> dict[str, str]:
    """Return what the file sets for its whole text; the later setting counts."""
    found: dict[str, str] = {}
    for sheet in _SHEET.findall(text):
        for selectors, settings in _RULE.findall(_COMMENT.sub("", sheet)):
            if EVERYTHING.intersection(one.strip().lower() for one in selectors.split(",")):
                found |= _settings(settings)
    if match := _BODY.search(text):
        found |= _settings(match[1][1:-1])
    return found


def _settings(text: str) -> dict[str, str]:
    parts = (_PART.match(part) for part in text.lower().split(";"))
    return {
        part[1]: part[2].replace("!important", "").strip() for part in parts if part is not None
    }
