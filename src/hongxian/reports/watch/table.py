"""The report of the watch for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongxian.words import say
from hongxian.words.table import table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST_ROWS = 30
"""Of each table; the other formats have all."""


def table_text(record: Mapping[str, Any], lang: str, width: int | None) -> str:
    """Return the report as text."""
    blocks = [_head(record, lang)]
    for name, rows in _tables(record, lang).items():
        if not rows:
            continue
        header = [say(f"watch.column_{key}", lang) for key in _COLUMNS[name]]
        shown = table(rows[:MOST_ROWS], header, width)
        if len(rows) > MOST_ROWS:
            shown += say("watch.more", lang, count=len(rows) - MOST_ROWS) + "\n"
        blocks.append(f"{say(f'watch.title_{name}', lang)}\n{shown}")
    return "\n".join(blocks)


_COLUMNS = {
    "findings": ("action", "finding", "principal", "endpoint", "info", "values", "figures"),
    "takers": ("principal", "values", "requests", "info", "first", "last"),
    "endpoints": ("endpoint", "requests", "pi_in", "pi_out", "anonymous", "clear"),
    "uncalled": ("endpoint",),
}


def _head(record: Mapping[str, Any], lang: str) -> str:
    leak = record["leak"]
    lines = [
        say("watch.head", lang, requests=record["requests"], endpoints=len(record["endpoints"]),
            findings=len(record["findings"])),
        say("watch.span", lang, first=record["from"] or "?", last=record["to"] or "?"),
    ]  # fmt: skip
    if leak["values"]:
        tiers = leak["tiers"]
        lines += [
            say("watch.leak", lang, values=leak["values"], t50=tiers["50"], t500=tiers["500"],
                t5000=tiers["5000"], grade=leak["grade_name"]),
            leak["notice"], leak["report"],
        ]  # fmt: skip
    return "\n".join([*lines, *record["reasons"]]) + "\n"


def _tables(record: Mapping[str, Any], lang: str) -> dict[str, list[Sequence[str]]]:
    comma = say("watch.comma", lang)
    return {
        "findings": [
            [one["action_name"], one["name"], one["principal"] or "", one["endpoint"],
             one["info_name"], str(one["values_given"]), one["message"]]
            for one in record["findings"]
        ],
        "takers": [
            [one["principal"], str(one["values"]), str(one["requests"]),
             comma.join(one["info_names"]), one["first"] or "", one["last"] or ""]
            for one in record["takers"]
        ],
        "endpoints": [
            [one["endpoint"], str(one["requests"]), comma.join(one["in_names"]),
             comma.join(one["out_names"]), str(one["anonymous"]), str(one["clear"])]
            for one in record["endpoints"] if one["pi_in"] or one["pi_out"]
        ],
        "uncalled": [[name] for name in record["uncalled"]],
    }  # fmt: skip
