"""Partial mask: each kind of value shows what its convention lets through."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from hongxian.guards.mask.cells import Masked, as_text, pa, pc
from hongxian.guards.mask.technique import Option, Technique
from hongxian.info.source import read

if TYPE_CHECKING:
    from hongxian.guards.mask.technique import Apply, Setting

COVER = "***"
"""What stands for a value of which nothing is shown."""

NAMES = ("basic.name",)
"""PI types that are names of people."""

_HAN = r"^\p{Han}"
_WORD = r"(\pL)[\pL\pM'’.-]*"


@cache
def shapes() -> dict[str, dict[str, Any]]:
    """Return the conventions by their keys."""
    return {row["key"]: row for row in read("hongxian.guards.mask", "conventions")["shape"]}


def shape_of(info: str) -> str | None:
    """Return the key of the convention for a PI type; ``None`` where nothing may be shown."""
    if info in NAMES:
        return "name"
    return next((key for key, row in shapes().items() if info in row["info"]), None)


def covered(column: Any, shape: str | None) -> Any:
    """Return texts, partly covered by a convention; all of each where there is none."""
    text = as_text(column)
    if shape == "name":
        return _names(text)
    if shape is None:
        return _all(text)
    row = shapes()[shape]
    if "pattern" not in row:
        return ends(text, row["left"], row["right"], row["least"])
    shown = pc.replace_substring_regex(text, row["pattern"], row["shown"])
    return pc.if_else(pc.match_substring_regex(text, row["pattern"]), shown, _all(text))


def ends(text: Any, left: Any, right: int, least: int) -> Any:
    """Return texts of which only the ends stand; all is covered if too little would be.

    Args:
        text: the column.
        left: characters that stay at the start; a number, or one for each row.
        right: characters that stay at the end.
        least: characters that must be covered.
    """
    length = pc.utf8_length(text)
    middle = pc.subtract(pc.subtract(length, left), right)
    enough = pc.greater_equal(middle, least)
    stars = pc.binary_repeat("*", pc.max_element_wise(pc.if_else(enough, middle, length), 1))
    start = _start(text, left)
    end = pc.utf8_slice_codeunits(text, -right) if right else pa.scalar("")
    shown = pc.binary_join_element_wise(start, stars, end, "")
    return pc.if_else(enough, shown, stars)


def _start(text: Any, left: Any) -> Any:
    if isinstance(left, int):
        return pc.utf8_slice_codeunits(text, 0, left)
    two = pc.utf8_slice_codeunits(text, 0, 2)
    return pc.if_else(pc.equal(left, 2), two, pc.utf8_slice_codeunits(text, 0, 1))


def _names(text: Any) -> Any:
    two = pa.array(read("hongxian.guards.mask", "conventions")["names"]["two"])
    long = pc.greater_equal(pc.utf8_length(text), 3)
    double = pc.and_(pc.is_in(pc.utf8_slice_codeunits(text, 0, 2), two), long)
    chinese = ends(text, pc.if_else(double, 2, 1), 0, 1)
    western = pc.replace_substring_regex(text, _WORD, r"\1***")
    return pc.if_else(pc.match_substring_regex(text, _HAN), chinese, western)


def _all(text: Any) -> Any:
    return pc.if_else(text.is_valid(), pa.scalar(COVER), pa.scalar(None, pa.string()))


def _apply(setting: Setting) -> Apply:
    options = setting.options
    if "left" in options or "right" in options:
        sides = options.get("left", 0), options.get("right", 0), options.get("least", 1)
        return lambda column: Masked(ends(as_text(column), *sides))
    shape = setting.option("shape", shape_of(setting.info))
    return lambda column: Masked(covered(column, shape))


TECHNIQUE = Technique(
    name="partial",
    apply=_apply,
    options={
        "shape": Option(kinds=(str,), choices=("name", *shapes())),
        "left": Option(kinds=(int,), least=0, most=64),
        "right": Option(kinds=(int,), least=0, most=64),
        "least": Option(kinds=(int,), least=1, most=64),
    },
)
