from __future__ import annotations

import base64
import gzip
import io
import json
from typing import Any

from hongxian.sensors.traffic.readers.flows import flow_exchanges


def har(*entries: dict[str, Any]) -> io.BytesIO:
    return io.BytesIO(json.dumps({"log": {"version": "1.2", "entries": list(entries)}}).encode())


def entry(url: str = "https://api.example/m?a=1", **response: Any) -> dict[str, Any]:
    return {
        "startedDateTime": "2015-05-17T10:05:03Z",
        "request": {"method": "POST", "url": url, "headers": [
            {"name": "Authorization", "value": "Bearer x"}, {"name": "X-Device-Id", "value": "d"}],
            "postData": {"mimeType": "application/json", "text": '{"phone":"1"}'}},
        "response": {"status": 200, "headers": [], "content": {"text": "{}"}} | response,
    }  # fmt: skip


def test_a_har_file_gives_its_exchanges() -> None:
    (found,) = flow_exchanges(har(entry()), "c.har", [])
    assert (found.method, found.target, found.host, found.secure) == (
        "POST",
        "/m?a=1",
        "api.example",
        True,
    )
    assert found.principals == {"token": "Bearer x", "device": "d"}
    assert (found.at, found.request, found.response) == (1431857103, b'{"phone":"1"}', b"{}")
    assert found.locator == "c.har entry 0"


def test_packed_answers_are_unpacked() -> None:
    packed = base64.b64encode(gzip.compress(b'{"a":1}')).decode()
    content = {"text": packed, "encoding": "base64"}
    (found,) = flow_exchanges(
        har(entry(headers=[{"name": "Content-Encoding", "value": "gzip"}], content=content)),
        "c",
        [],
    )
    assert found.response == b'{"a":1}'


def test_a_request_without_an_answer_is_read() -> None:
    row = entry()
    del row["response"]
    (found,) = flow_exchanges(har(row), "c", [])
    assert (found.status, found.response) == (None, b"")
