from __future__ import annotations

import gzip
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hongxian.errors import HongxianError
from hongxian.sensors.session.model import Flow
from hongxian.sensors.traffic.model import Exchange
from hongxian.sensors.traffic.readers import Log, log_flows, read_log
from hongxian.sensors.traffic.readers import read as reading
from hongxian.sensors.traffic.readers.read import form_of, reader_of

LINE = '10.0.0.7 - - [17/May/2015:10:05:03 +0000] "GET /{} HTTP/1.1" 200 203 "-" "curl"\n'
JSON = '{"time": 1431857103, "method": "GET", "uri": "/a"}\n'


def read(tmp_path: Path, data: bytes | str) -> tuple[Log, list[Exchange]]:
    path = tmp_path / "a.log"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    log = Log(path)
    return log, list(read_log(log))


@pytest.mark.parametrize(("text", "form"), [(LINE, "combined"), (JSON, "json")])
def test_the_format_is_told_by_the_lines(tmp_path: Path, text: str, form: str) -> None:
    log, found = read(tmp_path, text * 3)
    assert (log.form, log.read, log.reasons) == (form, 3, [])
    assert found[2].locator == "a.log:3"


def test_a_packed_log_is_read(tmp_path: Path) -> None:
    assert len(read(tmp_path, gzip.compress((LINE * 5).encode()))[1]) == 5


