"""What masking a file did, for people and for programs; no value is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongxian.info.types import load_types
from hongxian.words import say
from hongxian.words.mask import mask
from hongxian.words.table import table

if TYPE_CHECKING:
    from hongxian.guards.mask.plan import Column
    from hongxian.guards.mask.run import Masked, Outcome

COLUMNS = ("column", "info", "technique", "key", "how", "values", "refused")
"""What is told of each column."""


def masked_record(masked: Masked) -> dict[str, Any]:
    """Return what was done for programs."""
    return {
        "tables": [outcome_record(one) for one in masked.outcomes],
        "rows": sum(one.rows for one in masked.outcomes),
        "refused": sum(one.refused for one in masked.outcomes),
        "problems": [mask(one.say("en")) for one in masked.problems],
        "notes": [mask(one.say("en")) for one in masked.notes],
    }


def outcome_record(outcome: Outcome) -> dict[str, Any]:
    """Return what was done to one table for programs."""
    return {
        "place": mask(outcome.place),
        "rows": outcome.rows,
        "columns": [
            {
                "column": mask(one.name), "info": one.info, "technique": one.rule.technique,
                "key": one.key, "how": one.how, "why": one.rule.why, "values": one.values,
                "refused": one.refused,
            }
            for one in outcome.columns
        ],
        "refused": outcome.refused,
        "backup": outcome.backup,
        "risk": outcome.risk.record() if outcome.risk else None,
    }  # fmt: skip


def masked_text(masked: Masked, lang: str, width: int | None = None) -> str:
    """Return what was done as tables in a language, and what was not copied."""
    single = len(masked.outcomes) == 1
    parts = [
        outcome_text(one, lang, width) if single
        else f"{mask(one.place)}\n{outcome_text(one, lang, width)}\n"
        for one in masked.outcomes
    ]  # fmt: skip
    for word, told in (("notes", masked.notes), ("problems", masked.problems)):
        if told:
            parts.append(say(f"mask.{word}", lang) + "\n")
            parts += [f"  {mask(one.say(lang))}\n" for one in told]
    return "".join(parts)


def outcome_text(outcome: Outcome, lang: str, width: int | None = None) -> str:
    """Return what was done to one table as tables in a language."""
    header = [say(f"mask.column_{name}", lang) for name in COLUMNS]
    rows = [_row(one, lang) for one in outcome.columns]
    lines = [table(rows, header, width)]
    lines.append(say("mask.done", lang, rows=f"{outcome.rows:,}") + "\n")
    if outcome.refused:
        lines.append(say("mask.refused", lang, count=f"{outcome.refused:,}") + "\n")
    if outcome.risk:
        lines += ["\n", outcome.risk.text(lang, width)]
    return "".join(lines)


def _row(column: Column, lang: str) -> list[str]:
    info = load_types()[column.info].name(lang) if column.info else "–"
    return [
        mask(column.name), info, say(f"mask.technique_{column.rule.technique}", lang),
        column.key or "–", say(f"mask.how_{column.how}", lang),
        f"{column.values:,}", f"{column.refused:,}",
    ]  # fmt: skip
