"""How tests ask for a verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.guards.keep.statements.mysql.classify import classify

if TYPE_CHECKING:
    from hongxian.guards.keep.statements.catalog import Catalog


def said(sql: str, catalog: Catalog) -> tuple[str, set[str]]:
    """Return the verdict of a text in small letters and the codes of its reasons."""
    found = classify(sql, catalog)
    codes = {one.code for one in found.reasons}
    assert "fault" not in codes
    for one in found.reasons:
        assert one.say("en") != one.say("zh")
    return found.verdict.name.lower(), codes
