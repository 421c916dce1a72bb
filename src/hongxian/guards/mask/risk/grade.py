"""The grade of de-identification by GB/T 42460-2023: 1 identifies directly, 3 hardly anybody.

Grade 4, no identifiers at all, is for figures over many people; a table with rows of people never
reaches it here.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from hongxian.info.source import read

if TYPE_CHECKING:
    from hongxian.guards.mask.risk.measures import Risk

GRADES = (1, 2, 3)
"""1 direct identifiers; 2 a risk above the threshold; 3 a risk within it."""


@cache
def source() -> dict[str, Any]:
    """Return what the grades rest on: the standard's clause, how sure we are, the threshold."""
    return read("hongxian.guards.mask", "grades")


def role(info: str) -> str:
    """Return whether a PI type is a ``direct`` identifier, a ``quasi`` one, or ``other``."""
    about = source()
    if info in about["direct"]:
        return "direct"
    return "quasi" if info in about["quasi"] else "other"


def grade(direct: int, risk: Risk | None, threshold: float | None = None) -> int | None:
    """Return the grade of a table; ``None`` when nobody measured its quasi-identifiers.

    Args:
        direct: how many columns still hold direct identifiers as they were.
        risk: the measures over its quasi-identifiers, if it has any.
        threshold: the highest risk that is accepted; the standard's example unless told otherwise.
    """
    if direct:
        return 1
    if risk is None:
        return None
    accepted = source()["threshold"] if threshold is None else threshold
    return 2 if risk.highest > accepted else 3
