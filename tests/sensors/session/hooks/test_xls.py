from __future__ import annotations

import pytest
from tests.fuzz.mutate import mutated
from tests.sensors.session.hooks.logs import words_of, xls

from hongxian.errors import ArtefactError
from hongxian.sensors.session.hooks.tally import Tally
from hongxian.sensors.session.hooks.xls import MAGIC, xls_rows


def test_rows_of_all_sheets() -> None:
    rows = list(xls_rows(xls([["一", 2, 2.5]], [["b"]]), Tally("log")))
    assert rows == [("sheet 0", 1, ["一", "2", "2.5"]), ("sheet 1", 1, ["b"])]


def test_a_damaged_workbook_is_refused() -> None:
    with pytest.raises(ArtefactError, match="damaged"):
        list(xls_rows(MAGIC + bytes(2_000), Tally("log")))


def test_a_damaged_sheet_is_passed_over() -> None:
    whole = xls([["first"] * 40] * 40, [["second"] * 40] * 40)
    found: set[str] = set()
    for number in range(400):
        tally = Tally("log")
        try:
            list(xls_rows(mutated([whole], number), tally))
        except ArtefactError:
            continue
        found |= set(words_of(tally.reasons()))
    assert found == {"workbook_cut"}
