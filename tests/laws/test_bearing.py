from __future__ import annotations

from datetime import date

import pytest

from hongxian.errors import HongxianError
from hongxian.laws.bearing import NUMBERS, STORE, clauses_for
from hongxian.laws.documents import load_clauses

TODAY = date(2026, 6, 1)


def test_there_are_31_behaviours_in_six_groups() -> None:
    assert len(NUMBERS) == 31
    assert NUMBERS[0] == "1.1"
    assert NUMBERS[-1] == "6.5"
    assert "3.9" in NUMBERS
    assert "5.4" not in NUMBERS


def test_every_number_that_a_clause_names_exists() -> None:
    for one in load_clauses():
        assert set(one.rules) <= set(NUMBERS + STORE)
        assert list(one.rules) == sorted(set(one.rules), key=(NUMBERS + STORE).index)


@pytest.mark.parametrize("number", NUMBERS)
def test_every_behaviour_has_a_law_in_force_behind_it(number: str) -> None:
    found = clauses_for(number, TODAY)
    assert found
    assert found[0].document.kind in ("law", "regulation")
    assert all(one.in_force(TODAY) for one in found)


def test_the_law_of_the_day_comes_first() -> None:
    cited = [one.cite("en") for one in clauses_for("3.1", TODAY)]
    assert cited[:3] == ["PIPL art. 13", "PIPL art. 14", "NDR art. 22"]
    assert "CSL art. 43" in cited
    assert "CSL art. 41" not in cited


def test_before_pipl_only_older_law_counts() -> None:
    cited = [one.cite("en") for one in clauses_for("3.1", date(2021, 3, 1))]
    assert "CSL art. 41" in cited
    assert not any(one.startswith(("PIPL", "NDR", "APP2026")) for one in cited)


def test_what_a_document_bears_on() -> None:
    assert _borne_by("MIIT164") == [
        "2.1", "3.1", "3.2", "3.6", "3.7", "3.9", "4.1", "4.2", "4.4", "4.6", "5.1", "5.2", "5.3",
    ]  # fmt: skip
    assert _borne_by("APP2026") == []


def _borne_by(document: str) -> list[str]:
    return [
        number
        for number in NUMBERS + STORE
        if any(one.document.key == document for one in clauses_for(number, TODAY))
    ]


def test_an_unknown_number_is_one_line() -> None:
    with pytest.raises(HongxianError, match=r"no behaviour '7\.1'"):
        clauses_for("7.1", TODAY)
