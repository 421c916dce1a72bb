"""Rule 3.1 on a million facts whose truth is known by construction.

Each group (subject, PI type) holds five reads of one class; each subject is of one way of being
asked. What the rule must say follows from the two alone, and no other group may be named.
"""

from __future__ import annotations

from datetime import date, datetime

import numpy as np
import pytest

from hongxian.facts import Coverage, Run, Store
from hongxian.judge.reference import reference_tables
from hongxian.judge.run import Ruling, judge
from hongxian.judge.views import prepare
from hongxian.rules.load import find_rule

SUBJECTS, INFOS, READS = 20_000, 10, 5
ON = datetime(2026, 11, 1)  # noqa: DTZ001 - the store keeps times without a zone
CONSENT = 1_800_000_000_000_000
"""Microseconds since 1970 at which those who were asked agreed."""

ASKED = ("agreed", "agreed_unknown_when", "never_watched", "never_unwatched")
HOUR, STEP = 3_600_000_000, 1
MOMENTS = {
    "long_before": -HOUR, "just_before": -STEP, "same_moment": 0, "just_after": STEP,
    "long_after": HOUR, "no_time": None, "no_time_before": None, "no_time_after": None,
}  # fmt: skip
PHASES = {"no_time_before": "before_prompt", "no_time_after": "after_consent"}

Judged = tuple[dict[str, np.ndarray], list[Ruling]]
"""The world as drawn, and what the rule said of it."""


def truth(asked: str, moment: str) -> str:
    """The verdict that the law gives on a group, written down independently of the rule."""
    if moment == "no_time_before":
        return "violated"
    if moment == "no_time_after":
        return "satisfied"
    if asked == "never_watched":
        return "violated"
    if asked != "agreed" or moment == "no_time":
        return "unclear"
    return "violated" if moment in ("long_before", "just_before") else "satisfied"


def world() -> dict[str, np.ndarray]:
    """Draw how each subject was asked, and the class of each of its groups."""
    rng = np.random.default_rng(31)
    return {
        "asked": rng.integers(0, len(ASKED), SUBJECTS),
        "moment": rng.integers(0, len(MOMENTS), (SUBJECTS, INFOS)),
    }


def write(store: Store, drawn: dict[str, np.ndarray]) -> int:
    """Write the world as facts; DuckDB spells the names out of the numbers."""
    run = Run(sensor="session", subject="world", started_at=ON)
    store.begin(run)
    shape = (SUBJECTS, INFOS, READS)
    count = SUBJECTS * INFOS * READS
    offsets = np.array([0 if step is None else step for step in MOMENTS.values()])
    spread = np.broadcast_to(drawn["moment"][..., None], shape).ravel()
    reads = {
        "n": np.arange(count),
        "subject": np.repeat(np.arange(SUBJECTS), INFOS * READS),
        "info": np.tile(np.repeat(np.arange(INFOS), READS), SUBJECTS),
        "moment": spread,
        "micros": CONSENT + offsets[spread],
    }
    names = list(MOMENTS)
    store.con.register("reads", reads)
    store.con.execute(
        "insert into main.facts (fact_id, run, subject, sensor, kind, item, info, actor, phase, "
        "seen_at, certainty, detail) select 'r' || n, ?, 'app:' || subject, 'session', 'collect', "
        "'api', 'info.' || info, 'first_party', "
        "case when moment = ? then 'before_prompt' when moment = ? then 'after_consent' "
        "else 'unknown' end, case when moment < ? then make_timestamp(micros) end, 'seen', '{}' "
        "from reads",
        [run.run, *(names.index(name) for name in PHASES), names.index("no_time")],
    )
    store.con.register("askings", {"subject": np.arange(SUBJECTS), "asked": drawn["asked"]})
    store.con.execute(
        "insert into main.facts (fact_id, run, subject, sensor, kind, item, phase, seen_at, "
        "certainty, detail) select 'c' || subject, ?, 'app:' || subject, 'session', 'consent', "
        "'policy', 'unknown', case when asked = 0 then make_timestamp(?) end, 'seen', '{}' "
        "from askings where asked < 2",
        [run.run, CONSENT],
    )
    watched = np.flatnonzero(drawn["asked"] == ASKED.index("never_watched"))
    store.add_coverage(
        run,
        [Coverage(subject=f"app:{n}", scope="session.start", status="ran") for n in watched],
    )
    return count


@pytest.fixture(scope="module")
def judged() -> Judged:
    drawn = world()
    store = Store(threads=2)
    assert write(store, drawn) == 1_000_000
    rule = find_rule("3.1")
    subjects = [(f"app:{n}", None, ON) for n in range(SUBJECTS)]
    prepare(store, reference_tables(subjects, [rule], {}, date(2026, 11, 1)))
    rulings = judge(store, [rule])
    store.close()
    return drawn, rulings


def expected(drawn: dict[str, np.ndarray], verdict: str) -> set[tuple[str, str]]:
    return {
        (f"app:{subject}", f"info.{info}")
        for subject, asked in enumerate(drawn["asked"])
        for info, moment in enumerate(drawn["moment"][subject])
        if truth(ASKED[asked], list(MOMENTS)[moment]) == verdict
    }


@pytest.mark.parametrize("verdict", ["violated", "unclear", "satisfied"])
def test_exactly_the_groups_of_that_verdict_are_found(judged: Judged, verdict: str) -> None:
    drawn, rulings = judged
    found = {
        (finding.subject, finding.columns["info"])
        for ruling in rulings
        for finding in ruling.findings
        if finding.verdict == verdict
    }
    assert found == expected(drawn, verdict)


def test_each_group_cites_its_five_reads_and_nothing_else(judged: Judged) -> None:
    _, rulings = judged
    cited = [fact for r in rulings for finding in r.findings for fact in finding.evidence]
    assert len(cited) == len(set(cited)) == 1_000_000
    for finding in rulings[0].findings:
        assert len({int(fact[1:]) // READS for fact in finding.evidence}) == 1


def test_a_subject_is_as_bad_as_its_worst_group(judged: Judged) -> None:
    drawn, rulings = judged
    violated = {subject for subject, _ in expected(drawn, "violated")}
    assert {r.subject for r in rulings if r.verdict == "violated"} == violated
    unclear = {subject for subject, _ in expected(drawn, "unclear")} - violated
    assert unclear <= {r.subject for r in rulings if r.verdict == "unclear"}
