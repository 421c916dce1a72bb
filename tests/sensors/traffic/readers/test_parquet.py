from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from hongxian.audit.watch import watch
from hongxian.errors import HongxianError
from hongxian.sensors.traffic.readers import Log, parquet, read_log
from hongxian.sensors.traffic.readers.parquet import cuts_of, rows_of
from hongxian.sensors.traffic.sense import open_traffic


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    path = tmp_path / "a.parquet"
    moments = [datetime(2025, 6, 15, 15, 6, 40, tzinfo=UTC), None] * 50
    table = pa.table({
        "time": pa.array(moments, pa.timestamp("ms", "UTC")), "method": ["POST"] * 100,
        "uri": [f"/m?page={number % 3}" for number in range(100)],
        "request_body": pa.array([b'{"phone": "13800138000"}', None] * 50, pa.binary()),
        "user_id": list(range(100)),
    })  # fmt: skip
    pq.write_table(table, path, row_group_size=30)
    return path


def test_a_row_is_a_request(lake: Path) -> None:
    log = Log(lake)
    found = list(read_log(log))
    assert (log.form, log.read, len(found)) == ("parquet", 100, 100)
    one = found[0]
    assert (one.at, one.method, one.target) == (1_750_000_000.0, "POST", "/m?page=0")
    assert (one.request, one.principals) == (b'{"phone": "13800138000"}', {"account": "0"})
    assert (found[1].at, found[1].request, found[1].locator) == (0.0, b"", "a.parquet:2")


def test_rows_come_from_where_they_are_wanted(lake: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "ROWS", 7)
    for start, stop in ((0, None), (20, 65), (30, 60), (95, None), (100, None)):
        found = [row["user_id"] for rows in rows_of(lake, start, stop) for row in rows]
        assert found == list(range(100))[start:stop]


def test_parts_are_whole_groups_of_rows(lake: Path) -> None:
    assert list(cuts_of(lake, 20, 1)) == [(20, 30), (30, 60), (60, 90), (90, 100)]
    assert list(cuts_of(lake, 20, 1 << 30)) == [(20, 100)]
    assert list(cuts_of(lake, 100, 1)) == []


def test_a_damaged_file_is_told(lake: Path) -> None:
    lake.write_bytes(lake.read_bytes()[:-9])
    sensed = open_traffic([lake])
    watch(sensed)
    assert "damaged" in sensed.reasons[0].say("en")


def test_what_is_missing_is_told(lake: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "find_spec", lambda _: None)
    with pytest.raises(HongxianError, match=r"hongxian\[arrow\]"):
        list(rows_of(lake))
