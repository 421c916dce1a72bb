"""Speaks restic's REST protocol, versions 1 and 2, as an ASGI application.

Streams both ways, so that memory does not grow with objects. Append-only: of all that a client
has written it may remove locks alone.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse

from hongxian.guards.keep.vault.objects import RefusedError, blocks
from hongxian.guards.keep.vault.restic.dates import LARGEST
from hongxian.guards.keep.vault.restic.repository import KINDS, LOCK
from hongxian.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import Receive, Scope, Send

    from hongxian.guards.keep.vault.alarms import Alarms
    from hongxian.guards.keep.vault.passwords import Passwords
    from hongxian.guards.keep.vault.quotas import Quotas
    from hongxian.guards.keep.vault.restic.repository import Repository

V1, V2 = "application/vnd.x.restic.rest.v1", "application/vnd.x.restic.rest.v2"
STATUS = {
    "name": 404, "exists": 403, "hash": 400, "large": 413, "flood": 429, "reserve": 507,
    "expiring": 503,
}  # fmt: skip
"""Refusal -> status; any other is 403."""
TOLD = ("delete", "exists", "future", "past", "unreadable", "flood", "reserve", "password", "hash")
"""Refusals that are alarms."""

_RANGE = re.compile(r"bytes=(\d+)-(\d*)")


class ResticApp:
    """Answers restic.

    Args:
        repositories: client -> its repository.
        passwords: of the clients.
        quotas: how much each may bring.
        alarms: told what was refused.
    """

    def __init__(
        self, repositories: Mapping[str, Repository], passwords: Passwords, quotas: Quotas,
        alarms: Alarms,
    ) -> None:  # fmt: skip
        """Keep what is told."""
        self._repositories, self._passwords = repositories, passwords
        self._quotas, self._alarms = quotas, alarms

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        request = Request(scope, receive)
        source = request.client.host if request.client else "?"
        try:
            response = await self._answer(request)
        except RefusedError as refused:
            if refused.reason in TOLD:
                whose = str(refused.values.get("client", source))
                self._alarms.tell(f"refused_{refused.reason}", whose, place=source)
            response = _refusal(refused)
        except ClientDisconnect:
            return
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        client = await self._client(request)
        if client is None:
            return PlainTextResponse("", 401, {"www-authenticate": 'Basic realm="vault"'})
        parts = request.url.path.strip("/").split("/")
        repository = self._repositories.get(client)
        if repository is None or parts[0] != client:
            raise RefusedError("name")
        try:
            return await self._within(request, repository, parts[1:])
        except RefusedError as refused:
            refused.values.setdefault("client", client)
            raise

    async def _within(self, request: Request, own: Repository, parts: list[str]) -> Response:
        method = request.method
        if method == "DELETE":
            if len(parts) == 2 and parts[0] == "locks":
                return Response(status_code=200 if own.unlock(parts[1]) else 404)
            raise RefusedError("delete")
        if method == "POST" and not parts:
            return Response(status_code=200)
        if parts == ["config"]:
            parts = ["config", ""]
        if len(parts) == 1 and method == "GET":
            return await run_in_threadpool(_listed, request, own, parts[0])
        if len(parts) == 2 and method in ("GET", "HEAD"):
            return await run_in_threadpool(_object, request, own, *parts)
        if len(parts) == 2 and method == "POST":
            return await self._write(request, own, *parts)
        raise RefusedError("name")

    async def _write(self, request: Request, own: Repository, kind: str, number: str) -> Response:
        if kind == "locks":
            own.lock(number, await _short(request, LOCK))
            return Response(status_code=200)
        most = LARGEST if kind in ("snapshots", "keys", "config") else None
        self._quotas.admit(own.client, 0, 1)
        incoming = own.begin(kind, number)
        try:
            async for data in request.stream():
                self._quotas.admit(own.client, len(data))
                incoming.write(data)
                if most is not None and incoming.size > most:
                    raise RefusedError("large")
            await run_in_threadpool(own.finish, incoming, kind, number)
        finally:
            incoming.close()
        self._alarms.over("silent", own.client)
        return Response(status_code=200)

    async def _client(self, request: Request) -> str | None:
        kind, _, text = request.headers.get("authorization", "").partition(" ")
        if kind.lower() != "basic":
            return None
        try:
            client, _, password = base64.b64decode(text).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return None
        if self._passwords.known(client, password):
            return client
        if await run_in_threadpool(self._passwords.right, client, password):
            return client
        source = request.client.host if request.client else "?"
        self._alarms.tell("refused_password", source)
        return None


async def _short(request: Request, most: int) -> bytes:
    data = b""
    async for piece in request.stream():
        data += piece
        if len(data) > most:
            raise RefusedError("large")
    return data


def _listed(request: Request, own: Repository, kind: str) -> Response:
    found: list[Any]
    if request.headers.get("accept") == V2:
        found = [{"name": name, "size": size} for name, size in own.list(kind)]
        return JSONResponse(found, media_type=V2)
    found = [name for name, _ in own.list(kind)]
    return JSONResponse(found, media_type=V1)


def _object(request: Request, own: Repository, kind: str, number: str) -> Response:
    if kind == "config":
        path = own.store.path(own.area, "config")
    elif kind in KINDS:
        path = own.path(kind, number)
    else:
        raise RefusedError("name")
    try:
        source = path.open("rb")
    except FileNotFoundError:
        return Response(status_code=404)
    size = path.stat().st_size
    start, end = _span(request.headers.get("range"), size)
    head = {"content-length": str(max(0, end - start)), "accept-ranges": "bytes"}
    whole = (start, end) == (0, size)
    if request.method == "HEAD" or start >= end:
        source.close()
        status = 200 if request.method == "HEAD" or whole else 416
        return Response(status_code=status, headers=head)
    if not whole:
        head["content-range"] = f"bytes {start}-{end - 1}/{size}"
    source.seek(start)
    return StreamingResponse(
        _closing(source, end - start), 200 if whole else 206, head, "binary/octet-stream"
    )


def _closing(source: Any, size: int) -> Any:
    with source:
        yield from blocks(source, size)


def _span(text: str | None, size: int) -> tuple[int, int]:
    found = _RANGE.fullmatch(text or "")
    if found is None:
        return 0, size
    return int(found[1]), min(size, int(found[2]) + 1 if found[2] else size)


def _refusal(refused: RefusedError) -> Response:
    line = say(f"keep_vault.refused_{refused.reason}", "en", **refused.values)
    return PlainTextResponse(line, STATUS.get(refused.reason, 403))
