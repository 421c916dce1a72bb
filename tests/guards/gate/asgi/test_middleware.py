from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import AsyncIterator
from pathlib import Path

import brotli
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from tests.guards.gate.asgi.served import HEAD, LIMITED, PHONE, ask, phones, policy, served
from tests.guards.gate.live.redis_server import Redis
from tests.sensors.store.sources.servers import free_port

from hongxian.errors import HongxianError
from hongxian.guards.gate.asgi import GateMiddleware

MASK = '[endpoints."GET /me"]\nmask = ["*"]\n'


async def _match(request: Request) -> Response:
    asked = await request.json()
    return JSONResponse({"asked": len(asked), "size": len(await request.body())})


async def _me(request: Request) -> Response:
    body = json.dumps({"phone": PHONE, "note": "x" * 2_000}).encode()
    coding = request.query_params.get("coding", "")
    if coding == "br":
        return Response(brotli.compress(body), headers={"content-encoding": "br", "etag": "1"},
                        media_type="application/json")  # fmt: skip
    return Response(body, media_type="application/json")


async def _pieces(_: Request) -> Response:
    async def made() -> AsyncIterator[bytes]:
        for piece in ('{"phone":"1380', '0138000"', "}"):
            yield piece.encode()
            await asyncio.sleep(0)

    return StreamingResponse(made(), media_type="application/json")


async def _upload(request: Request) -> Response:
    size = 0
    async for piece in request.stream():
        size += len(piece)
    return JSONResponse({"size": size})


async def _broken(request: Request) -> Response:
    raise RuntimeError(request.url.path)


def application(path: Path, *inner: Middleware) -> Starlette:
    async def file(_: Request) -> Response:
        return FileResponse(path, media_type="application/json")

    routes = [
        Route("/match", _match, methods=["POST"]), Route("/me", _me),
        Route("/pieces", _pieces), Route("/upload", _upload, methods=["POST"]),
        Route("/broken", _broken), Route("/file", file),
    ]  # fmt: skip
    gate = Middleware(GateMiddleware, policy=path)
    return Starlette(routes=routes, middleware=[gate, *inner])


def log(path: Path) -> list[dict[str, object]]:
    lines = (path.parent / "gate.log").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_who_asks_for_too_many_is_stopped_before_the_application(tmp_path: Path) -> None:
    path = policy(tmp_path, LIMITED)
    with served(application(path)) as port:
        few, body = ask(port, "POST", "/match", phones(3))
        many, told = ask(port, "POST", "/match", phones(20))
        other, _ = ask(port, "POST", "/match", phones(3), x_user="u2")
    assert (few.status, json.loads(body)) == (200, {"asked": 3, "size": len(phones(3))})
    assert (many.status, many.getheader("retry-after")) == (429, "60")
    assert json.loads(told) == {"error": "too_many_requests"}
    assert other.status == 200
    (line,) = log(path)
    assert (line["endpoint"], line["action"], line["status"]) == ("POST /match", "throttle", 429)
    text = (tmp_path / "gate.log").read_text()
    assert not [number for number in json.loads(phones(20)) if number in text]


def test_a_body_that_comes_in_pieces_is_counted_and_handed_on_whole(tmp_path: Path) -> None:
    pieces = [phones(3)[:10], phones(3)[10:]]
    with served(application(policy(tmp_path, LIMITED))) as port:
        answer, body = ask(port, "POST", "/match", iter(pieces), chunked=True,
                           transfer_encoding="chunked")  # fmt: skip
    assert (answer.status, json.loads(body)["asked"]) == (200, 3)


