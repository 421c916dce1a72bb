from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.guards.keep.statements import classify as module
from hongxian.guards.keep.statements.catalog import Catalog, Column, Function, Relation
from hongxian.guards.keep.statements.classify import Classifier, after, classify
from hongxian.guards.keep.statements.postgres.judge import Judge
from hongxian.guards.keep.statements.verdict import Limits, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

CORPUS = Path(__file__).parent / "corpus"


def corpus(name: str) -> list[str]:
    lines = (CORPUS / name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("-- ")]


BYPASS, HARMLESS = corpus("bypass.sql"), corpus("harmless.sql")

SMALL = Catalog.of(
    relations=[Relation("public", "t", rows=1000, keys=(("id",),),
                        columns=(Column("id", "integer"), Column("a", "text")))],
    functions=[Function("pg_catalog", "now", language="internal", volatility="s", builtin=True)],
    settings={"standard_conforming_strings": "on", "client_encoding": "UTF8"},
)  # fmt: skip
"""One table, without a server."""


def test_the_corpus_is_large() -> None:
    assert len(set(BYPASS)) >= 300
    assert len(set(HARMLESS)) >= 200


@pytest.mark.parametrize("sql", BYPASS)
def test_no_bypass_is_called_safe(sql: str, shop: Catalog) -> None:
    found = classify(sql, shop)
    assert found.verdict >= Verdict.DESTRUCTIVE
    assert "fault" not in {one.code for one in found.reasons}


def test_hardly_anything_harmless_is_denied(shop: Catalog) -> None:
    denied = [sql for sql in HARMLESS if classify(sql, shop).verdict >= Verdict.DESTRUCTIVE]
    assert len(denied) <= 0.02 * len(HARMLESS), denied


def test_a_text_is_as_bad_as_its_worst_statement(shop: Catalog) -> None:
    found = classify("select 1; alter table users rename to x; drop table users", shop)
    assert [one.verdict for one in found.statements] == [
        Verdict.SAFE, Verdict.REVERSIBLE, Verdict.DESTRUCTIVE,
    ]  # fmt: skip
    assert found.verdict is Verdict.DESTRUCTIVE
    assert found.statements[2].text == "drop table users"
    assert classify("", shop).verdict is Verdict.SAFE


@pytest.mark.parametrize(
    ("sql", "code"),
    [(b"select '\xff'", "no_unicode"), ("select 1\0", "zero_byte"), ("selec", "unparsable"),
     (b"\xef\xbb\xbfselect 1", "unparsable")],
    ids=["bytes", "zero", "typo", "bom"],
)  # fmt: skip
def test_what_cannot_be_read_is_unknown(sql: str | bytes, code: str) -> None:
    found = classify(sql, SMALL)
    assert found.verdict is Verdict.UNKNOWN
    assert [one.code for one in found.reasons] == [code]
    assert found.sql is sql


def test_bytes_are_judged_as_their_text() -> None:
    raw = "delete from t where a = '中'".encode()
    found = classify(raw, SMALL)
    assert found.verdict is Verdict.SAFE
    assert found.sql is raw
    assert found.text_hash == classify(raw.decode(), SMALL).text_hash


def test_a_shape_is_judged_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    real = Judge.statement
    monkeypatch.setattr(Judge, "statement", lambda *args: (asked.append(args[-1]), real(*args))[1])
    kept = Classifier(SMALL)
    texts = [f"  update t set a = '{n}' where id = {n};" for n in range(5)]
    found = [kept.classify(text) for text in texts]
    assert len(asked) == 1
    assert [one.sql for one in found] == texts
    assert [one.statements[0].text for one in found] == [text.strip(" ;") for text in texts]
    assert {one.fingerprint for one in found} == {found[0].fingerprint}
    assert {one.verdict for one in found} == {Verdict.SAFE}
    assert kept.classify(texts[0]) is kept.classify(texts[0])


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("set session_replication_role = 'origin'", "set session_replication_role = 'replica'"),
        ("select set_config('a.b', '', true)", "select set_config('role', '', true)"),
        ("delete from t where id = any ('{1}')",
         "delete from t where id = any ('{" + "1," * 3000 + "1}')"),
        ("explain (analyze 0) delete from t", "explain (analyze 1) delete from t"),
    ],
    ids=["set", "set_config", "array", "explain"],
)  # fmt: skip
def test_a_literal_that_decides_is_not_taken_for_another(good: str, bad: str) -> None:
    own = Function("pg_catalog", "set_config", language="internal", most=None, builtin=True)
    catalog = Catalog.of(relations=SMALL.all_relations(), functions=[own], settings=SMALL.settings)
    kept = Classifier(catalog)
    assert kept.classify(good).verdict is Verdict.SAFE
    assert kept.classify(bad).verdict >= Verdict.REVERSIBLE


def test_few_texts_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "KEPT", 2)
    kept = Classifier(SMALL)
    for n in range(5):
        kept.classify(f"select {n} as a{n}")
        kept.classify(f"select '{'x' * 5000}' as a{n}")
    assert len(kept._texts) == len(kept._shapes) == 2


