"""The end of every audit: facts of others in, judgement, report out, exit code."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hongxian.audit.outcome import exit_code, is_own, judge_store, publish, shown
from hongxian.facts.spark import address
from hongxian.judge.accept import apply_accepted, load_accepted
from hongxian.judge.compare import compare, load_earlier
from hongxian.judge.run import Ruling, covered
from hongxian.reports import Origin, build_report, deliver, write
from hongxian.reports.names import word
from hongxian.rules.load import load_folder, load_rules, load_store_rules
from hongxian.words import say
from hongxian.words.listing import terminal_width
from hongxian.words.mask import warn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hongxian.audit.settings import Settings
    from hongxian.errors import Exit
    from hongxian.judge.compare import Comparison
    from hongxian.judge.engine import AnyStore
    from hongxian.rules.load import Rule


def finish(
    store: AnyStore,
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
    rules = rules_of(chosen.get("rules"))
    if any(_is_store(subject) for subject, _ in subjects):
        rules += load_store_rules()
    if chosen.get("verdicts"):
        rulings = _in_place(store, rules, judged_at, settings, subjects, chosen)
        return _code(rulings, rules, chosen, failed=failed)
    rulings = judge_store(store, rules, subjects, judged_at, settings.limits)
    rulings = [one for one in rulings if is_own(one)]
    rulings = accepted(rulings, chosen, judged_at)
    origin = Origin(
        judged_at=judged_at,
        version=version("hongxian"),
        command=" ".join(["hongxian", *sys.argv[1:]]),
    )
    told = shown(store, rules, subjects, judged_at, settings.limits)
    report = build_report(told, rules, rulings, origin)
    form = chosen.get("form") or "table"
    extra = {"everything": chosen.get("everything", False)} if form == "sarif" else {}
    write(report, form, chosen.get("output"), chosen["lang"], **extra)
    if chosen.get("against"):
        earlier = load_earlier(Path(chosen["against"]), rules)
        _say_changes(compare(rulings, earlier, covered(store)), chosen["lang"])
    return _code(rulings, rules, chosen, failed=failed)


def _code(
    rulings: Sequence[Ruling], rules: Sequence[Rule], chosen: dict[str, Any], *, failed: bool
) -> Exit:
    return exit_code(
        rulings, rules, fail_on=chosen.get("fail_on") or "low",
        strict=bool(chosen.get("strict")), failed=failed,
    )  # fmt: skip


def _in_place(  # noqa: PLR0913, PLR0917 - what judge_store takes, and the options
    store: Any,
    rules: Sequence[Rule],
    judged_at: datetime,
    settings: Settings,
    subjects: Sequence[tuple[str, str | None]],
    chosen: dict[str, Any],
) -> list[Ruling]:
    """Judge where the facts lie and write the summary; return one ruling of each kind there is."""
    from hongxian.judge.in_place import judge_in_place  # noqa: PLC0415 - only with Spark
    from hongxian.reports.verdicts import render  # noqa: PLC0415 - as above

    publish(store, rules, subjects, judged_at, settings.limits)
    counts = judge_in_place(store, rules, address(chosen["verdicts"]), _whose)
    text = render(counts, rules, chosen.get("form") or "table", chosen["lang"], terminal_width())
    deliver(text, chosen.get("output"), chosen["lang"])
    return [Ruling(rule=rule, subject="", verdict=verdict) for rule, verdict in counts]


def rules_of(folder: Path | None) -> tuple[Rule, ...]:
    """Return the rules that are on by default, and those of a folder of the user's."""
    return load_rules() + load_folder(folder) if folder else load_rules()


def _whose(rule: Rule) -> str:
    """Return, as SQL, the subjects whose the rule is; the same that :func:`_is_store` tells."""
    return f"{'' if rule.id.startswith('store.') else 'not '}s.subject like 'store:%'"


def _is_store(subject: str) -> bool:
    """Whether the rules on stores are a subject's, not those on apps."""
    return subject.startswith("store:")


def accepted(rulings: list[Ruling], chosen: dict[str, Any], at: datetime) -> list[Ruling]:
    """Return rulings with the findings marked that the accept file of the options covers."""
    if not chosen.get("accept"):
        return rulings
    entries = load_accepted(Path(chosen["accept"]))
    marked, notes = apply_accepted(rulings, entries, at.date(), chosen["lang"])
    for note in notes:
        warn(note)
    return marked


def _say_changes(found: Comparison, lang: str) -> None:
    """Say on stderr what has changed, so that stdout stays the report alone."""
    changes = {"new": found.new, "gone": found.gone, "unseen": found.unseen}
    counts = {name: len(rows) for name, rows in changes.items()}
    warn(say("judge.compared", lang, same=len(found.same), **counts))
    for name, rows in changes.items():
        for row in rows:
            told = row._asdict() | {"verdict": word("verdict", row.verdict, lang)}
            warn(say(f"judge.{name}", lang, **told))
