"""Class and grade of a PI type as GB/T 43697-2024 sets them out: general data of grade 1 to 4.

Annex H: sensitive PI has grade 4, other PI grade 2 at least. The class is the group of Annex B.
What becomes important or core data depends on who keeps it, and is no matter of one column.
Source: the standard's contents (B); the grades of Annex H from memory (M).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.info import load_groups, load_types

if TYPE_CHECKING:
    from datetime import date

SENSITIVE, OTHER = 4, 2


def grade_of(info: str, on: date) -> int | None:
    """Return the least grade of a PI type on a day; ``None`` for what is no PI."""
    known = load_types().get(info)
    if known is None:
        return SENSITIVE if info.startswith("secret.") else None
    return SENSITIVE if known.sensitive(on) else OTHER


def class_of(info: str, lang: str) -> str:
    """Return the name of the class of a PI type; empty for what is no PI."""
    known = load_types().get(info)
    return load_groups()[known.group].name(lang) if known else ""
