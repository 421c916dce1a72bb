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
    from collections.abc import Iterator, Sequence

    from hongxian.audit.settings import Settings
    from hongxian.facts import Store
    from hongxian.reports.model import Behaviour, Evidence, Point, Report, Subject
    from hongxian.reports.session import Session
    from hongxian.reports.stacks import Stack


MOST_FACTS = 12
"""Facts that are told in full; further ones are counted."""


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
    from hongxian.audit.outcome import is_own, judge_store, kept_subjects
    from hongxian.reports import Origin, build_report
    from hongxian.rules.load import load_every_rule

    now = datetime.now(UTC).replace(tzinfo=None)
    rules = load_every_rule()
    settings.check_limits(rules)
    subjects = kept_subjects(store, settings, app_type)
    rulings = judge_store(store, rules, subjects, now, settings.limits)
    rulings = [one for one in rulings if is_own(one)]
    return build_report(store, rules, rulings, Origin(judged_at=now, version="", command=""))


def _lines(subject: Subject, behaviour: Behaviour, point: Point, lang: str) -> Iterator[str]:
    from hongxian.reports.names import word
    from hongxian.reports.stacks import stacks_of
    from hongxian.reports.wording import message

    rule = behaviour.rule
    yield f"{rule.number} {rule.title[lang]}"
    yield f"{word('verdict', point.verdict, lang)}  {point.finding.subject}"
    yield message(point, rule, lang)
    yield "; ".join(clause.cite(lang) for clause in behaviour.clauses)
    yield from _coverage(subject, behaviour, lang)
    for fact in point.evidence[:MOST_FACTS]:
        yield ""
        yield from _fact_lines(fact, lang)
    if len(point.evidence) > MOST_FACTS:
        yield say("report.s_left_out", lang, count=len(point.evidence) - MOST_FACTS)
    for facts, stack in stacks_of(point.evidence, subject.about):
        yield ""
        yield from _stack_lines(facts, stack, lang)
    for session in subject.sessions:
        yield from _around(session, point, lang)


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


def _stack_lines(facts: Sequence[Evidence], stack: Stack, lang: str) -> Iterator[str]:
    """Show a call stack, innermost frame first, with whose code each frame is."""
    from hongxian.reports.names import actor_name
    from hongxian.words.table import pad

    yield f"  {say('report.f_stack', lang)}: {' '.join(fact.id for fact in facts[:MOST_FACTS])}"
    for frame in stack.frames:
        mark = "►" if frame.deciding else " "
        yield f"    {mark} {pad(actor_name(frame.owner, lang), 22)}  {frame.name}"
    if stack.more:
        yield f"      {say('report.f_frames', lang, count=stack.more)}"


def _around(session: Session, point: Point, lang: str) -> Iterator[str]:
    """Show the moments of a finding among the choices and what lies next to them."""
    from hongxian.reports.names import lane_name
    from hongxian.reports.sessions import lane_of
    from hongxian.reports.wording import since, what
    from hongxian.words.table import pad

    own = {fact.id for fact in point.evidence}
    places = _places(session, own)
    if not places:
        return
    yield ""
    yield f"  {say('report.s_around', lang)}"
    last = places[0]
    for place in places:
        if place > last + 1:
            yield "        " + say("report.s_left_out", lang, count=place - last - 1)
        moment = session.moments[place]
        mark = "►" if moment.fact.id in own else " "
        who = pad(lane_name(lane_of(moment.fact), lang), 18)
        yield f"    {mark} {since(session, moment, lang):>12}  {who}  {what(moment.fact, lang)}"
        last = place


def _places(session: Session, own: set[str]) -> list[int]:
    """Return which moments to show: the finding's first, choices, and a neighbour on each side."""
    from hongxian.reports.sessions import is_choice

    facts = [moment.fact for moment in session.moments]
    cited = [place for place, fact in enumerate(facts) if fact.id in own][:MOST_FACTS]
    if not cited:
        return []
    chosen = [place for place, fact in enumerate(facts) if is_choice(fact)]
    near = {place + step for place in cited + chosen for step in (-1, 0, 1)}
    return sorted(place for place in near if 0 <= place < len(facts))
