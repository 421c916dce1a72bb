"""Runs rules over the facts of all subjects at once and folds the rows to rulings."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import duckdb

from hongxian.errors import HongxianError
from hongxian.judge.fold import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hongxian.facts import Store
    from hongxian.rules.load import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One row of a rule: a verdict on one group of facts."""

    rule: str
    subject: str
    verdict: str
    evidence: tuple[str, ...]
    """Fact ids, sorted."""
    columns: dict[str, Any]
    """The other columns that the rule returned: info, actor, item ..."""

    @property
    def fingerprint(self) -> str:
        """Stable name of the finding over runs and versions: hash(rule, subject name, group).

        The subject's version and file hash are left out, so that a finding that stays over a
        release keeps its fingerprint.
        """
        parts = [self.rule, self.subject.split("@", 1)[0]]
        parts += [str(self.columns.get(key)) for key in ("info", "actor", "item", "recipient")]
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
    answer: str | None = None
    """Fact id of the person's answer that settled it, if one did."""
    accepted: tuple[str, ...] = field(default=())
    """Fingerprints of findings that an accept file covers."""


def judge(store: Store, rules: Sequence[Rule]) -> list[Ruling]:
    """Judge every subject of the store by every rule; :func:`prepare` must have run.

    Returns:
        Rulings ordered by subject, then by rule.

    Raises:
        HongxianError: a rule's SQL does not run; names the rule.
    """
    subjects = [row[0] for row in store.con.execute(
        "select subject from subjects order by subject").fetchall()]
    covered = _covered(store)
    answers = _answers(store)
    rulings: list[Ruling] = []
    for rule in rules:
        found = _findings(store, rule)
        for subject in subjects:
            scopes = covered.get(subject, frozenset())
            missing = tuple(tuple(need) for need in rule.needs if not scopes.intersection(need))
            answer = answers.get((subject, rule.id))
            findings = tuple(found.get(subject, ()))
            verdict, settled = fold([f.verdict for f in findings], missing, answer)
            rulings.append(
                Ruling(
                    rule=rule.id, subject=subject, verdict=verdict, findings=findings,
                    missing=missing, answer=settled,
                )
            )  # fmt: skip
    order = {rule.id: place for place, rule in enumerate(rules)}
    return sorted(rulings, key=lambda ruling: (ruling.subject, order[ruling.rule]))


def _findings(store: Store, rule: Rule) -> dict[str, list[Finding]]:
    try:
        rows = store.rows(rule.sql)
    except duckdb.Error as error:
        raise HongxianError(f"{rule.source}: {str(error).splitlines()[0]}") from None
    found: dict[str, list[Finding]] = defaultdict(list)
    for row in rows:
        subject, verdict = row.pop("subject"), row.pop("verdict")
        evidence = tuple(sorted(set(row.pop("evidence") or ()) - {None}))
        found[subject].append(
            Finding(rule=rule.id, subject=subject, verdict=verdict, evidence=evidence, columns=row)
        )
    for findings in found.values():
        findings.sort(key=lambda f: (f.fingerprint, f.evidence))
    return found


def _covered(store: Store) -> dict[str, frozenset[str]]:
    """Return the scopes that ran in full, per subject."""
    rows = store.con.execute(
        "select subject, list(distinct scope) from coverage where status = 'ran' group by subject"
    ).fetchall()
    return {subject: frozenset(scopes) for subject, scopes in rows}


def _answers(store: Store) -> dict[tuple[str, str], tuple[str, str]]:
    """Return the newest answer in force per subject and rule: verdict and fact id."""
    rows = store.con.execute(
        "select f.subject, f.item, f.outcome, f.fact_id from facts as f "
        "join subjects as s on s.subject = f.subject "
        "where f.kind = 'answer' and (f.effective_at is null or f.effective_at <= s.judged_at) "
        "order by f.effective_at nulls first, f.recorded_at"
    ).fetchall()
    return {(subject, rule): (verdict, fact) for subject, rule, verdict, fact in rows}
