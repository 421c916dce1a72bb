"""Runs rules over the facts of all subjects at once and folds the rows to rulings."""

from __future__ import annotations

import gc
import hashlib
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from hongxian.judge.engine import engine_of
from hongxian.judge.fold import fold, unmet
from hongxian.rules.load import VERDICTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hongxian.judge.engine import AnyStore, Engine
    from hongxian.rules.load import Rule


GROUP = ("info", "actor", "item", "recipient")
FURTHER = ("purpose", "promise")
"""Columns that say what a finding is about, the latter where a rule has them; figures and moments
change from run to run."""


class Finding(NamedTuple):
    """One row of a rule: a verdict on one group of facts."""

    rule: str
    subject: str
    verdict: str
    evidence: tuple[str, ...]
    """Fact ids, sorted."""
    columns: dict[str, Any]
    """The other columns that the rule returned: info, actor, item ..."""

    @property
    def group(self) -> tuple[Any, ...]:
        """What the finding is about: the columns that tell it from others of rule and subject."""
        return tuple(map(self.columns.get, GROUP + FURTHER))

    @property
    def fingerprint(self) -> str:
        """Stable name of the finding over runs and versions: hash(rule, subject name, group).

        The subject's version and file hash are left out, so that a finding that stays over a
        release keeps its fingerprint. No two findings of a ruling have the same.
        """
        parts = [self.rule, self.subject.split("@", 1)[0]]
        parts += [str(self.columns.get(name)) for name in GROUP]
        parts += [str(self.columns[name]) for name in FURTHER if self.columns.get(name)]
        return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """The folded verdict of one rule on one subject."""

    rule: str
    subject: str
    verdict: str
    findings: tuple[Finding, ...] = ()
    missing: tuple[tuple[str, ...], ...] = ()
    """Needs that no coverage met: each a choice of scopes, any of which would do."""
    unlooked: tuple[str, ...] = ()
    """Scopes among the rule's needs that nobody looked at in full, choices included."""
    answer: str | None = None
    """Fact id of the person's answer that settled it, if one did."""
    accepted: tuple[str, ...] = field(default=())
    """Fingerprints of findings that an accept file covers."""


def judge(store: AnyStore, rules: Sequence[Rule], *, every_row: bool = False) -> list[Ruling]:
    """Judge every subject of the store by every rule; :func:`prepare` must have run.

    A rule may say of one group that it was kept at one moment and broken at another. What was
    broken is the finding then: of each group the worst rows stay, as one finding, so that a
    fingerprint means one finding alone.

    Args:
        store: holds the facts.
        rules: the rules to judge by.
        every_row: leave each row of a rule as a finding of its own, as its cases need it.

    Returns:
        Rulings ordered by subject, then by rule.

    Raises:
        HongxianError: a rule's SQL does not run; names the rule.
    """
    engine = engine_of(store)
    subjects = [row[0] for row in engine.select("select subject from subjects order by subject")]
    scopes, answers = covered(store), answers_of(engine)
    with _uncollected():
        by_rule = [
            _rulings(rule, _findings(engine, rule), subjects, scopes, answers) for rule in rules
        ]
        rulings = [ruling for row in zip(*by_rule, strict=True) for ruling in row]
        return rulings if every_row else [_merged(ruling) for ruling in rulings]


@contextmanager
def _uncollected() -> Iterator[None]:
    """Hold the garbage collector back: all that is made meanwhile is kept, and it is much."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _rulings(
    rule: Rule,
    found: dict[str, list[Finding]],
    subjects: Sequence[str],
    looked: dict[str, frozenset[str]],
    answers: dict[tuple[str, str], tuple[str, str]],
) -> list[Ruling]:
    """Return a rule's ruling on each subject, in their order."""
    missing: dict[frozenset[str], tuple[tuple[str, ...], ...]] = {}
    unlooked: dict[frozenset[str], tuple[str, ...]] = {}
    rulings = []
    for subject in subjects:
        scopes = looked.get(subject, frozenset())
        if scopes not in missing:
            missing[scopes] = unmet(rule.needs, scopes)
            unlooked[scopes] = tuple(s for n in rule.needs for s in n if s not in scopes)
        findings = tuple(found.get(subject, ()))
        answer = answers.get((subject, rule.id))
        verdict, settled = fold([f.verdict for f in findings], missing[scopes], answer)
        rulings.append(
            Ruling(
                rule=rule.id, subject=subject, verdict=verdict, findings=findings,
                missing=missing[scopes], unlooked=unlooked[scopes], answer=settled,
            )
        )  # fmt: skip
    return rulings


def _findings(engine: Engine, rule: Rule) -> dict[str, list[Finding]]:
    """Return what a rule says, by subject."""
    names, rows = engine.ruled(rule)
    found: dict[str, list[Finding]] = defaultdict(list)
    for subject, verdict, evidence, *values in rows:
        columns = dict(zip(names, values, strict=True))
        found[subject].append(Finding(rule.id, subject, verdict, tuple(evidence or ()), columns))
    return found


def _merged(ruling: Ruling) -> Ruling:
    """Leave one finding of each group: the worst, with the evidence of all that are as bad."""
    if len(ruling.findings) < 2:
        return ruling
    worst: dict[tuple[Any, ...], Finding] = {}
    for finding in ruling.findings:
        other = worst.setdefault(finding.group, finding)
        if other is not finding:
            worst[finding.group] = _worse(other, finding)
    if len(worst) == len(ruling.findings):
        return ruling
    return replace(ruling, findings=tuple(worst.values()))


def _worse(one: Finding, other: Finding) -> Finding:
    ranks = VERDICTS.index(one.verdict), VERDICTS.index(other.verdict)
    if ranks[0] != ranks[1]:
        return one if ranks[0] < ranks[1] else other
    return one._replace(evidence=tuple(sorted({*one.evidence, *other.evidence})))


def covered(store: AnyStore) -> dict[str, frozenset[str]]:
    """Return the scopes that were looked at in full, per subject; :func:`prepare` must have run."""
    rows = engine_of(store).select(
        "select subject, array_agg(distinct scope) from coverage where status = 'ran' "
        "group by subject"
    )
    return {subject: frozenset(scopes) for subject, scopes in rows}


def answers_of(engine: Engine) -> dict[tuple[str, str], tuple[str, str]]:
    """Return the newest answer in force per subject and rule: verdict and fact id.

    :func:`hongxian.judge.views.prepare` must have run.
    """
    rows = engine.select(
        "select f.subject, f.item, f.outcome, f.fact_id from facts as f "
        "join subjects as s on s.subject = f.subject "
        "where f.kind = 'answer' and (f.effective_at is null or f.effective_at <= s.judged_at) "
        "order by f.effective_at nulls first, f.recorded_at"
    )
    return {(subject, rule): (verdict, fact) for subject, rule, verdict, fact in rows}
