"""The summary of many subjects: how many there are for each rule and verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.reports.names import word
from hongxian.rules.load import VERDICTS
from hongxian.words import say
from hongxian.words.listing import FORMATS, listing
from hongxian.words.table import table
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hongxian.rules.load import Rule


def render(
    counts: Mapping[tuple[str, str], int],
    rules: Sequence[Rule],
    form: str,
    lang: str,
    width: int | None = None,
) -> str:
    """Return the summary.

    Args:
        counts: (rule, verdict) -> how many subjects.
        rules: in the order of the report.
        form: ``table``, ``json`` or ``csv``.
        lang: language of the texts.
        width: cells that a table may take; ``None`` wraps nothing.

    Raises:
        HongxianError: there is no such summary.
    """
    if form not in FORMATS:
        raise WordedError("no_format", word=form, known=", ".join(FORMATS))
    if form == "table":
        head = [say("rules.number", lang), say("rules.title", lang)]
        rows = [
            [rule.number, rule.title[lang], *(str(counts.get((rule.id, v), 0)) for v in VERDICTS)]
            for rule in rules
        ]
        return table(rows, [*head, *(word("verdict", v, lang) for v in VERDICTS)], width)
    records = [
        {"rule": rule.id, "number": rule.number, "title": rule.title[lang]}
        | {verdict: counts.get((rule.id, verdict), 0) for verdict in VERDICTS}
        for rule in rules
    ]
    return listing(records, ["rule", "number", "title", *VERDICTS], form, lang)
