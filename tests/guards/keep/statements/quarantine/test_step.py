from __future__ import annotations

from hongxian.guards.keep.statements.quarantine.step import CannotError, Step


def test_a_step_runs_its_statement_unless_it_answers_for_it() -> None:
    assert Step("delete", ("a",), ("b",), kept=("t",)).all == ("a", "delete", "b")
    moved = Step("drop", ("a",), tag="DROP TABLE")
    assert moved.all == ("a",)
    assert not moved.keeps


def test_what_cannot_be_says_why() -> None:
    error = CannotError("no_key", "public.t")
    assert (
        error.reason.say("en") == "public.t has no key that stays: its rows could not be put back"
    )
