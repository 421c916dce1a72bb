"""Bodies of several statements: what belongs to one CREATE, and what each part of it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.guards.keep.statements.verdict import Verdict

from .judge import judge

if TYPE_CHECKING:
    from hongxian.guards.keep.statements.catalog import Catalog
    from hongxian.guards.keep.statements.postgres.case import Case
    from hongxian.guards.keep.statements.verdict import Limits

    from .lexer import Token

_MADE = frozenset({"PROCEDURE", "FUNCTION", "TRIGGER", "EVENT"})
_BEFORE = frozenset({"BEGIN", "ELSE", "THEN", "DO", "LOOP", "REPEAT"})
"""Words that may stand in front of a statement of a body."""

_OPENING = frozenset({"THEN", "ELSE", "DO", "BEGIN"})
_CONTROL = frozenset({
    "END", "IF", "ELSEIF", "WHILE", "CASE", "WHEN", "DECLARE", "RETURN", "LEAVE", "ITERATE",
    "FETCH", "OPEN", "CLOSE", "UNTIL", "SIGNAL", "RESIGNAL",
})  # fmt: skip
"""Words that steer a body; what they compute was judged by its calls."""


def compounds(reading: list[list[Token]]) -> list[list[list[Token]]]:
    """Return the statements of a reading, each with the parts of its body if it makes one.

    The last END of the text ends the body: what stands behind an earlier one is judged as a part of
    it, never better than by itself.
    """
    found: list[list[list[Token]]] = []
    rest = list(reading)
    while rest:
        first = [one.upper for one in rest[0]]
        parts = 1
        if first[0] == "CREATE" and _MADE & set(first[:12]) and "BEGIN" in first:
            ends = [place for place, part in enumerate(rest) if part[0].upper == "END"]
            parts = ends[-1] + 1 if ends else 1
        found.append(rest[:parts])
        rest = rest[parts:]
    return found


def inner(part: list[Token], catalog: Catalog, limits: Limits, case: Case) -> None:
    """Judge a part of a body."""
    while part and part[0].upper in _BEFORE:
        part = part[1:]
    if not part:
        return
    if part[0].upper == "UPDATE":
        return  # its values are variables of the body, which is judged as a whole
    if part[0].upper not in _CONTROL:
        judge(part, catalog, limits, case)
        return
    # statements may stand behind it, before the next semicolon
    starts = [place for place, one in enumerate(part) if one.upper in _OPENING]
    if starts:
        inner(part[starts[-1] + 1 :], catalog, limits, case)
    if len(starts) > 1:
        case.add(Verdict.UNKNOWN, "kind_unknown", part[0].upper)
