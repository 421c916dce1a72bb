"""JSON lines of gateways: nginx, Envoy, Kong, APISIX, Traefik and others, bodies with them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import orjson

from hongxian.sensors.traffic.model import Exchange
from hongxian.sensors.traffic.readers.times import any_time

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
    method, target = _text(_of(row, "method")), _text(_of(row, "target"))
    if not method or not target:
        words = _text(_of(row, "line")).split(" ")
        if len(words) < 2:
            return None
        method, target = words[0], words[1]
    host, secure = _text(_of(row, "host")), _secure(_of(row, "scheme"))
    if target.startswith(("http://", "https://")):
        try:
            parts = urlsplit(target)
        except ValueError:
            return None
        host, secure = host or parts.netloc, parts.scheme == "https"
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    query = _of(row, "query")
    if query and "?" not in target:
        target += "?" + _query(query)
    return Exchange(
        at=any_time(_of(row, "at")), method=method.upper()[:16], target=target,
        host=host.partition(":")[0].lower(), status=_whole(_of(row, "status")) or None,
        size=_whole(_of(row, "size")), secure=secure, principals=_who(row),
        request=_body(_of(row, "request")), response=_body(_of(row, "response")), locator=locator,
    )  # fmt: skip


def _of(row: dict[str, Any], part: str) -> Any:
    for name in NAMES[part]:
        value = row.get(name)
        if value is None and "." in name:
            value = _inner(row, name)
        if value not in _EMPTY and not (isinstance(value, dict) and part in _FLAT):
            return value
    return None


_FLAT = ("line", "method", "target", "host", "status", "size", "at")


def _inner(row: Any, name: str) -> Any:
    for step in name.split("."):
        if not isinstance(row, dict):
            return None
        row = row.get(step)
    return row


def _who(row: dict[str, Any]) -> dict[str, str]:
    found = {}
    for kind, names in WHO.items():
        for name in names:
            value = row.get(name)
            if value is None and "." in name:
                value = _inner(row, name)
            if value not in _EMPTY and isinstance(value, str | int):
                found[kind] = str(value)[:4_096]
                break
    if "ip" in found:
        found["ip"] = _address(found["ip"])
    return found


def _address(text: str) -> str:
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


def _body(value: Any) -> bytes:
    if value is None:
        return b""
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass")
    try:
        return orjson.dumps(value)
    except TypeError:  # a number beyond 64 bits
        return str(value).encode("utf-8", "surrogatepass")
