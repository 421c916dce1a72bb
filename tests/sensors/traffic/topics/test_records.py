from __future__ import annotations

import json
from pathlib import Path

import pytest

from hongxian.sensors.traffic.readers import Log
from hongxian.sensors.traffic.topics.records import is_request, lines_of, told_by, unwrapped

JSON = b'{"method": "GET", "uri": "/a"}'
CLF = b'10.0.0.7 - - [17/May/2015:10:05:03 +0000] "GET / HTTP/1.1" 200 203'


def shipped(line: bytes, name: str = "message") -> bytes:
    return json.dumps({"host": {"name": "web"}, name: line.decode()}).encode()


@pytest.mark.parametrize(
    ("value", "form"),
    [(JSON, "json"), (CLF, "combined"), (shipped(JSON), "shipped-json"),
     (shipped(CLF, "log"), "shipped"), (b"oops", "")],
    ids=["json", "combined", "shipped-json", "shipped", "none"],
)  # fmt: skip
def test_the_first_request_tells_the_form(value: bytes, form: str) -> None:
    values = [b"", b"oops", value]
    assert told_by(values, unwrapped(values)) == form


def test_what_a_shipper_wrapped_is_unwrapped() -> None:
    assert unwrapped([shipped(CLF), JSON, b"{", b"[1]"]) == [CLF, JSON, b"{", b"[1]"]


def test_lines_of_text_are_counted_where_they_stand() -> None:
    log = Log(Path("t"))
    found = list(lines_of(log, [CLF, b"", b"oops", JSON]))
    assert [one.locator for one in found] == ["t:1", "t:4"]
    assert (log.read, log.bad, log.first) == (2, 1, 1431857103)


def test_an_empty_record_is_no_wrong_one() -> None:
    assert is_request(b" ", "json")
    assert not is_request(b" ", "")
    assert not is_request(CLF, "json")
    assert is_request(JSON, "combined")