@pytest.mark.parametrize("coding", ["", "gzip", "br"])
def test_answers_are_masked_however_they_are_packed(tmp_path: Path, coding: str) -> None:
    inner = [Middleware(GZipMiddleware)] if coding == "gzip" else []
    with served(application(policy(tmp_path, MASK), *inner)) as port:
        answer, body = ask(
            port, "GET", f"/me?coding={coding}", accept_encoding=coding or "identity"
        )
    assert answer.getheader("content-length") == str(len(body))
    assert answer.getheader("etag") is None
    assert (answer.getheader("content-encoding") or "") == coding
    unpack = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}[coding]
    assert json.loads(unpack(body)) == {"phone": "138****8000", "note": "x" * 2_000}


def test_an_answer_in_pieces_is_masked_across_them(tmp_path: Path) -> None:
    rule = '[endpoints."GET /pieces"]\nmask = ["basic.phone"]\n'
    with served(application(policy(tmp_path, rule))) as port:
        _, body = ask(port, "GET", "/pieces")
    assert body == b'{"phone":"138****8000"}'


def test_a_file_is_masked_as_any_other_answer(tmp_path: Path) -> None:
    path = policy(tmp_path, f'[endpoints."GET /file"]\nmask = ["*"]\n# {PHONE}\n')
    with served(application(path)) as port:
        answer, body = ask(port, "GET", "/file", range="bytes=0-5")
    assert answer.status == 206  # nothing says that this endpoint gives PI
    path.write_text(path.read_text() + 'fail = "closed"\n')
    with served(application(path)) as port:
        answer, body = ask(port, "GET", "/file", range="bytes=0-5")
    assert (answer.status, PHONE.encode() in body) == (200, False)


def test_a_body_too_large_to_be_read_fails_as_configured(tmp_path: Path) -> None:
    small = '[limits]\nrequest = 1000\n[endpoints."POST /match"]\nfail = "closed"\n'
    path = policy(tmp_path, small)
    with served(application(path)) as port:
        passed, body = ask(port, "POST", "/upload", b"x" * 300_000)
        held, told = ask(port, "POST", "/match", phones(20_000))
    assert (passed.status, json.loads(body)) == (200, {"size": 300_000})
    assert (held.status, json.loads(told)) == (413, {"error": "unreadable_large"})
    assert [line["reasons"] for line in log(path)] == [["large"], ["large"]]


def test_a_fault_of_the_application_stays_its_own(tmp_path: Path) -> None:
    path = policy(tmp_path, '[log]\nfile = "gate.log"\nwhat = "all"\n', HEAD.split("[log]")[0])
    with served(application(path)) as port:
        assert ask(port, "GET", "/broken")[0].status == 500
        assert ask(port, "GET", "/me", None)[0].status == 200
        assert ask(port, "HEAD", "/me", None)[1] == b""
    assert [line["status"] for line in log(path)] == [500, 200, 200]


def test_a_faulty_policy_is_told_when_the_application_is_made(tmp_path: Path) -> None:
    with pytest.raises(HongxianError, match="unknown key 'limit'"):
        GateMiddleware(application, policy(tmp_path, "[limit]\n"))  # type: ignore[arg-type]


def test_a_log_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    path = policy(tmp_path, '[log]\nfile = "none/gate.log"\n', HEAD.split("[log]")[0])
    gate = GateMiddleware(application, path)  # type: ignore[arg-type]
    with pytest.raises(HongxianError, match=r"gate\.log"):
        gate._begin()


def test_processes_of_an_application_count_together(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("GATE_SECRET", "s" * 32)
    server = Redis(free_port())
    asyncio.run(server.start())
    try:
        state = f'[state]\nredis = "{server.address}"\nsecret_env = "GATE_SECRET"\ntimeout = "5s"\n'
        path = policy(tmp_path, LIMITED + state)
        with served(application(path)) as one, served(application(path)) as other:
            assert ask(one, "POST", "/match", phones(4))[0].status == 200
            assert ask(other, "POST", "/match", phones(4))[0].status == 200
            assert ask(other, "POST", "/match", phones(20))[0].status == 429
            assert ask(one, "POST", "/match", phones(1))[0].status == 429
    finally:
        server.stop()
