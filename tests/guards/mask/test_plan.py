from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from tests.guards.mask.rings import ring
from tests.guards.mask.tables import plan

from hongxian.errors import HongxianError
from hongxian.guards.mask.plan import SAMPLE, Named, named_column
from hongxian.guards.mask.policy import Audience, Policy, Rule, default_audiences

if TYPE_CHECKING:
    from pathlib import Path

PHONES = pa.array(["13812345678", None])
KEEPER = Policy(ring=ring(), audiences=default_audiences() | {"us": Audience(unknown="keep")})


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("a=basic.phone", ("a", Named("basic.phone", None))),
        ("a=basic.phone:fpe", ("a", Named("basic.phone", "fpe"))),
        ("a=:text", ("a", Named(None, "text"))),
        ("a=b=姓名", ("a=b", Named("basic.name", None))),
    ],
)
def test_a_column_is_named_with_type_technique_or_both(words: str, expected: object) -> None:
    assert named_column(words) == expected


@pytest.mark.parametrize(
    ("words", "line"),
    [("a", "'a' should be NAME=TYPE"), ("=x", "should be NAME=TYPE"), ("a=", "should be"),
     ("a=nothing", "no PI type 'nothing'"), ("a=:fep", "no technique 'fep'; nearest: 'fpe'")],
)  # fmt: skip
def test_other_words_are_one_line(words: str, line: str) -> None:
    with pytest.raises(HongxianError, match=line):
        named_column(words)


def test_the_user_comes_before_the_policy_and_this_before_what_is_recognised() -> None:
    policy = Policy(ring=ring(), columns={"a": "basic.name", "b": "basic.name"})
    asked: list[str] = []

    def recognise(name: str, values: list[str]) -> str:
        asked.append(name)
        assert values == ["13812345678"]
        return "basic.phone"

    own = plan("partner", policy=policy, named={"a": Named("basic.email")}, recognise=recognise)
    for name in "abc":
        own.column(name, PHONES)
    told = [(one.name, one.info, one.how) for one in own.columns.values()]
    assert told == [
        ("a", "basic.email", "option"), ("b", "basic.name", "policy"),
        ("c", "basic.phone", "recognised"),
    ]  # fmt: skip
    assert asked == ["c"]


def test_a_technique_that_the_user_names_is_worded_by_the_policy_if_it_is_there() -> None:
    own = plan(
        "test",
        named={"a": Named("property.bank_card", "fpe"), "b": Named("basic.phone", "partial")},
    )
    own.column("a", pa.array(["4111111111111111"]))
    own.column("b", PHONES)
    assert own.columns["a"].rule.options == {"keep": ["bin"]}
    assert own.columns["b"].rule.technique == "partial"


def test_an_unknown_column_is_kept_masked_as_text_or_suppressed_as_the_audience_says() -> None:
    words = pa.array(["call 13812345678"])
    assert plan(named={}, policy=KEEPER, audience="us").column("x", words) == words
    assert plan(named={}).column("x", words).to_pylist() == ["call 138****5678"]
    assert plan(named={}).column("x", pa.array([7])).to_pylist() == [7]
    assert plan("public", named={}).column("x", words).to_pylist() == [None]


def test_values_and_those_that_do_not_fit_are_counted_over_batches() -> None:
    own = plan("test", named={"a": Named("basic.phone", "fpe")})
    for values in (["13812345678", "x", None], ["13912345678"]):
        own.column("a", pa.array(values))
    column = own.columns["a"]
    assert (column.values, column.refused, column.key) == (3, 1, "k1")


def test_a_column_without_values_is_decided_when_the_first_comes() -> None:
    own = plan(named={}, recognise=lambda _, values: "basic.phone" if values else None)
    assert own.column("a", pa.nulls(2, pa.string())).null_count == 2
    assert own.columns == {}
    own.column("a", PHONES)
    assert own.columns["a"].info == "basic.phone"


def test_a_technique_that_cannot_be_is_one_line_with_the_column() -> None:
    own = plan(named={"a": Named("basic.phone", "hash")})
    with pytest.raises(HongxianError, match=r"^a: a bare hash of basic\.phone is refused"):
        own.column("a", PHONES)
    keyless = plan("test", named={"a": Named("basic.phone")}, policy=Policy())
    with pytest.raises(HongxianError, match="a: fpe needs a key"):
        keyless.column("a", PHONES)


def test_only_named_columns_are_turned_back(tmp_path: Path) -> None:
    named = {"a": Named("basic.phone", "fpe"), "t": Named("basic.phone", "token"),
             "p": Named("basic.phone", "partial")}  # fmt: skip
    vault = tmp_path / "vault"
    out = plan(vault=vault, named=named)
    masked = {name: out.column(name, PHONES) for name in "atp"}
    back = plan(vault=vault, named=named, reveal=True, recognise=lambda *_: "basic.phone")
    assert back.column("a", masked["a"]) == PHONES
    assert back.column("t", masked["t"]) == PHONES
    assert back.column("p", masked["p"]).to_pylist() == ["138****5678", None]
    assert back.column("z", masked["a"]) == masked["a"]
    assert back.columns["z"].how == "unknown"


def test_a_name_that_no_column_has_is_one_line_with_the_nearest() -> None:
    own = plan(named={"moblie": Named("basic.phone")})
    own.column("mobile", PHONES)
    with pytest.raises(HongxianError, match="no column 'moblie'; nearest: 'mobile'"):
        own.check_named()
    own.column("moblie", pa.nulls(1))
    own.check_named()


def test_texts_that_are_written_as_bytes_are_masked_too() -> None:
    own = plan(named={})
    assert own.column("x", pa.array([b"call 13812345678"])).to_pylist() == ["call 138****5678"]
    picture = pa.array([b"\x89PNG\xff"])
    assert own.column("y", picture) == picture


def test_another_key_may_be_asked_for() -> None:
    named = {"a": Named("basic.phone", "fpe")}
    old = plan(named=named, key="k2").column("a", PHONES)
    assert old != plan(named=named).column("a", PHONES)
    assert plan(named=named, key="k2", reveal=True).column("a", old) == PHONES


def test_a_sample_is_spread_over_the_column() -> None:
    seen: list[str] = []
    own = plan(named={}, recognise=lambda _, values: seen.extend(values))  # type: ignore[arg-type, func-returns-value]
    own.column("a", pa.array([str(number) for number in range(10 * SAMPLE)]))
    assert len(seen) == SAMPLE
    assert int(seen[-1]) > 9 * SAMPLE


def test_policies_rules_reach_the_column() -> None:
    rule = Rule(technique="round", options={"step": 10})
    policy = Policy(types={"property.income": {"analyst": rule}})
    own = plan(policy=policy, named={"a": Named("property.income")})
    assert own.column("a", pa.array([1234])).to_pylist() == [1230]
