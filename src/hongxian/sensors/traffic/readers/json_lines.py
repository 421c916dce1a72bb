"""JSON lines of gateways: nginx, Envoy, Kong, APISIX, Traefik and others, bodies with them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import orjson

from hongxian.sensors.traffic.model import Exchange
from hongxian.sensors.traffic.readers.times import any_time

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMES = {
    "at": ("time", "timestamp", "@timestamp", "ts", "start_time", "started_at", "time_iso8601",
           "time_local", "msec", "StartUTC", "date", "request_time_iso"),
    "method": ("method", "request_method", "request.method", "http.request.method",
               "RequestMethod", "http_method"),
    "target": ("request_uri", "uri", "path", "url", "request.uri", "request.url", "url.original",
               "RequestPath", "x_envoy_original_path", "request.path"),
    "query": ("query", "query_string", "args", "request.querystring", "request.args"),
    "line": ("request", "request_line", "http_request"),
    "host": ("host", "http_host", "authority", "request.headers.host", "RequestHost",
             "server_name", "upstream_host_header"),
    "status": ("status", "response_code", "status_code", "response.status", "code",
               "DownstreamStatus", "http.response.status_code"),
    "size": ("body_bytes_sent", "bytes_sent", "response_size", "response.size", "size",
             "DownstreamContentSize"),
    "scheme": ("scheme", "request.scheme", "protocol_scheme", "RequestScheme", "https"),
    "request": ("request_body", "req_body", "request.body", "requestBody", "body"),
    "response": ("response_body", "resp_body", "response.body", "responseBody",
                 "upstream_response_body"),
}  # fmt: skip
"""Names under which gateways log each part; a dot leads into an object."""

WHO = {
    "account": ("account", "user_id", "uid", "user", "remote_user", "consumer.username",
                "consumer.id", "consumer.custom_id", "jwt.sub", "sub", "ClientUsername"),
    "token": ("authorization", "http_authorization", "request.headers.authorization", "token",
              "api_key", "request.headers.apikey", "session_id", "request.headers.cookie",
              "http_cookie"),
    "device": ("device", "device_id", "x_device_id", "request.headers.x-device-id"),
    "ip": ("client_ip", "remote_addr", "ip", "client", "x_real_ip", "downstream_remote_address",
           "ClientHost", "source_ip", "remote_ip"),
    "asn": ("asn", "geoip.asn", "as_number"),
    "fingerprint": ("ja4", "ja3", "tls_fingerprint", "fingerprint", "ja3_hash"),
}  # fmt: skip
"""The same for principals."""

_EMPTY = ("", "-", None)


def json_line(line: bytes | str, locator: str) -> Exchange | None:
    """Return the exchange of a JSON line; ``None`` if it is none."""
    try:
        row = orjson.loads(line)
    except (orjson.JSONDecodeError, RecursionError):
        return None
    return json_row(row, locator) if isinstance(row, dict) else None


def json_row(row: dict[str, Any], locator: str) -> Exchange | None:
    """Return the exchange of a decoded JSON object."""
    parts, who = layout_of(tuple(row))
    told = {part: first_of(row, names, part in _FLAT) for part, names in parts}
    method, target = _text(told.get("method")), _text(told.get("target"))
    if not method or not target:
        words = _text(told.get("line")).split(" ")
        if len(words) < 2:
            return None
        method, target = words[0], words[1]
    host, secure = _text(told.get("host")), _secure(told.get("scheme"))
    if target.startswith(("http://", "https://")):
        try:
            url = urlsplit(target)
        except ValueError:
            return None
        host, secure = host or url.netloc, url.scheme == "https"
        target = (url.path or "/") + (f"?{url.query}" if url.query else "")
    query = told.get("query")
    if query and "?" not in target:
        target += "?" + _query(query)
    return Exchange(
        at=any_time(told.get("at")), method=method.upper()[:16], target=target,
        host=host.partition(":")[0].lower(), status=_whole(told.get("status")) or None,
        size=_whole(told.get("size")), secure=secure, principals=who_of(row, who),
        request=body(told.get("request")), response=body(told.get("response")), locator=locator,
    )  # fmt: skip


_FLAT = ("line", "method", "target", "host", "status", "size", "at")
"""Parts that are no objects."""
Names = tuple[tuple[str, tuple[str, ...]], ...]


@lru_cache(maxsize=1_024)
def layout_of(keys: tuple[str, ...]) -> tuple[Names, Names]:
    """Return the names of parts and of principals that objects with these keys can have."""
    there = frozenset(keys)

    def kept(names: Mapping[str, tuple[str, ...]]) -> Names:
        found = (
            (part, tuple(one for one in all_ if one in there or one.partition(".")[0] in there))
            for part, all_ in names.items()
        )
        return tuple((part, names) for part, names in found if names)

    return kept(NAMES), kept(WHO)


def first_of(row: dict[str, Any], names: tuple[str, ...], flat: bool) -> Any:
    """Return the first value that an object has under some names; ``flat``: that is no object."""
    for name in names:
        value = row.get(name)
        if value is None and "." in name:
            value = inner(row, name)
        if value not in _EMPTY and not (flat and isinstance(value, dict)):
            return value
    return None


def inner(row: Any, name: str) -> Any:
    """Return a field by its way through nested ones, ``a.b``; ``None`` when it is not there."""
    for step in name.split("."):
        if not isinstance(row, dict):
            return None
        row = row.get(step)
    return row


def who_of(row: dict[str, Any], kinds: Names) -> dict[str, str]:
    """Return who is behind a request: kind and name."""
    found = {}
    for kind, names in kinds:
        for name in names:
            value = row.get(name)
            if value is None and "." in name:
                value = inner(row, name)
            if value not in _EMPTY and isinstance(value, str | int):
                found[kind] = str(value)[:4_096]
                break
    if "ip" in found:
        found["ip"] = address(found["ip"])
    return found


def address(text: str) -> str:
    """Return the first address of a list, without its port."""
    first = text.partition(",")[0].strip()
    return first.rpartition(":")[0] if first.count(":") == 1 else first


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _whole(value: Any) -> int:
    try:
        return int(value) if not isinstance(value, bool) else 0
    except (ValueError, TypeError, OverflowError):
        return 0


def _secure(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    text = _text(value).lower()
    return None if not text else text in ("https", "on", "wss", "true", "1")


def _query(value: Any) -> str:
    if isinstance(value, dict):
        return "&".join(f"{name}={one}" for name, one in value.items())
    return _text(value).lstrip("?")


def body(value: Any) -> bytes:
    """Return a body as bytes: the text, or the JSON that was logged in its place."""
    if value is None:
        return b""
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass")
    try:
        return orjson.dumps(value)
    except TypeError:  # a number beyond 64 bits
        return str(value).encode("utf-8", "surrogatepass")
