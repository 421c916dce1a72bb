from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.guards.keep.statements.said import said

if TYPE_CHECKING:
    from hongxian.guards.keep.statements.catalog import Catalog


def test_bodies_within_bodies_are_followed_so_far_and_no_further() -> None:
    from hongxian.guards.keep.statements.catalog import Catalog, Function

    def chain(length: int) -> Catalog:
        made = [Function("a", f"f{n}", body=f"select a.f{n + 1}()") for n in range(length)]
        return Catalog.of(functions=[*made, Function("a", f"f{length}", body="select 1")])

    assert said("select a.f0()", chain(5)) == ("safe", set())
    assert said("select a.f0()", chain(60)) == ("unknown", {"too_deep"})


def test_triggers_run_when_they_are_enabled() -> None:
    from hongxian.guards.keep.statements.catalog import Catalog, Function, Relation, Trigger

    def made(enabled: str, when: str = "") -> Catalog:
        trigger = Trigger("t", ("a", "f"), frozenset({"insert"}), when, enabled)
        return Catalog.of(
            functions=[Function("a", "f", language="plpgsql", body="begin truncate a.t; end",
                                returns="trigger")],
            relations=[Relation("a", "t", triggers=(trigger,))],
        )  # fmt: skip

    sql = "insert into a.t values (1)"
    assert said(sql, made("O")) == ("destructive", {"truncate"})
    assert said(sql, made("A")) == ("destructive", {"truncate"})
    assert said(sql, made("D")) == ("safe", set())
    assert said(sql, made("R")) == ("safe", set())
    assert said(sql, made("O", "nope()"))[0] == "unknown"
    gone = Catalog.of(relations=made("O").all_relations())
    assert said(sql, gone) == ("unknown", {"function_unknown"})


def test_event_triggers_run_on_definitions() -> None:
    from hongxian.guards.keep.statements.catalog import Catalog, EventTrigger, Function, Relation

    def made(enabled: str) -> Catalog:
        return Catalog.of(
            functions=[Function("a", "f", language="plpgsql", body="begin truncate a.t; end",
                                returns="event_trigger")],
            relations=[Relation("a", "t")],
            event_triggers=[EventTrigger("e", ("a", "f"), enabled)],
        )  # fmt: skip

    assert said("create table x (a int)", made("O")) == ("destructive", {"truncate"})
    assert said("create table x (a int)", made("D")) == ("safe", set())
    assert said("select 1", made("O")) == ("safe", set())


def test_rows_of_partitions_are_added_up() -> None:
    from hongxian.guards.keep.statements.catalog import Catalog, Relation
    from hongxian.guards.keep.statements.postgres.judge import Judge

    def rows(*counts: float | None, kind: str = "p") -> float | None:
        names = [f"c{n}" for n in range(len(counts))]
        tables = [
            Relation("a", name, rows=count) for name, count in zip(names, counts, strict=True)
        ]
        parent = Relation("a", "t", kind, rows=5, children=tuple(("a", name) for name in names))
        return Judge(Catalog.of(relations=[parent, *tables])).rows(parent)

    assert rows(1, 2) == 3
    assert rows(1, 2, kind="r") == 8
    assert rows(1, None) is None
    assert rows() == 5


def test_with_too_much_kept_all_is_forgotten(
    monkeypatch: pytest.MonkeyPatch, shop: Catalog
) -> None:
    from hongxian.guards.keep.statements.postgres import judge

    monkeypatch.setattr(judge, "MOST_KEPT", 3)
    assert said("select trap.wipe_deep(), * from trap.twice", shop)[0] == "destructive"
    made = judge.Judge(shop)
    for n in range(9):
        made.once(n, lambda found: None)  # noqa: ARG005 - work that finds nothing
    assert len(made.kept) <= 3


def test_what_comes_back_to_itself_is_whole_from_wherever_it_is_called() -> None:
    from hongxian.guards.keep.statements.catalog import Catalog, Function, Relation, Trigger
    from hongxian.guards.keep.statements.classify import Classifier

    functions = [
        Function("a", "one", body="select a.two(); truncate a.t"),
        Function("a", "two", body="select a.one()"),
        Function("a", "on_t", language="plpgsql", returns="trigger",
                 body="begin insert into a.u values (1); truncate a.t; return null; end"),
        Function("a", "on_u", language="plpgsql", returns="trigger",
                 body="begin insert into a.v values (1); return null; end"),
        Function("a", "down", body="delete from a.t where id = 5; select a.down()"),
    ]  # fmt: skip
    fires = {"v": "on_t", "u": "on_u"}
    relations = [
        Relation("a", name, triggers=(Trigger("x", ("a", fires[name]), frozenset({"insert"})),)
                 if name in fires else ())
        for name in ("t", "u", "v")
    ]  # fmt: skip
    catalog = Catalog.of(functions=functions, relations=relations)
    for texts in (("select a.one()", "select a.two()"), ("select a.two()", "select a.one()"),
                  ("insert into a.v values (1)", "insert into a.u values (1)"),
                  ("insert into a.u values (1)", "insert into a.v values (1)")):  # fmt: skip
        kept = Classifier(catalog)
        assert [kept.classify(sql).verdict.name for sql in texts] == ["DESTRUCTIVE"] * 2
    assert "many_calls" in said("select a.down()", catalog)[1]


def test_what_broke_off_is_not_kept(shop: Catalog) -> None:
    from hongxian.guards.keep.statements.postgres.judge import Judge

    made = Judge(shop)

    def broken(_: object) -> None:
        raise RecursionError

    for _ in range(2):
        with pytest.raises(RecursionError):
            made.once("x", broken)
    assert not made.kept
    assert not made.running


def test_nobody_estimates_unless_asked() -> None:
    from hongxian.guards.keep.statements.postgres.judge import no_estimate

    no_estimate("x")
