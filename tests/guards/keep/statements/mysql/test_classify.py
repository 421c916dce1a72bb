from __future__ import annotations

import random
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pymysql
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.guards.keep.statements.mysql import classify as module
from hongxian.guards.keep.statements.mysql.classify import classify
from hongxian.guards.keep.statements.verdict import Limits, Verdict

if TYPE_CHECKING:
    from hongxian.guards.keep.statements.catalog import Catalog

CORPUS = Path(__file__).parents[1] / "corpus"


def corpus(name: str) -> list[str]:
    lines = (CORPUS / name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("-- ")]


BYPASS, HARMLESS = corpus("mysql_bypass.sql"), corpus("mysql_harmless.sql")


def test_the_corpus_is_large() -> None:
    assert len(set(BYPASS)) >= 150
    assert len(set(HARMLESS)) >= 100


@pytest.mark.parametrize("sql", BYPASS)
def test_no_bypass_is_called_safe(sql: str, mysql_shop: Catalog) -> None:
    found = classify(sql, mysql_shop)
    assert found.verdict >= Verdict.DESTRUCTIVE
    assert "fault" not in {one.code for one in found.reasons}


def test_hardly_anything_harmless_is_denied(mysql_shop: Catalog) -> None:
    denied = [sql for sql in HARMLESS if classify(sql, mysql_shop).verdict >= Verdict.DESTRUCTIVE]
    assert len(denied) <= 0.02 * len(HARMLESS), denied


def test_statements_come_with_their_own_text(mysql_shop: Catalog) -> None:
    sql = "select 'a\\'b' ; drop table users -- x"
    found = classify(sql, mysql_shop)
    assert [(one.kind, one.text, one.verdict.name) for one in found.statements] == [
        ("SELECT", "select 'a\\'b'", "SAFE"), ("DROP", "drop table users", "DESTRUCTIVE"),
    ]  # fmt: skip
    assert found.sql is sql
    assert classify("", mysql_shop).verdict is Verdict.SAFE


def test_the_worst_reading_counts(mysql_shop: Catalog) -> None:
    assert classify("/*!99999 drop table users */", mysql_shop).verdict is Verdict.DESTRUCTIVE
    assert classify("select 1 /*!50000 + 1 */", mysql_shop).verdict is Verdict.SAFE


def test_modes_are_followed(mysql_shop: Catalog) -> None:
    sql = r"select '\'; drop table users; -- '"
    assert classify(sql, mysql_shop).verdict is Verdict.SAFE
    other = classify(sql, mysql_shop, frozenset({"NO_BACKSLASH_ESCAPES"}))
    assert other.verdict is Verdict.DESTRUCTIVE


def test_fingerprints_leave_literals_case_and_comments_out(mysql_shop: Catalog) -> None:
    def fingerprint(sql: str) -> str:
        return classify(sql, mysql_shop).fingerprint

    one = fingerprint("select * from users where id = 5")
    assert one == fingerprint("SELECT  * FROM users WHERE id = 77 -- x")
    assert one != fingerprint("select * from logs where id = 5")


@pytest.mark.parametrize(
    ("sql", "code"),
    [(b"select '\xff'", "no_unicode"), ("select '\udcff'", "no_unicode"), ("select 'open", "unparsable"),
     ("select 1" + " " * module.LONGEST, "too_long"), ("a\0", "zero_byte")],
    ids=["bytes", "surrogate", "open", "long", "zero"],
)  # fmt: skip
def test_what_cannot_be_read_is_unknown(sql: str | bytes, code: str, mysql_shop: Catalog) -> None:
    found = classify(sql, mysql_shop)
    assert (found.verdict, [one.code for one in found.reasons]) == (Verdict.UNKNOWN, [code])


def test_bytes_and_limits(mysql_shop: Catalog) -> None:
    assert classify(b"delete from users where id in (1, 2)", mysql_shop).verdict is Verdict.SAFE
    few = Limits(rows=1, few=1)
    found = classify("delete from users where id in (1, 2)", mysql_shop, limits=few)
    assert found.verdict is Verdict.DESTRUCTIVE


