from __future__ import annotations

from dataclasses import replace

from tests.reports.store.conftest import Made

from hongxian.reports.store.table import render


def test_the_inventory_then_the_findings_then_what_was_not_read(made: Made) -> None:
    text = render(*made, "en")
    assert "store:s: 3 tables, 31 rows" in text
    assert "u.csv.id_card" in text
    assert "at 99.9 % confidence, in fewer than 54 % of rows" in text
    assert text.index("Findings:") > text.index("evidence")
    assert "store.2  PI stands in logs (2)" in text
    assert "x.bin: of no known format; not read" in text


def test_long_lists_are_cut_and_say_so(made: Made) -> None:
    inventory, report = made
    long = replace(
        inventory, rows=inventory.rows * 60, problems=inventory.problems * 30,
        tables=inventory.tables,
    )  # fmt: skip
    text = render(long, report, "en")
    assert f"... and {len(long.rows) - 200} more" in text
    assert "... and 10 more" in text
    cleared = replace(
        inventory, rows=tuple(replace(row, status="cleared") for row in inventory.rows)
    )
    assert "No personal information found." in render(cleared, report, "en")
    assert f"{len(inventory.rows)} more looked like" in render(cleared, report, "en")