def test_a_damaged_log_keeps_what_was_read(tmp_path: Path) -> None:
    data = gzip.compress("".join(LINE.format(n) for n in range(9_000)).encode())
    log, found = read(tmp_path, data[: len(data) // 2])
    assert found
    assert [one.word for one in log.reasons] == ["traffic.damaged"]


def test_lines_that_are_no_requests_are_counted(tmp_path: Path) -> None:
    log, found = read(tmp_path, "# head\n\nstarting\n" + LINE + "oops\n" + LINE)
    assert (len(found), log.bad) == (2, 2)
    assert log.reasons[0].say("en").endswith("2 lines are no requests")


def test_a_capture_is_read_and_one_that_is_broken_told(tmp_path: Path) -> None:
    row = {"startedDateTime": "2015-05-17T10:05:03Z", "request": {"method": "GET", "url": "http://a.cn/"},
           "response": {"status": 200}}  # fmt: skip
    log, found = read(tmp_path, json.dumps({"log": {"entries": [row]}}))
    assert (log.form, len(found)) == ("capture", 1)
    log, _ = read(tmp_path, '{"log": {"entries": [[')
    assert log.reasons


def test_packets_that_are_none_are_told(tmp_path: Path) -> None:
    log, found = read(tmp_path, b"\xd4\xc3\xb2\xa1 no capture at all")
    assert not found
    assert log.reasons


def test_an_empty_log_is_told(tmp_path: Path) -> None:
    log, _ = read(tmp_path, "")
    assert [one.word for one in log.reasons] == ["traffic.no_requests"]


def test_a_log_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(HongxianError, match="No such file"):
        list(read_log(Log(tmp_path / "none")))


def test_a_line_without_an_end_takes_no_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LONGEST", 200)
    log, found = read(tmp_path, "x" * 1_000 + "\n" + LINE)
    assert (len(found), log.bad) == (1, 1)


@given(st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_a_log_or_told(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.mktemp("log")
    log, found = read(folder, data)
    assert found or log.reasons


def test_a_wrong_line_at_the_beginning_costs_itself_alone(tmp_path: Path) -> None:
    line = '10.0.0.7 - - [17/May/2015:10:05:03 +0000] "GET / HTTP/1.1" 200 203\n'
    path = tmp_path / "a.log"
    path.write_text(line * 18 + "oops\n" + line * 30)
    log = Log(path)
    assert len(list(read_log(log))) == 48
    assert log.bad == 1


def rows(path: Path, count: int, wrong: int) -> Log:
    """Write a table, of which one row tells no path."""
    uris = [None if number == wrong else f"/m?page={number}" for number in range(count)]
    pq.write_table(pa.table({
        "time": [1_431_857_103 + number for number in range(count)],
        "method": ["GET"] * count, "uri": pa.array(uris, pa.string()),
    }), path)  # fmt: skip
    return Log(path)


def test_rows_of_a_table_are_requests_and_one_that_is_none_is_counted(tmp_path: Path) -> None:
    log = rows(tmp_path / "a.parquet", 30, wrong=7)
    found = list(read_log(log))
    assert (log.form, log.read, log.bad) == ("parquet", 29, 1)
    assert [one.locator for one in found[6:8]] == ["a.parquet:7", "a.parquet:9"]
    assert (log.first, log.last) == (1_431_857_103, 1_431_857_132)
    assert log.reasons[0].say("en").endswith("1 lines are no requests")


def test_a_table_that_is_cut_off_is_told(tmp_path: Path) -> None:
    log = rows(tmp_path / "a.parquet", 30, wrong=7)
    log.path.write_bytes(log.path.read_bytes()[:-9])
    assert list(read_log(log)) == []
    assert [one.word for one in log.reasons] == ["traffic.damaged"]


def test_the_head_of_a_table_ends_where_the_rest_begins(tmp_path: Path) -> None:
    log = rows(tmp_path / "a.parquet", 30, wrong=7)
    assert len(list(read_log(log, head=True))) == reading.PROBED - 1
    assert (log.place, log.line) == (reading.PROBED, reading.PROBED)
    short = rows(tmp_path / "b.parquet", 5, wrong=9)
    assert len(list(read_log(short, head=True))) == 5
    assert short.place == 0


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "packed"])
@pytest.mark.parametrize(("text", "form"), [(LINE, "combined"), (JSON, "json")],
                         ids=["combined", "json"])  # fmt: skip
def test_the_head_of_a_log_ends_where_the_rest_begins(
    tmp_path: Path, text: str, form: str, packed: bool
) -> None:
    path = tmp_path / "a.log"
    data = ("# head\noops\n" + text * 30).encode()
    path.write_bytes(gzip.compress(data) if packed else data)
    log = Log(path)
    assert len(list(read_log(log, head=True))) == reading.PROBED - 1
    assert (log.form, log.line, log.bad) == (form, reading.PROBED + 1, 1)
    assert data[log.place :].decode() == text * 11
    assert log.locator(0) == "a.log:22"


@pytest.mark.parametrize(("text", "form"), [(LINE, "combined"), (JSON, "json"), ("oops", "")],
                         ids=["combined", "json", "none"])  # fmt: skip
def test_lines_of_a_form_are_read_as_those_that_told_it(text: str, form: str) -> None:
    assert form_of(text.encode())[0] == form
    reader = reader_of(form)
    if reader is None:
        assert form == ""
        return
    found = reader(text.encode(), "a.log:1")
    assert found is not None
    assert (found.method, found.at, found.locator) == ("GET", 1_431_857_103, "a.log:1")
    assert reader(b"oops \xff", "a.log:2") is None


def test_a_log_is_called_by_its_file_and_its_reasons_by_its_path(tmp_path: Path) -> None:
    log, _ = read(tmp_path, "oops\n")
    assert log.name == "a.log"
    assert log.reasons[0].say("en").startswith(str(tmp_path / "a.log"))


def test_flows_of_a_capture_are_whole_and_lines_are_exchanges(tmp_path: Path) -> None:
    row = {"startedDateTime": "2015-05-17T10:05:03Z", "request": {"method": "GET", "url": "http://a.cn/",
           "headers": [{"name": "X-A", "value": "1"}]}, "response": {"status": 200}}  # fmt: skip
    path = tmp_path / "a.har"
    path.write_text(json.dumps({"log": {"entries": [row]}}))
    log = Log(path)
    (flow,) = log_flows(log)
    assert isinstance(flow, Flow)
    assert flow.request.header("x-a") == "1"
    assert (log.form, log.read, log.first > 0) == ("capture", 1, True)
    path.write_text(LINE)
    (line,) = log_flows(Log(path))
    assert isinstance(line, Exchange)


def test_flows_of_a_packed_log_that_is_damaged_end_with_a_reason(tmp_path: Path) -> None:
    path = tmp_path / "a.gz"
    path.write_bytes(b"\x1f\x8bnothing of the kind")
    log = Log(path)
    assert list(log_flows(log)) == []
    assert [one.word for one in log.reasons] == ["traffic.damaged"]
