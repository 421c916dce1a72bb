"""Answers: recorded with author, day and paper, and counted from that day on."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from hongxian.errors import HongxianError
from hongxian.facts import Store
from hongxian.judge.answers import make_answer, record_answer
from hongxian.judge.reference import reference_tables
from hongxian.judge.run import Ruling, judge
from hongxian.judge.views import prepare
from hongxian.rules.load import find_rule

if TYPE_CHECKING:
    from pathlib import Path

APP = "app:com.example.lamp@1.0#0123456789ab"
ON = datetime(2026, 11, 1)  # noqa: DTZ001 - the store keeps times without a zone
DAY = timedelta(days=1)


def ruled(store: Store, number: str) -> Ruling:
    rule = find_rule(number)
    prepare(store, reference_tables([(APP, None, ON)], [rule], {}, ON.date()))
    [ruling] = judge(store, [rule])
    return ruling


def answer(store: Store, number: str, verdict: str, since: datetime, author: str = "Li") -> str:
    fact = make_answer(find_rule(number), APP, verdict, author=author, since=since)
    return record_answer(store, fact)


def test_the_paper_is_kept_by_name_and_hash_alone(tmp_path: Path) -> None:
    paper = tmp_path / "contract.pdf"
    paper.write_bytes(b"the content stays with its owner")
    fact = make_answer(
        find_rule("5.2"),
        APP,
        "satisfied",
        author="Li",
        since=ON,
        attachment=paper,
        note="entrusted",
    )
    assert (fact.item, fact.outcome, fact.actor) == ("method.5.2", "satisfied", "Li")
    assert fact.locator == "contract.pdf"
    assert fact.artefact == hashlib.sha256(paper.read_bytes()).hexdigest()
    assert fact.detail == {"note": "entrusted"}
    assert fact.effective_at == ON


def test_a_paper_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(HongxianError, match="No such file"):
        make_answer(find_rule("5.2"), APP, "satisfied", author="Li", since=ON,
                    attachment=tmp_path / "none.pdf")  # fmt: skip


def test_an_answer_settles_what_sensors_left_open(store: Store) -> None:
    assert ruled(store, "5.2").verdict == "unclear"
    fact = answer(store, "5.2", "satisfied", ON)
    assert (ruled(store, "5.2").verdict, ruled(store, "5.2").answer) == ("satisfied", fact)


def test_an_answer_does_not_undo_what_was_seen(store: Store) -> None:
    answer(store, "3.1", "satisfied", ON)
    assert (ruled(store, "3.1").verdict, ruled(store, "3.1").answer) == ("violated", None)


def test_an_answer_counts_from_its_day_on_and_the_newest_counts(store: Store) -> None:
    answer(store, "5.2", "violated", ON + DAY)
    assert ruled(store, "5.2").verdict == "unclear"
    answer(store, "5.2", "satisfied", ON - DAY)
    answer(store, "5.2", "not_applicable", ON, author="Wang")
    assert ruled(store, "5.2").verdict == "not_applicable"


def test_an_answer_on_an_unknown_subject_names_the_known_ones(store: Store) -> None:
    fact = make_answer(find_rule("5.2"), "app:other@1#0", "satisfied", author="Li", since=ON)
    with pytest.raises(HongxianError, match=r"no subject 'app:other@1#0'.*com\.example\.lamp"):
        record_answer(store, fact)
