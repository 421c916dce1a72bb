from __future__ import annotations

import csv
import io

from tests.reports.store.conftest import Made

from hongxian.reports.store.csv_ import COLUMNS, render


def test_a_line_for_each_type_and_column_with_findings_and_law(made: Made) -> None:
    rows = list(csv.DictReader(io.StringIO(render(*made, "en"))))
    assert len(rows) == len(made[0].rows)
    assert list(rows[0]) == list(COLUMNS)
    row = next(one for one in rows if one["column"] == "id_card")
    assert row["info_name"].startswith("identity document")
    assert "in clear" in row["findings"]
    assert "PIPL art. 51" in row["law"]


def test_no_cell_is_a_formula(made: Made) -> None:
    rows = list(csv.reader(io.StringIO(render(*made, "en"))))
    assert any(cell == "'=t" for row in rows for cell in row)
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)
