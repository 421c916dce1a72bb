"""HAR files as tools write them, small."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

from hongxian.sensors.session.network import read_flows

if TYPE_CHECKING:
    from hongxian.facts import Reason
    from hongxian.sensors.session.model import Flow

AT = "2026-01-02T03:04:05.678+08:00"
SECONDS = 1767294245.678


def entry(url: str = "https://api.example.cn/v1?id=1", **more: Any) -> dict[str, Any]:
    """Return an entry with what the specification calls required."""
    request = {
        "method": "POST", "url": url, "httpVersion": "HTTP/1.1", "cookies": [],
        "headers": [{"name": "Host", "value": "api.example.cn"}], "queryString": [],
        "postData": {"mimeType": "application/json", "text": '{"imei": "1"}'},
        "headersSize": -1, "bodySize": 13,
    }  # fmt: skip
    response = {
        "status": 200, "statusText": "OK", "httpVersion": "HTTP/1.1", "cookies": [],
        "headers": [{"name": "Content-Type", "value": "application/json"}],
        "content": {"size": 2, "mimeType": "application/json", "text": "{}"},
        "redirectURL": "", "headersSize": -1, "bodySize": 2,
    }  # fmt: skip
    made = {"startedDateTime": AT, "time": 1.5, "request": request, "response": response,
            "cache": {}, "timings": {"send": -1, "wait": 1}}  # fmt: skip
    return {**made, **more}


def har(*entries: Any, **more: Any) -> dict[str, Any]:
    """Return a HAR document."""
    log = {"version": "1.2", "creator": {"name": "t", "version": "1"}, "pages": []}
    return {"log": {**log, **more, "entries": list(entries)}}


def written(data: Any, indent: int | None = None) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=indent).encode()


def flows_of(data: bytes, keylog: bytes | None = None) -> tuple[list[Flow], list[Reason]]:
    """Return the flows of a capture, and what could not be read."""
    unread: list[Reason] = []
    flows = list(read_flows(io.BytesIO(data), "x.har", unread, keylog=keylog))
    return flows, unread


def one(data: dict[str, Any]) -> Flow:
    """Return the flow of one entry."""
    (flow,), _ = flows_of(written(har(data)))
    return flow


def words(unread: list[Reason]) -> list[tuple[str, int]]:
    return [(found.word.partition(".")[2], found.values["count"]) for found in unread]