def test_a_fault_of_ours_refuses(mysql_shop: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr(module, "judge", broken)
    assert classify("select 1", mysql_shop).reasons[0].code == "fault"


@given(st.sampled_from(HARMLESS), st.sampled_from([one for one in BYPASS if "#" not in one]))
def test_an_appended_statement_never_makes_it_better(
    mysql_shop: Catalog, good: str, bad: str
) -> None:
    assert classify(f"{good}\n;{bad}", mysql_shop).verdict >= Verdict.DESTRUCTIVE


@given(st.text(max_size=30), st.sampled_from(BYPASS + HARMLESS), st.integers(0, 120))
def test_no_text_is_too_strange(mysql_shop: Catalog, text: str, sql: str, place: int) -> None:
    found = classify(sql[:place] + text + sql[place:], mysql_shop)
    assert "fault" not in {one.code for one in found.reasons}


def test_settings_are_followed_where_somebody_looks_again(mysql_shop: Catalog) -> None:
    def verdict(sql: str, *modes: str, follows: bool = True) -> Verdict:
        return classify(sql, mysql_shop, frozenset(modes), follows=follows).verdict

    assert verdict("set sql_mode = 'ANSI'") is Verdict.SAFE
    assert verdict("/*!40101 set sql_mode = @old */") is Verdict.SAFE
    assert verdict("set sql_mode = @old", follows=False) is Verdict.UNKNOWN
    assert verdict("set sql_mode = @old; select 1") is Verdict.UNKNOWN
    assert verdict("set sql_mode = @old, sql_log_bin = 0") is Verdict.DESTRUCTIVE
    assert verdict("set sql_mode = @old, names gbk") is Verdict.UNKNOWN
    hidden = "/*!50000 set sql_mode = @a */ /*M! drop table users */"
    assert verdict(hidden) is Verdict.DESTRUCTIVE


def test_what_modes_change_is_not_judged_without_them(mysql_shop: Catalog) -> None:
    def verdict(sql: str, mode: str) -> Verdict:
        return classify(sql, mysql_shop, frozenset({mode})).verdict

    piped = "update users set name = 'x' where id = 5 || email = 'x'"
    assert verdict(piped, "STRICT_TRANS_TABLES") is Verdict.SAFE
    assert verdict(piped, "PIPES_AS_CONCAT") is Verdict.UNKNOWN
    assert verdict("execute immediate 'select 1'", "ANSI_QUOTES") is Verdict.UNKNOWN
    name = r'select "a\" from users; drop table users; -- "'
    assert verdict(name, "ANSI_QUOTES") is Verdict.DESTRUCTIVE
    made = r"create procedure p() begin set @a = '\'; delete from users; -- '; end"
    assert verdict(made, "NO_BACKSLASH_ESCAPES") is Verdict.DESTRUCTIVE


LOSING = ("drop table users", "delete from users", "truncate users", "select wiped()",
          "update users set name = null", "call wipe_all()")  # fmt: skip
PAIRS = (("/*!99999 ", " */"), ("/*!50000 ", "*/"), ("/*M!100100 ", " */"), ("/*M!999999 ", "*/"),
         ("/*!", "*/"), ("/* ", " */"), ("*/ ", " /*"), (" -- ", "\n"), ("#", "\n"), ("'", "'"),
         ('"', '"'), ("`", "`"), ("\\", ""), ("'\\", "'"), ("; ", " ;"), ("select ", ""), ("(", ")"),
         ("1 as ", ""), ("@a:=", ""), ("--\u00a0", "\n"), ("x", "x"), ("do ", ""))  # fmt: skip
MODES = ("", "ANSI_QUOTES", "NO_BACKSLASH_ESCAPES", "ANSI_QUOTES,NO_BACKSLASH_ESCAPES")


def test_what_is_called_safe_loses_nothing_on_the_server(
    mysql_connection: Any, mysql_shop: Catalog
) -> None:
    """Texts that hide a loss in comments and quotes: a real server runs those that seem safe."""
    chance, told = random.Random(5), mysql_connection
    spec = {"host": told.host, "port": told.port, "user": "root", "database": "shop",
            "autocommit": True, "client_flag": 1 << 16}  # fmt: skip
    ran = 0
    with pymysql.connect(**spec) as one, told.cursor() as cursor:
        for _ in range(4_000):
            text, mode = chance.choice(LOSING), chance.choice(MODES)
            for before, behind in chance.choices(PAIRS, k=chance.randint(1, 5)):
                text = before + text + behind
            text = chance.choice(("", "select 1 ", "set @a = 1 ")) + text
            if classify(text, mysql_shop, frozenset(mode.split(","))).verdict > Verdict.REVERSIBLE:
                continue
            ran += 1
            one.ping()
            with suppress(pymysql.MySQLError), one.cursor() as own:
                own.execute(f"set sql_mode = '{mode}'")
                own.execute(text)
                while own.nextset():
                    pass
            cursor.execute("select count(*), count(name), (select count(*) from logs) from users")
            assert cursor.fetchone() == (500, 500, 2000), (mode, text)
    assert ran > 100
