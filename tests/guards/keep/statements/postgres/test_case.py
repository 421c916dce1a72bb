from __future__ import annotations

from hongxian.guards.keep.statements.postgres.case import TOP, Case
from hongxian.guards.keep.statements.verdict import Reason, Touched, Verdict


def test_the_worst_reason_decides() -> None:
    case = Case()
    case.add(Verdict.SAFE, "mass_all")
    assert case.statement("X", "x").reasons == ()
    case.add(Verdict.REVERSIBLE, "altered", "t")
    case.add(Verdict.DESTRUCTIVE, "drop_table", "t")
    case.add(Verdict.REVERSIBLE, "drop_table", "t")
    case.touch("table", "t", "drop")
    found = case.statement("X", "x")
    assert found.verdict is Verdict.DESTRUCTIVE
    assert found.reasons == (Reason("altered", "t"), Reason("drop_table", "t"))
    assert found.touched == (Touched("table", "t", "drop"),)
    assert not found.unproven


def test_doubt_about_rows_alone_is_noted() -> None:
    case = Case()
    case.add(Verdict.REVERSIBLE, "altered", "t")
    case.add(Verdict.DESTRUCTIVE, "mass_unproven", "t", unproven=True)
    assert case.statement("X", "x").unproven
    case.add(Verdict.DESTRUCTIVE, "cascade", "u")
    assert not case.statement("X", "x").unproven


def test_what_is_called_is_taken_over() -> None:
    inner, outer = Case(), Case()
    inner.add(Verdict.DESTRUCTIVE, "mass_unproven", "t", unproven=True)
    inner.takes_rows = inner.literal = True
    inner.touch("table", "t", "delete")
    outer.join(inner)
    assert outer.verdict is Verdict.DESTRUCTIVE
    assert outer.takes_rows
    assert outer.literal
    assert not outer.statement("X", "x").unproven  # an estimate of the call says nothing of it
    assert outer.touched == inner.touched


def test_the_top_of_a_text_runs_once() -> None:
    assert not TOP.many
    assert TOP.depth == 0
