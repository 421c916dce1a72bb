"""A scan of stores from end to end: what was sensed is kept, judged and reported."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from hongxian.audit.outcome import exit_code, judge_store, keep_policy, keep_run, partly
from hongxian.audit.policies import run_of
from hongxian.audit.report import accepted
from hongxian.facts import Coverage, Fact, Run
from hongxian.facts.reason import Reason
from hongxian.reports import Origin, build_report, deliver
from hongxian.reports.store import build_inventory, render
from hongxian.rules.load import load_store_rules
from hongxian.sensors.store.scan import SCOPE
from hongxian.words import say
from hongxian.words.mask import warn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from hongxian.errors import Exit
    from hongxian.facts import Store
    from hongxian.judge.run import Ruling
    from hongxian.rules.load import Rule
    from hongxian.sensors.store.absent import Absent
    from hongxian.sensors.store.scan import Scanned

DELETED = "store.deleted"


def keep_scan(store: Store, scanned: Scanned, absent: Absent | None) -> None:
    """Write what the store sensor found, and how far it got, as one run.

    Whatever the tables, a newer scan takes the place of an older one: a subject has one store.
    """
    run = Run(sensor="store", subject=scanned.subject, artefact=SCOPE)
    facts = scanned.facts()
    if absent is not None and not any(fact.kind == "delete" for fact in facts):
        facts.append(_gone(scanned.subject, absent))
    coverage = scanned.coverage()
    keep_run(store, run, facts, [coverage, _looked(coverage, absent)], partly(coverage))


def _gone(subject: str, absent: Absent) -> Fact:
    return Fact(
        subject=subject, sensor="store", kind="delete", outcome="done", item=SCOPE,
        amount=float(len(absent.keys)), unit="person", artefact=SCOPE,
    )  # fmt: skip


def _looked(coverage: Coverage, absent: Absent | None) -> Coverage:
    """Return how far persons were looked for who should be gone: a sample is no proof."""
    reasons: tuple[Reason, ...] = ()
    status = "ran"
    if absent is None:
        status, reasons = "not_run", (Reason("store.no_deleted"),)
    elif coverage.reason:
        told = coverage.detail.get("reasons", [])
        reasons = tuple(
            Reason(one["word"], one.get("values", {}), one.get("where")) for one in told
        )
        status = "partial"
    return Coverage(
        subject=coverage.subject, scope=DELETED, status=status, reasons=reasons, artefact=SCOPE
    )


def keep_policies(store: Store, subject: str, paths: Sequence[Path]) -> None:
    """Read the policies that a store is compared with, and write their facts.

    Raises:
        HongxianError: one of them cannot be read.
    """
    from hongxian.sensors.policy.sense import sense_policy  # noqa: PLC0415 - heavy

    keep_policy(store, run_of(sense_policy(paths, subject)))


def finish_scan(
    store: Store,
    scanned: Scanned,
    chosen: dict[str, Any],
    limits: Mapping[str, float] | None = None,
) -> Exit:
    """Judge a scan, write the report and return the exit code.

    Args:
        store: holds the facts.
        scanned: what the sensor found.
        chosen: the options.
        limits: thresholds of rules, as the configuration changed them.
    """
    now = datetime.now(UTC).replace(tzinfo=None)
    rules = load_store_rules()
    rulings = judge_store(store, rules, [(scanned.subject, None)], now, limits or {})
    rulings = [one for one in rulings if one.subject == scanned.subject]
    rulings = accepted(rulings, chosen, now)
    report = build_report(store, rules, rulings, _origin(now))
    form = chosen.get("form") or "table"
    text = render(build_inventory(scanned), report, form, chosen["lang"])
    coding = "utf-8-sig" if form == "csv" else "utf-8"
    deliver(text, chosen.get("output"), chosen["lang"], coding)
    return _code(rulings, rules, scanned, chosen)


def _code(
    rulings: list[Ruling], rules: tuple[Rule, ...], scanned: Scanned, chosen: dict[str, Any]
) -> Exit:
    failed = bool(scanned.problems) or any(table.reasons for table in scanned.tables)
    for reason in scanned.reasons() if chosen.get("form") not in (None, "table") else ():
        if reason.word != "store.sampled":
            warn(say("store.failed", chosen["lang"], line=reason.say(chosen["lang"])))
    return exit_code(
        rulings, rules, fail_on=chosen.get("fail_on") or "low",
        strict=bool(chosen.get("strict")), failed=failed and not scanned.tables,
    )  # fmt: skip


def _origin(now: datetime) -> Origin:
    words = [word for word in sys.argv[1:] if "://" not in word]  # an address may hold a password
    return Origin(
        judged_at=now, version=version("hongxian"), command=" ".join(["hongxian", *words])
    )
