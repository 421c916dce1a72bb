from __future__ import annotations

from tests.reports.store.conftest import Made

from hongxian.reports.store.inventory import class_name


def test_rows_tell_where_what_how_much_and_since_when(made: Made) -> None:
    inventory = made[0]
    rows = {(row.place, row.info): row for row in inventory.rows}
    row = rows["u.csv.id_card", "identity.doc_number"]
    assert (row.status, row.form, row.rows, row.read, row.sensitive, row.grade) == (
        "confirmed", "clear", 20, 20, True, 4,
    )  # fmt: skip
    assert (row.valid, row.labelled, row.distinct) == (20, 0, 1.0)
    assert row.oldest is not None
    assert row.oldest.startswith("2018-03")
    assert rows["app.log.line", "auth.password"].first_rows == (2,)
    assert inventory.held() == inventory.rows
    assert class_name("secret.token", "en") == "other"


def test_a_sample_tells_its_bound(made: Made) -> None:
    inventory = made[0]
    assert inventory.sampled
    bounds = {one.table: (one.bound, one.total) for one in inventory.tables}
    assert bounds == {"": (None, None), "=t": ("54", 900)}
    assert [one.word for one in inventory.problems] == ["store.unknown_format"]
