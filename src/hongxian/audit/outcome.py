"""From facts to a verdict of the whole run: judge a store's subjects, and the exit code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.errors import Exit
from hongxian.facts import Fact, Run, Store
from hongxian.judge.engine import engine_of
from hongxian.judge.reference import reference_tables
from hongxian.judge.run import judge
from hongxian.judge.views import prepare
from hongxian.laws.app_types import load_app_types

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import datetime

    from hongxian.audit.policies import PolicyRun
    from hongxian.audit.settings import Settings
    from hongxian.facts import Coverage
    from hongxian.judge.engine import AnyStore
    from hongxian.judge.run import Ruling
    from hongxian.rules.load import Rule
    from hongxian.sensors.app.sense import Sensed

SEVERITIES = ("low", "medium", "high")


def keep_run(
    store: Store,
    run: Run,
    facts: Sequence[Fact],
    coverage: Sequence[Coverage],
    partial: Collection[str],
) -> None:
    """Write what a sensor or a guard found, and how far it got, as one run.

    Args:
        store: where to.
        run: the run, which has not begun.
        facts: what was found.
        coverage: how far it got.
        partial: why the run is not whole; nothing when it is.
    """
    store.begin(run)
    store.add_facts(run, facts)
    store.add_coverage(run, coverage)
    store.finish(run, *(("partial", "; ".join(partial)) if partial else ()))


def partly(coverage: Coverage) -> list[str]:
    """Return why one scope was not looked at in full; nothing when it was, or was not at all."""
    return [coverage.reason or ""] if coverage.status == "partial" else []


def keep(store: Store, sensed: Sensed, app_type: str | None = None) -> None:
    """Write what the app sensor found, and how far it got, as one run.

    Args:
        store: where to.
        sensed: what the sensor made of a package.
        app_type: key of the type that the app is judged as, so that it can be judged again.
    """
    run = Run(sensor="app", subject=sensed.subject, artefact=sensed.artefact)
    facts = list(sensed.facts)
    if app_type:
        told = Fact(
            subject=sensed.subject, sensor="app", kind="trait", item="app_type",
            certainty="declared", artefact=sensed.artefact, detail={"value": app_type},
        )  # fmt: skip
        facts.append(told)
    keep_run(store, run, facts, sensed.coverage(), sensed.partial)


def keep_policy(store: Store, policy: PolicyRun) -> None:
    """Write what the policy sensor found, and how far it got, as one run.

    Whatever the documents, a newer run takes the place of an older one: a subject has one policy.
    """
    run = Run(sensor="policy", subject=policy.subject, artefact="policy")
    partial = [one.scope for one in policy.coverage if one.status == "partial"]
    keep_run(store, run, policy.facts, policy.coverage, partial)


def kept_subjects(
    store: AnyStore, settings: Settings, asked: str | None
) -> list[tuple[str, str | None]]:
    """Return every subject of a store with the key of its app type.

    Args:
        store: holds the facts.
        settings: its types come before what the store keeps.
        asked: the type of all of them, as the command line says it; comes before everything.
    """
    rows = engine_of(store).told_types()
    app_type, known = settings.app_type(asked), load_app_types()
    return [
        (name, app_type or settings.type_of(name) or (kept if kept in known else None))
        for name, kept in rows
    ]


def is_own(ruling: Ruling) -> bool:
    """Whether a rule is for the kind of its subject: rules of stores are for stores alone."""
    return ruling.subject.startswith("store:") is ruling.rule.startswith("store.")


def judge_store(
    store: AnyStore,
    rules: Sequence[Rule],
    subjects: Iterable[tuple[str, str | None]],
    judged_at: datetime,
    limits: Mapping[str, float],
) -> list[Ruling]:
    """Judge subjects of a store.

    Args:
        store: holds the facts.
        rules: the rules to judge by.
        subjects: pairs (subject, key of its app type or ``None``).
        judged_at: the day whose law counts.
        limits: thresholds as the configuration changed them.
    """
    publish(store, rules, subjects, judged_at, limits)
    return judge(store, rules)


def shown(
    store: AnyStore,
    rules: Sequence[Rule],
    subjects: Iterable[tuple[str, str | None]],
    judged_at: datetime,
    limits: Mapping[str, float],
) -> Store:
    """Return the store that a report on judged subjects is made from; arguments as they were.

    What Spark holds on these subjects is brought to this machine.
    """
    if isinstance(store, Store):
        return store
    rows = list(subjects)
    local = store.local(subject for subject, _ in rows)
    publish(local, rules, rows, judged_at, limits)
    return local


def publish(
    store: AnyStore,
    rules: Sequence[Rule],
    subjects: Iterable[tuple[str, str | None]],
    judged_at: datetime,
    limits: Mapping[str, float],
) -> None:
    """Publish to the rules what is to be judged; arguments as of :func:`judge_store`."""
    rows = [(subject, app_type, judged_at) for subject, app_type in subjects]
    prepare(store, reference_tables(rows, rules, dict(limits), judged_at.date()))


def exit_code(
    rulings: Iterable[Ruling],
    rules: Iterable[Rule],
    *,
    fail_on: str = "low",
    strict: bool = False,
    failed: bool = False,
) -> Exit:
    """Return the exit code: violated comes before a failed sensor, that before unclear.

    Args:
        rulings: the verdicts.
        rules: give the severities.
        fail_on: severity from which a violation counts.
        strict: whether something unclear counts.
        failed: whether a sensor could not read something.
    """
    severity = {rule.id: SEVERITIES.index(rule.severity) for rule in rules}
    least = SEVERITIES.index(fail_on)
    found = list(rulings)
    for ruling in found:
        if ruling.verdict == "violated" and severity[ruling.rule] >= least and _open(ruling):
            return Exit.VIOLATED
    if failed:
        return Exit.SENSOR
    if strict and any(ruling.verdict == "unclear" for ruling in found):
        return Exit.UNCLEAR
    return Exit.CLEAN


def _open(ruling: Ruling) -> bool:
    """Whether a violation is not wholly covered by the accept file."""
    violated = [f for f in ruling.findings if f.verdict == "violated"]
    return not violated or any(f.fingerprint not in ruling.accepted for f in violated)
