from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.guards.gate.asgi.served import LIMITED, PHONE, phones, policy

from hongxian.guards.gate.asgi import GateMiddleware
from hongxian.guards.gate.asgi.flow import target_of

JSON = [(b"Content-Type", b"application/json")]
CLOSED = '[endpoints."GET /me"]\nfail = "closed"\nmask = ["*"]\n'
LIMITED_SOCKET = LIMITED.replace("POST /match", "GET /ws/*")


def scope(**more: Any) -> dict[str, Any]:
    return {
        "type": "http", "method": "GET", "scheme": "http", "path": "/me", "query_string": b"",
        "headers": [(b"X-User", b"u1")], "client": ("127.0.0.1", 1), **more,
    }  # fmt: skip


def answering(*messages: dict[str, Any]) -> Callable[..., Any]:
    async def app(_: Any, receive: Any, send: Any) -> None:
        del receive
        for message in messages:
            await send(message)

    return app


def start(status: int = 200, headers: Any = JSON, **more: Any) -> dict[str, Any]:
    return {"type": "http.response.start", "status": status, "headers": headers, **more}


def body(data: bytes, *, more: bool = False) -> dict[str, Any]:
    return {"type": "http.response.body", "body": data, "more_body": more}


def told(
    path: Path, app: Any, own: dict[str, Any] | None = None, came: Any = ()
) -> list[dict[str, Any]]:
    """Return what the server is sent when an application behind the gate is asked."""
    sent: list[dict[str, Any]] = []
    left = [*came] or [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> Any:
        return left.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    gate = GateMiddleware(app, path)
    asyncio.run(gate(own or scope(), receive, send))
    asyncio.run(gate._end())
    return sent


EVENTS = start(headers=[(b"content-type", b"text/event-stream"), (b"content-length", b"9")])
NEEDS = '[actions]\nover_exposed = "block"\n[endpoints."GET /me"]\nneeds = ["basic.email"]\n'


def test_events_are_masked_line_by_line(tmp_path: Path) -> None:
    pieces = [
        body(b"data: 1\n\nda", more=True), body(b"ta:", more=True),
        body(b' "13800138000"\n', more=True), body(b'data: "13800138001"'),
    ]  # fmt: skip
    sent = told(policy(tmp_path, CLOSED), answering(EVENTS, *pieces))
    assert sent[0]["headers"] == [(b"content-type", b"text/event-stream")]
    assert [(one["body"], one["more_body"]) for one in sent[1:]] == [
        (b"data: 1\n\n", True), (b'data: "138****8000"\n', True), (b'data: "138****8001"', False),
    ]  # fmt: skip


@pytest.mark.parametrize("way", ["send", "receive"])
def test_events_that_are_not_to_be_given_end_and_the_application_is_told(
    tmp_path: Path, way: str
) -> None:
    async def app(_: Any, receive: Any, send: Any) -> None:
        await receive()
        await send(EVENTS)
        await send(body(b"data: 13800138000\n", more=True))
        if way == "receive":
            assert await receive() == {"type": "http.disconnect"}
        while way == "send":
            await send(body(b"data: 1\n", more=True))

    sent = told(policy(tmp_path, NEEDS), app)
    assert [one.get("body") for one in sent] == [None, b""]
    assert not sent[1]["more_body"]
    assert '"stopped"' in (tmp_path / "gate.log").read_text()


@pytest.mark.parametrize("announced", [True, False])
def test_an_answer_too_large_to_be_read_fails_as_configured(
    tmp_path: Path, announced: bool
) -> None:
    small = "[limits]\nanswer = 10\n"
    headers = [*JSON, (b"content-length", b"15")] if announced else JSON
    pieces = [start(headers=headers), body(b"x" * 6, more=True), body(b"y" * 9)]
    sent = told(policy(tmp_path, small), answering(*pieces))
    assert b"".join(one.get("body", b"") for one in sent) == b"x" * 6 + b"y" * 9
    assert not sent[-1]["more_body"]
    refused = told(policy(tmp_path, CLOSED + small), answering(*pieces))
    assert (refused[0]["status"], len(refused)) == (502, 2)
    assert b"unreadable_large" in refused[1]["body"]


def test_an_answer_that_may_not_be_given_is_held_back(tmp_path: Path) -> None:
    rule = '[actions]\nover_exposed = "block"\n[endpoints."GET /me"]\nneeds = ["basic.email"]\n'
    given = [start(), body(b'{"phone":"' + PHONE.encode() + b'"}')]
    sent = told(policy(tmp_path, rule), answering(*given))
    assert (sent[0]["status"], sent[1]["body"]) == (403, b'{"error":"blocked"}')
    broken = [start(headers=[*JSON, (b"content-encoding", b"gzip")]), body(b"no gzip")]
    sent = told(policy(tmp_path, CLOSED), answering(*broken))
    assert (sent[0]["status"], sent[1]["body"]) == (502, b'{"error":"unreadable_corrupt"}')


def test_what_need_not_be_read_goes_through_as_it_comes(tmp_path: Path) -> None:
    picture = [start(headers=[(b"content-type", b"image/png")]), body(b"a", more=True), body(b"b")]
    assert told(policy(tmp_path, CLOSED), answering(*picture))[1:] == picture[1:]
    nothing = [start(304), body(b"")]
    assert told(policy(tmp_path, CLOSED), answering(*nothing))[0]["status"] == 304
    hints = {"type": "http.response.early_hint", "links": []}
    trailers = {"type": "http.response.trailers", "headers": []}
    sent = told(policy(tmp_path), answering(hints, start(trailers=True), body(b"{}"), trailers))
    assert [sent[0], sent[-1]] == [hints, trailers]


def test_an_application_cannot_send_files_past_the_gate(tmp_path: Path) -> None:
    found: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        del receive
        found.append(scope["extensions"])
        await send(start())
        await send(body(b"{}"))

    own = scope(extensions={"http.response.pathsend": {}, "http.response.trailers": {}})
    told(policy(tmp_path), app, own)
    assert found == [{"http.response.trailers": {}}]
    assert "http.response.pathsend" in own["extensions"]


def test_a_client_that_goes_before_its_body_is_whole_asks_for_nothing(tmp_path: Path) -> None:
    came = [{"type": "http.request", "body": b"[", "more_body": True}, {"type": "http.disconnect"}]
    assert told(policy(tmp_path), answering(start(), body(b"{}")), scope(), came) == []
    assert "client_gone" in (tmp_path / "gate.log").read_text()


def test_a_body_is_handed_on_and_then_what_comes_after_it(tmp_path: Path) -> None:
    got: list[Any] = []

    async def app(_: Any, receive: Any, send: Any) -> None:
        got.extend([await receive(), await receive()])
        await send(start())
        await send(body(b"{}"))

    came = [
        {"type": "http.request", "body": b"[", "more_body": True},
        {"type": "http.request", "body": b"]"}, {"type": "http.disconnect"},
    ]  # fmt: skip
    told(policy(tmp_path), app, scope(method="POST"), came)
    whole = {"type": "http.request", "body": b"[]", "more_body": False}
    assert got == [whole, {"type": "http.disconnect"}]


def test_half_of_a_packed_body_is_not_taken_for_the_whole(tmp_path: Path) -> None:
    own = scope(method="POST", headers=[(b"content-encoding", b"gzip")])
    came = [{"type": "http.request", "body": b"x" * 20, "more_body": True}]
    small = "[limits]\nrequest = 10\n"
    sent = told(policy(tmp_path, small), answering(start(), body(b"{}")), own, came)
    assert sent[0]["status"] == 200
    assert '"large"' in (tmp_path / "gate.log").read_text()


def test_head_is_refused_without_a_body(tmp_path: Path) -> None:
    own = scope(method="HEAD", headers=[(b"authorization", b"a"), (b"authorization", b"b")])
    closed = '[endpoints."HEAD /me"]\nfail = "closed"\n'
    sent = told(policy(tmp_path, closed), answering(), own)
    assert (sent[0]["status"], sent[1]["body"]) == (400, b"")


@pytest.mark.parametrize(("extensions", "kinds"), [
    ({"websocket.http.response": {}},
     ["websocket.http.response.start", "websocket.http.response.body"]),
    (None, ["websocket.close"]),
])  # fmt: skip
def test_a_websocket_is_passed_through_once_the_request_for_it_was_judged(
    tmp_path: Path, extensions: Any, kinds: list[str]
) -> None:
    async def app(_: Any, receive: Any, send: Any) -> None:
        assert await receive() == {"type": "websocket.connect"}
        await send({"type": "websocket.accept"})

    path = policy(tmp_path, LIMITED_SOCKET)
    query = b"q=" + phones(20).replace(b" ", b"")
    came = [{"type": "websocket.connect"}]
    own = scope(type="websocket", scheme="ws", path="/ws/a", extensions=extensions)
    del own["method"]
    assert told(path, app, own, came) == [{"type": "websocket.accept"}]
    assert [one["type"] for one in told(path, app, {**own, "query_string": query}, came)] == kinds


def test_the_target_is_the_one_that_was_sent() -> None:
    assert target_of(scope(raw_path=b"/a%2Fb", query_string=b"c=1")) == "/a%2Fb?c=1"
    assert target_of(scope(path="/用户/1")) == "/%E7%94%A8%E6%88%B7/1"
