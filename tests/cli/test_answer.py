from __future__ import annotations

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from hongxian.cli.answer import command
from hongxian.errors import HongxianError
from hongxian.facts import Run, Store

if TYPE_CHECKING:
    from pathlib import Path

APP = "app:com.example.lamp@1.0#0123456789ab"


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    path = tmp_path / "facts.db"
    store = Store(path)
    store.begin(Run(sensor="app", subject=APP))
    store.close()
    return path


def run(facts: Path, *words: str) -> str:
    result = CliRunner().invoke(
        command, [*words, "--store", str(facts), "--lang", "en"], catch_exceptions=False
    )
    assert result.exit_code == 0, result.output
    return result.output


def test_an_answer_is_kept_with_author_day_and_hash_of_the_paper(facts: Path) -> None:
    paper = facts.parent / "contract.pdf"
    paper.write_bytes(b"signed")
    shown = run(
        facts, "5.2", "--subject", APP, "--verdict", "satisfied", "--by", "Li",
        "--since", "2026-10-01", "--attach", str(paper), "--note", "entrusted",
    )  # fmt: skip
    store = Store(facts)
    [fact] = store.rows("select * from main.facts")
    store.close()
    assert shown == f"recorded: 5.2 {APP} satisfied ({fact['fact_id']})\n"
    assert (fact["kind"], fact["item"], fact["outcome"]) == ("answer", "method.5.2", "satisfied")
    assert (fact["actor"], fact["locator"]) == ("Li", "contract.pdf")
    assert fact["effective_at"] == datetime(2026, 10, 1)  # noqa: DTZ001 - as the store keeps times
    assert fact["artefact"] == hashlib.sha256(b"signed").hexdigest()


def test_without_a_day_it_holds_from_today(facts: Path) -> None:
    run(facts, "method.6.4", "--subject", APP, "--verdict", "violated", "--by", "Li")
    store = Store(facts)
    [fact] = store.rows("select effective_at from main.facts")
    store.close()
    assert fact["effective_at"].hour == fact["effective_at"].minute == 0


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["9.9", "--subject", APP], r"no rule '9\.9'"),
        (
            ["5.2", "--subject", "app:other"],
            r"no subject 'app:other' in the store; there are: app:com",
        ),
        (["5.2", "--subject", APP, "--attach", "none.pdf"], r"none\.pdf: No such file"),
    ],
)
def test_what_does_not_fit_is_one_line(facts: Path, words: list[str], line: str) -> None:
    with pytest.raises(HongxianError, match=line):
        run(facts, *words, "--verdict", "satisfied", "--by", "Li")


def test_suspected_is_no_answer(facts: Path) -> None:
    words = ["5.2", "--subject", APP, "--verdict", "suspected", "--by", "Li", "--store", str(facts)]
    assert CliRunner().invoke(command, words).exit_code == 2


def test_a_store_is_not_made_by_mistake(tmp_path: Path) -> None:
    with pytest.raises(HongxianError, match=r"none\.db: no such file"):
        run(tmp_path / "none.db", "5.2", "--subject", APP, "--verdict", "violated", "--by", "Li")
    assert not (tmp_path / "none.db").exists()