@pytest.mark.parametrize(
    ("rows", "verdict"),
    [(3, Verdict.SAFE), (900, Verdict.DESTRUCTIVE), (None, Verdict.DESTRUCTIVE)],
)
def test_an_estimate_takes_doubt_back(rows: float | None, verdict: Verdict) -> None:
    sql = "delete from t where id > 5"
    found = classify(sql, SMALL)
    assert found.verdict is Verdict.DESTRUCTIVE
    assert found.unproven
    asked: list[str] = []
    again = classify(sql, SMALL, lambda text: (asked.append(text), rows)[1])
    assert asked == [sql]
    assert again.verdict is verdict


def test_an_estimate_is_not_asked_when_it_cannot_help(shop: Catalog) -> None:
    def never(_: str) -> float:
        raise AssertionError

    for sql in ("delete from users", "delete from users where true", "select trap.wipe()"):
        assert classify(sql, shop, never).verdict is Verdict.DESTRUCTIVE


def test_limits_are_settings() -> None:
    sql = "delete from t where id in (1, 2, 3)"
    assert classify(sql, SMALL).verdict is Verdict.SAFE
    assert classify(sql, SMALL, limits=Limits(rows=2, few=1)).verdict is Verdict.DESTRUCTIVE


def test_a_fault_of_ours_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr(Judge, "statement", broken)
    found = Classifier(SMALL).classify("select 1")
    assert found.verdict is Verdict.UNKNOWN
    assert found.reasons[0].say("en").startswith("judging failed")


def test_a_tree_too_deep_for_us_refuses() -> None:
    sql = "select " + "+".join(["1"] * 150)
    assert classify(sql, SMALL).verdict is Verdict.SAFE
    assert classify("select " + "+".join(["1"] * 5000), SMALL).reasons[0].code == "too_deep"


def test_what_a_text_makes_is_known_after_it() -> None:
    later = after("create table x (id int); prepare p as select * from x", SMALL)
    assert classify("insert into x values (1); delete from x", later).verdict is Verdict.SAFE
    assert classify("execute p", later).verdict is Verdict.SAFE
    assert classify("execute p", SMALL).verdict is Verdict.UNKNOWN
    assert after("selec", SMALL).tainted
    assert after(b"alter table t rename to u", SMALL).tainted
    renamed = after("alter table t rename to u", SMALL)
    assert classify("delete from t where id = 1", renamed).verdict is Verdict.UNKNOWN
    assert after("select 1", SMALL) is SMALL


def test_classifiers_are_shared_by_version() -> None:
    one = module._classifier("v", Limits(), module._Holder(SMALL))
    assert module._classifier("v", Limits(), module._Holder(SMALL)) is one
    assert module._classifier("w", Limits(), module._Holder(SMALL)) is not one


def changed(sql: str, seed: list[int]) -> Iterator[str]:
    """Change the case of words, and put spaces and comments between them, outside of quotes."""
    spaces = [" ", "\n", "\t ", " /* x */ ", "/* /* y */ */ ", " -- z\n"]
    for place, char in enumerate(sql):
        n = seed[place % len(seed)]
        yield spaces[n % 6] if char == " " else char.upper() if n % 2 else char


PLAIN = [sql for sql in BYPASS + HARMLESS if not set(sql) & set("'\"$\\/&-%:")]


@given(st.sampled_from(PLAIN), st.lists(st.integers(0, 11), min_size=7, max_size=23))
def test_case_spaces_and_comments_change_nothing(shop: Catalog, sql: str, seed: list[int]) -> None:
    found = classify("".join(changed(sql, seed)), shop)
    # libpg_query does not read a comment between the words of NULLS LAST and its kin: refused then
    unread = {one.code for one in found.reasons} == {"unparsable"}
    assert unread or found.verdict is classify(sql, shop).verdict


# what an appended EXECUTE runs may have been prepared, and judged, right before it
ALONE = [sql for sql in BYPASS if "execute p" not in sql or "prepare" in sql]


@given(st.sampled_from(HARMLESS), st.sampled_from(ALONE), st.sampled_from([";", ";--x\n;"]))
def test_an_appended_statement_never_makes_it_better(
    shop: Catalog, good: str, bad: str, between: str
) -> None:
    both = classify(good + "\n" + between + bad, shop)
    assert both.verdict >= Verdict.DESTRUCTIVE


@given(st.text(max_size=40), st.sampled_from(BYPASS + HARMLESS), st.integers(0, 200))
def test_no_text_is_too_strange(shop: Catalog, text: str, sql: str, place: int) -> None:
    found = classify(sql[:place] + text + sql[place:], shop)
    assert "fault" not in {one.code for one in found.reasons}


def test_threads_with_a_classifier_of_their_own_do_not_disturb(shop: Catalog) -> None:
    found: list[bool] = []

    def work() -> None:
        own = Classifier(shop)
        found.append(all(own.classify(sql).verdict >= 2 for sql in BYPASS[:60]))

    threads = [threading.Thread(target=work) for _ in range(3)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert found == [True] * 3
