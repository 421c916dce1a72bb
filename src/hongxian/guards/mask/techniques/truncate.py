"""Dates: a day becomes its month, quarter, year or decade."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongxian.guards.mask.cells import Masked, as_text, pa, pc
from hongxian.guards.mask.technique import Option, Technique

if TYPE_CHECKING:
    from hongxian.guards.mask.technique import Apply, Setting

LEVELS = ("month", "quarter", "year", "decade")
"""From the narrowest to the widest."""

_DATE = (
    r"^\s*(?P<year>1[89]\d\d|2[01]\d\d)[-/.年]?(?P<month>1[0-2]|0?[1-9])"
    r"(?:[-/.月]?(?:3[01]|[12]\d|0?[1-9])?日?)?(?:[ T].*)?$"
)


def _apply(setting: Setting) -> Apply:
    level = setting.option("level", "year")

    def apply(column: Any) -> Masked:
        text = as_text(column)
        found = pc.extract_regex(text, _DATE)
        year, month = pc.struct_field(found, "year"), pc.struct_field(found, "month")
        out = _shown(level, year, month)
        return Masked(out, out.null_count - text.null_count)

    return apply


def _shown(level: str, year: Any, month: Any) -> Any:
    if level == "year":
        return year
    if level == "decade":
        return pc.binary_join_element_wise(pc.utf8_slice_codeunits(year, 0, 3), "0s", "")
    number = month.cast(pa.int8())
    if level == "month":
        return pc.binary_join_element_wise(
            year, pc.utf8_lpad(number.cast(pa.string()), 2, "0"), "-"
        )
    quarter = pc.divide(pc.add(number, pa.scalar(2, pa.int8())), pa.scalar(3, pa.int8()))
    return pc.binary_join_element_wise(year, quarter.cast(pa.string()), "-Q")


TECHNIQUE = Technique(
    name="date", apply=_apply, options={"level": Option(kinds=(str,), choices=LEVELS)}
)
