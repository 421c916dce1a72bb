"""Folds the rows of a rule, what was not looked at and a person's answer into one verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence


def fold(
    rows: Sequence[str],
    missing: Collection[object],
    answer: tuple[str, str] | None = None,
) -> tuple[str, str | None]:
    """Return the verdict of a rule on a subject, and the answer's fact id if it settled it.

    A violation that was seen stands, whatever anyone answers (an accept file is the place for
    those); an answer settles only what the sensors left *suspected* or *unclear*.

    Args:
        rows: verdicts of the rule's rows for this subject.
        missing: needs that no coverage met.
        answer: a person's verdict and its fact id.
    """
    verdict = _from_rows(rows, missing)
    if answer is not None and (verdict in ("suspected", "unclear") or answer[0] == "violated"):
        return answer
    return verdict, None


def unmet(needs: Sequence[Sequence[str]], scopes: frozenset[str]) -> tuple[tuple[str, ...], ...]:
    """Return the needs of a rule that nothing meets: each a choice of scopes, any would do.

    Args:
        needs: as the rule's head has them.
        scopes: what was looked at in full.
    """
    return tuple(tuple(need) for need in needs if not scopes.intersection(need))


def _from_rows(rows: Sequence[str], missing: Collection[object]) -> str:
    for worst in ("violated", "suspected", "unclear"):
        if worst in rows:
            return worst
    if rows and all(row == "not_applicable" for row in rows):
        return "not_applicable"
    return "unclear" if missing else "satisfied"
