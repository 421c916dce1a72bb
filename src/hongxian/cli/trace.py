"""The verb ``trace``: from a finding to each fact behind it, and where that was seen."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hongxian.cli import chosen_language, lang_option
from hongxian.errors import HongxianError
from hongxian.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.audit.settings import Settings
    from hongxian.facts import Store
    from hongxian.reports.model import Behaviour, Evidence, Point, Report, Subject


@click.command(help=say("cli.verb_trace", chosen_language()))
@click.argument("finding")
@click.option(
    "--store", required=True, type=click.Path(path_type=Path),
    help=say("judge.opt_store", chosen_language()),
)  # fmt: skip
@click.option("--type", "app_type", help=say("audit.type", chosen_language()))
@click.option(
    "--config", type=click.Path(path_type=Path), help=say("audit.config", chosen_language())
)
@lang_option
def command(
    finding: str, store: Path, app_type: str | None, config: Path | None, lang: str
) -> None:
    """Print the chain of evidence of one finding."""
    from hongxian.audit.settings import load_settings
    from hongxian.cli.judge import open_store

    settings = load_settings(config)
    opened = open_store(store, lang)
    try:
        report = _judged(opened, settings, app_type)
    finally:
        opened.close()
    found = [
        (subject, behaviour, point)
        for subject in report.subjects
        for behaviour in subject.behaviours
        for point in behaviour.points
        if point.fingerprint == finding
    ]
    if not found:
        raise HongxianError(say("judge.no_finding", lang, fingerprint=finding))
    for subject, behaviour, point in found:
        for line in _lines(subject, behaviour, point, lang):
            click.echo(line)


def _judged(store: Store, settings: Settings, app_type: str | None) -> Report:
    from hongxian.audit.outcome import judge_store, kept_subjects
    from hongxian.reports import Origin, build_report
    from hongxian.rules.load import load_rules

    now = datetime.now(UTC).replace(tzinfo=None)
    rules = load_rules()
    settings.check_limits(rules)
    subjects = kept_subjects(store, settings, app_type)
    rulings = judge_store(store, rules, subjects, now, settings.limits)
    return build_report(store, rules, rulings, Origin(judged_at=now, version="", command=""))


def _lines(subject: Subject, behaviour: Behaviour, point: Point, lang: str) -> Iterator[str]:
    from hongxian.reports.names import word
    from hongxian.reports.wording import message

    rule = behaviour.rule
    yield f"{rule.number} {rule.title[lang]}"
    yield f"{word('verdict', point.verdict, lang)}  {point.finding.subject}"
    yield message(point, rule, lang)
    yield "; ".join(clause.cite(lang) for clause in behaviour.clauses)
    yield from _coverage(subject, behaviour, lang)
    for fact in point.evidence:
        yield ""
        yield from _fact_lines(fact, lang)


def _coverage(subject: Subject, behaviour: Behaviour, lang: str) -> Iterator[str]:
    """Say how far each scope that the rule needs was looked at."""
    from hongxian.reports.names import word

    looked = {scope.scope: scope for scope in subject.coverage}
    for name in dict.fromkeys(name for need in behaviour.rule.needs for name in need):
        scope = looked.get(name)
        status = word("status", scope.status if scope else "not_run", lang)
        why = scope.why(lang) if scope else None
        reason = f" ({why})" if why else ""
        yield f"  {name}  {word('scope', name, lang)}: {status}{reason}"


def _fact_lines(fact: Evidence, lang: str) -> Iterator[str]:
    from hongxian.reports.names import word

    kind, certainty = word("kind", fact.kind, lang), word("certainty", fact.certainty, lang)
    yield f"  {fact.id}  {kind} · {certainty} · {fact.sensor}"
    for name in ("item", "info", "actor", "recipient", "phase", "seen_at", "locator", "artefact"):
        value = getattr(fact, name)
        if value is not None:
            yield f"    {name:<10} {value}"
    edges = [*fact.edges, ""]
    for depth, frame in enumerate(fact.path):
        yield f"    {'  ' * depth}{frame}" + (f"  [{edges[depth]}]" if edges[depth] else "")
