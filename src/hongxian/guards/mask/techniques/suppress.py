"""Suppress: nothing of a value is left, or one mark for all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongxian.guards.mask.cells import Masked, pa, pc
from hongxian.guards.mask.technique import Option, Technique

if TYPE_CHECKING:
    from hongxian.guards.mask.technique import Apply, Setting


def _apply(setting: Setting) -> Apply:
    mark = setting.option("mark", None)

    def apply(column: Any) -> Masked:
        if mark is None:
            return Masked(pa.nulls(len(column), column.type))
        marked = pa.scalar(mark, pa.string())
        return Masked(pc.if_else(column.is_valid(), marked, pa.scalar(None, pa.string())))

    return apply


TECHNIQUE = Technique(
    name="suppress", apply=_apply, options={"mark": Option(kinds=(str,), most=64)}
)
