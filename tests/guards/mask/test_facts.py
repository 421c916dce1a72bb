from __future__ import annotations

from pathlib import Path

import pytest
from tests.guards.mask.tables import plan

from hongxian.facts.reason import Reason
from hongxian.guards.mask.copies.tables import TableError
from hongxian.guards.mask.facts import FORMS, mask_coverage, mask_facts
from hongxian.guards.mask.many import Masked, Wanted, mask_source
from hongxian.guards.mask.plan import Named
from hongxian.guards.mask.run import Asked
from hongxian.guards.mask.technique import MODULES
from hongxian.words.worded import WordedError

NAMED = {"phone": Named("basic.phone", "partial"), "age": Named("basic.age", "band")}


@pytest.fixture
def masked(tmp_path: Path) -> Masked:
    source = tmp_path / "in.csv"
    source.write_text("phone,age,note\n13812345678,31,a\nx,32,b\n")
    asked = Asked(quasi=("age",))
    return mask_source(str(source), tmp_path / "out.csv", plan(named=NAMED), Wanted(asked=asked))


def test_each_column_says_how_it_is_in_the_copy(masked: Masked) -> None:
    phone, age, note, risk = mask_facts("store:s", "out.csv", masked, "test")
    assert phone.item == "out.csv: in.csv.phone"
    assert (phone.info, phone.outcome, phone.form, phone.amount) == (
        "basic.phone", "partial", "masked", 2.0,
    )  # fmt: skip
    assert phone.detail == {"role": "direct", "refused": 0, "told": "option", "audience": "test"}
    assert (age.detail["role"], age.form) == ("quasi", "masked")
    assert (note.info, note.outcome, note.detail["role"]) == (None, "text", "other")
    assert (risk.kind, risk.item, risk.amount, risk.unit) == (
        "risk", "out.csv: in.csv", 0.5, "ratio",
    )  # fmt: skip
    assert risk.detail["before"] == {"grade": 1, "k": 1, "highest": 1.0}
    assert (risk.detail["grade"], risk.detail["k"], risk.detail["quasi"]) == (2, 2, ["age"])


def test_no_value_and_no_place_that_is_one_is_told(masked: Masked) -> None:
    facts = mask_facts("store:s", "13912345678.csv", masked, "13712345678")
    assert not any(number in repr(list(facts)) for number in ("13812", "13912", "13712"))


def test_coverage_names_what_was_not_copied(masked: Masked) -> None:
    assert mask_coverage("store:s", masked).status == "ran"
    problems = (
        WordedError("mask_no_source", "z.zip", kind="zip"),
        TableError(Reason("store.damaged", {}, "a.db: t")),
        Reason("store.no_tables", {}, "b"),
    )
    partial = mask_coverage("store:s", Masked(outcomes=masked.outcomes, problems=problems))
    assert partial.status == "partial"
    assert partial.reason
    for words in ("z.zip: was not copied", "a.db: t: ", "b: "):
        assert words in partial.reason
    assert mask_coverage("store:s", Masked(outcomes=())).status == "not_run"


def test_every_technique_has_its_form() -> None:
    assert set(FORMS) == set(MODULES)
