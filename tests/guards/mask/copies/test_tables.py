from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from pyarrow import parquet
from tests.guards.mask.tables import plan

from hongxian.errors import Exit, HongxianError
from hongxian.facts.reason import Reason
from hongxian.guards.mask.copies.tables import mask_table
from hongxian.sensors.store.sources.faults import SourceError
from hongxian.sensors.store.sources.table import Column, Table
from hongxian.sensors.store.sources.values import arrow_batch

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES = ("phone", "n")
PHONE = "13812345678"


def table(*parts: list[tuple[Any, ...]], fault: Exception | None = None) -> Table:
    def read(sample: object) -> Iterator[Any]:
        assert sample is None
        for part in parts:
            yield arrow_batch(part, NAMES[: len(part[0])])
        if fault:
            raise fault

    return Table(
        where="shop.db", name="members", medium="table", kind="sqlite", read=read,
        columns=tuple(Column(name=name) for name in NAMES),
    )  # fmt: skip


def masked(one: Table) -> Any:
    out = io.BytesIO()
    rows = mask_table(one, out, "parquet", plan())
    found = parquet.read_table(io.BytesIO(out.getvalue()))
    assert found.num_rows == rows
    return found


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        (1, 2, "int64"),
        (None, 2, "int64"),
        (1, "x", "string"),
        (1, 2.5, "string"),
        (dt.date(2020, 1, 2), None, "date32[day]"),
        (Decimal("1.5"), Decimal("10.25"), "string"),
        (None, None, "string"),
    ],
)
def test_every_value_of_a_column_finds_its_type(first: Any, second: Any, kind: str) -> None:
    found = masked(table([(PHONE, first)], [(None, second)]))
    assert found.column("phone").to_pylist() == ["138****5678", None]
    column = found.column("n")
    assert str(column.type) == kind
    whole = [one if one is None or kind != "string" else str(one) for one in (first, second)]
    assert column.to_pylist() == whole


def test_separated_text_is_written_in_one_pass() -> None:
    out = io.BytesIO()
    assert mask_table(table([(PHONE, 1)], [(PHONE, "x")]), out, "csv", plan()) == 2
    assert out.getvalue() == b"phone,n\n138****5678,1\n138****5678,x\n"
    empty = io.BytesIO()
    assert mask_table(table(), empty, "csv", plan()) == 0
    assert empty.getvalue() == b"phone,n\n"
    assert masked(table()).schema.names == ["phone", "n"]


def test_a_table_that_cannot_be_read_to_its_end_has_no_copy() -> None:
    for fault in (SourceError("database", kind="X"), ValueError(PHONE)):
        with pytest.raises(HongxianError, match=r"shop\.db: members.*; no copy was made") as told:
            masked(table([(PHONE, 1)], fault=fault))
        assert told.value.code is Exit.SENSOR
        assert PHONE not in str(told.value)
    broken = table([(PHONE, 1)])
    broken.problems.append(Reason("store.broken_rows", {"count": 2}, "shop.db: members"))
    with pytest.raises(HongxianError, match="no copy was made"):
        masked(broken)


def test_rows_of_other_columns_are_no_faithful_copy() -> None:
    with pytest.raises(HongxianError, match="rows differ") as told:
        mask_table(table([(PHONE, 1)], [(PHONE,)]), io.BytesIO(), "csv", plan())
    assert told.value.code is Exit.SENSOR


def test_a_table_that_changes_between_two_readings_is_told() -> None:
    rounds = iter([1, "x"])
    one = table()
    one.read = lambda _sample: iter([arrow_batch([(PHONE, next(rounds))], NAMES)])
    with pytest.raises(HongxianError, match="rows differ"):
        masked(one)
