from __future__ import annotations

from hongxian.guards.keep.statements.catalog import (
    Catalog,
    Column,
    ForeignKey,
    Function,
    Relation,
    Type,
    bare,
    pick,
)

USERS = Relation("public", "users", columns=(Column("id", "integer"),))
OTHERS = Relation("app", "users")
TEMP = Relation("pg_temp_3", "users", own=True)


def test_names_are_found_in_every_schema_or_in_the_given_one() -> None:
    catalog = Catalog.of(relations=[USERS, OTHERS, TEMP])
    assert pick(catalog.relations, "", "users") == (USERS, OTHERS, TEMP)
    assert pick(catalog.relations, "app", "users") == (OTHERS,)
    assert pick(catalog.relations, "pg_temp", "users") == (TEMP,)
    assert pick(catalog.relations, "", "nobody") == ()
    assert catalog.relation(("public", "users")) is USERS
    assert catalog.relation(("public", "x")) is None
    assert list(catalog.all_relations()) == [USERS, OTHERS, TEMP]


def test_equal_content_has_one_version() -> None:
    one, same = Catalog.of(relations=[USERS]), Catalog.of(relations=[USERS])
    assert one.version == same.version
    assert one.version != Catalog.of(relations=[OTHERS]).version
    assert one.version != Catalog.of(relations=[USERS], powerful=["root"]).version


def test_what_a_session_makes_is_another_version() -> None:
    one = Catalog.of(relations=[USERS])
    function = Function("public", "f")
    later = [one.with_relation(TEMP), one.with_function(function),
             one.with_prepared("p", {"SelectStmt": {}}), one.with_taint()]  # fmt: skip
    assert len({one.version, *(two.version for two in later)}) == 5
    assert later[0].relations["users"] == (USERS, TEMP)
    assert later[1].functions["f"] == (function,)
    assert later[2].prepared == {"p": ({"SelectStmt": {}},)}
    assert len(later[2].with_prepared("p", {"DeleteStmt": {}}).prepared["p"]) == 2
    assert later[3].tainted
    assert not one.tainted


def test_keys_are_found_by_the_table_that_they_point_at() -> None:
    key = ForeignKey("k", ("app", "users"), ("id",), ("public", "users"), ("id",))
    assert Catalog.of(foreign_keys=[key]).references == {("public", "users"): (key,)}


def test_casts_of_users_are_noted() -> None:
    assert Catalog.of(types=[Type("a", "b", functions=(("a", "f"),))]).casts
    assert not Catalog.of(types=[Type("a", "b")]).casts


def test_objects_say_what_they_are_called() -> None:
    assert USERS.full == "public.users"
    assert USERS.column("id") == Column("id", "integer")
    assert USERS.column("x") is None
    function = Function("app", "f", least=1, most=2)
    assert function.full == "app.f"
    assert [function.takes(count) for count in range(4)] == [False, True, True, False]
    assert Function("app", "f", most=None).takes(99)


def test_types_are_bare() -> None:
    assert bare("character varying(20)") == "character varying"
    assert bare('app."Mood"[]') == "Mood"


def test_a_database_without_rows() -> None:
    empty = Relation("public", "e", rows=0.0, empty=True)
    view, server = Relation("public", "v", "v"), Relation("pg_catalog", "c", builtin=True)
    assert Catalog.of(relations=[empty, TEMP, view, server]).without_rows
    assert not Catalog.of(relations=[empty, USERS]).without_rows
    assert not Catalog.of(relations=[Relation("public", "f", "f")]).without_rows


def test_names_that_were_there_once() -> None:
    one = Catalog.of(functions=[Function("public", "f")])
    later = one.with_gone(frozenset({"f", "g"}))
    assert later.gone == {"g"}
    assert later.version != one.version


def test_what_was_made_without_a_schema_can_be_in_any() -> None:
    one, made = Catalog.of(functions=[Function("public", "f")]), Function("", "f")
    assert pick(one.with_function(made).functions, "public", "f")[-1] is made
