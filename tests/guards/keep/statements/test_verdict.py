from __future__ import annotations

import hashlib
import re
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from hongxian.guards.keep.statements import verdict
from hongxian.guards.keep.statements.verdict import (
    Judgement,
    Limits,
    Reason,
    Statement,
    Touched,
    Verdict,
    refused,
)
from hongxian.words import area_words

SOURCE = Path(verdict.__file__).parent
BAD, WORSE = Verdict.DESTRUCTIVE, Verdict.UNKNOWN


def test_verdicts_and_reasons_are_said_in_both_languages() -> None:
    assert Verdict.SAFE.say("en") == "safe"
    assert Verdict.UNKNOWN.say("zh") == "无法判断"
    assert Reason("drop_table", "public.users").say("en") == "drops table public.users"
    assert Reason("drop_table", "public.users").say("zh") == "删除表 public.users"


def test_every_code_that_the_source_names_has_its_words() -> None:
    source = "".join(path.read_text("utf-8") for path in SOURCE.rglob("*.py"))
    codes = set(re.findall(r"(?:Verdict\.\w+|verdict), \"([a-z_]+)\"", source))
    codes |= set(re.findall(r"UnreadableError\(\"([a-z_]+)\"", source))
    table = tomllib.loads((files("hongxian.guards.keep.statements") / "data" / "postgres.toml")
                          .read_text("utf-8"))  # fmt: skip
    for part in ("reversible", "destructive"):
        codes |= set(table["statements"][part].values())
    codes |= set(table["drops"]["destructive"].values())
    codes |= set(table["alter"]["destructive"].values())
    assert len(codes) > 60
    assert codes <= set(area_words("keep_statements"))


def test_a_judgement_is_bound_to_the_exact_text() -> None:
    assert (
        refused("select '中'", "too_deep").text_hash
        == hashlib.sha256("select '中'".encode()).hexdigest()
    )
    assert refused(b"\xff", "no_unicode").text_hash == hashlib.sha256(b"\xff").hexdigest()
    assert len(refused("\udcff", "no_unicode").text_hash) == 64
    assert refused("x", "unparsable").reasons == (Reason("unparsable"),)


def test_what_is_touched_is_told_once_in_order() -> None:
    users, logs = (
        Touched("table", "public.users", "read"),
        Touched("table", "public.logs", "delete"),
    )
    one = Statement("SelectStmt", "x", Verdict.SAFE, (), (users,))
    two = Statement("DeleteStmt", "y", BAD, (), (logs, users))
    assert Judgement("x;y", BAD, (), (one, two)).touched == (logs, users)


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ((), False),
        ((Statement("a", "", Verdict.SAFE),), False),
        ((Statement("a", "", BAD, unproven=True),), True),
        ((Statement("a", "", BAD, unproven=True), Statement("b", "", BAD)), False),
        ((Statement("a", "", BAD, unproven=True), Statement("b", "", WORSE)), False),
    ],
    ids=["none", "safe", "one", "other", "unknown"],
)
def test_only_doubt_about_rows_can_be_taken_back(
    statements: tuple[Statement, ...], expected: bool
) -> None:
    assert Judgement("x", BAD, (), statements).unproven is expected


@pytest.mark.parametrize(
    ("rows", "of", "mass"),
    [(5, None, False), (1001, None, True), (1000, 1e6, False), (30, 100, True), (20, 100, False),
     (20, 50, False), (25, 50, True), (3, 5, True), (0, 0, False)],
)  # fmt: skip
def test_mass_is_many_rows_or_much_of_the_table(rows: float, of: float | None, mass: bool) -> None:
    assert Limits().mass(rows, of) is mass
