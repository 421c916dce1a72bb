"""Files of mitmproxy, written small: flows as each version laid them out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

AT = 1767294245.5


def tnet(value: Any) -> bytes:
    """Return a value as a typed netstring."""
    if isinstance(value, list | tuple):
        return _signed(b"".join(map(tnet, value)), b"]")
    if isinstance(value, dict):
        return _signed(b"".join(tnet(one) for pair in value.items() for one in pair), b"}")
    write, sign = _PLAIN[type(value)]
    return _signed(write(value), sign)


def _signed(data: bytes, sign: bytes) -> bytes:
    return str(len(data)).encode() + b":" + data + sign


_PLAIN: dict[type, tuple[Callable[[Any], bytes], bytes]] = {
    type(None): (lambda _: b"", b"~"),
    bool: (lambda value: b"true" if value else b"false", b"!"),
    bytes: (bytes, b","),
    str: (str.encode, b";"),
    int: (lambda value: str(value).encode(), b"#"),
    float: (lambda value: repr(value).encode(), b"^"),
}


def http(version: Any = 21, **more: Any) -> dict[str, Any]:
    """Return an HTTP flow as a version of 7 to 21 keeps it."""
    request = {
        "method": b"POST", "scheme": b"https", "host": "1.2.3.4", "port": 443,
        "path": b"/v1?id=1", "http_version": b"HTTP/1.1", "content": b"imei=1",
        "headers": [[b"Host", b"API.example.cn"], [b"Content-Encoding", b"gzip"]],
        "timestamp_start": AT, "timestamp_end": AT + 1,
    }  # fmt: skip
    response = {"status_code": 200, "reason": b"OK", "headers": [[b"A", b"b"]], "content": b"{}"}
    server: dict[str, Any] = {"address": ["1.2.3.4", 443], "sni": None, "via": None}
    if version >= 9:
        request["authority"] = b""
    else:
        request["first_line_format"] = "relative"
    if version < 19:
        server |= {"ip_address": ["1.2.3.4", 443], "tls_established": True}
    else:
        server |= {"peername": ["1.2.3.4", 443], "transport_protocol": "tcp"}
    made = {
        "type": "http", "version": version, "id": "f1", "request": request, "error": None,
        "response": response, "server_conn": server, "client_conn": {}, "metadata": {},
    }  # fmt: skip
    if version >= 12:
        made["websocket"] = None
    return {**made, **more}


def other(kind: str, **more: Any) -> dict[str, Any]:
    """Return a flow of another kind."""
    server = {"address": ["9.9.9.9", 853], "peername": ["9.9.9.9", 853], "sni": None}
    return {
        "type": kind, "version": 21, "id": "f2", "server_conn": server, "metadata": {},
        "error": None, "messages": [[True, b"a", AT], [False, b"b", AT + 1]], **more,
    }  # fmt: skip


def mitm(*flows: Any) -> bytes:
    return b"".join(map(tnet, flows))
