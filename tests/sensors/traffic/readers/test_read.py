from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hongxian.errors import HongxianError
from hongxian.sensors.traffic.model import Exchange
from hongxian.sensors.traffic.readers import Log, read_log
from hongxian.sensors.traffic.readers import read as reading

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
