"""The end of every audit: facts of others in, judgement, report out, exit code."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from hongxian.audit.outcome import exit_code, judge_store
from hongxian.reports import Origin, build_report, write
from hongxian.rules.load import load_rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hongxian.audit.settings import Settings
    from hongxian.errors import Exit
    from hongxian.facts import Store


def finish(
    store: Store,
    subjects: Sequence[tuple[str, str | None]],
    settings: Settings,
    chosen: dict[str, Any],
    *,
    failed: bool = False,
) -> Exit:
    """Judge subjects, write the report and return the exit code.

    Args:
        store: holds the facts.
        subjects: pairs (subject, key of its app type or ``None``).
        settings: gives the thresholds.
        chosen: the options.
        failed: whether a sensor could not read something.
    """
    judged_at = datetime.now(UTC).replace(tzinfo=None)
    for folder in chosen.get("facts") or ():
        store.load(folder)
    rules = load_rules()
    rulings = judge_store(store, rules, subjects, judged_at, settings.limits)
    origin = Origin(
        judged_at=judged_at,
        version=version("hongxian"),
        command=" ".join(["hongxian", *sys.argv[1:]]),
    )
    report = build_report(store, rules, rulings, origin)
    form = chosen.get("form") or "table"
    extra = {"everything": chosen.get("everything", False)} if form == "sarif" else {}
    write(report, form, chosen.get("output"), chosen["lang"], **extra)
    return exit_code(
        rulings, rules, fail_on=chosen.get("fail_on") or "low",
        strict=bool(chosen.get("strict")), failed=failed,
    )  # fmt: skip
