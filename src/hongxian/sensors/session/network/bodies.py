"""Headers and bodies of HAR entries: texts back to the bytes that they were."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

from hongxian.sensors.session.model import Message
from hongxian.sensors.session.network.stored import (
    coded,
    from_base64,
    list_of,
    object_of,
    text_of,
    whole_of,
)

_BOUNDARY = re.compile(r'boundary="?([^";,\s]{1,200})', re.IGNORECASE)
_CHARSET = re.compile(r'charset="?([\w.:-]{1,40})', re.IGNORECASE)
_MARK = 3
"""Bytes of a byte order mark, which is not in the text."""


def request_of(sent: dict[str, Any]) -> Message:
    """Return the request of an entry."""
    headers = headers_of(sent.get("headers"))
    posted = object_of(sent.get("postData"))
    kind = text_of(posted.get("mimeType")) or _value(headers, "content-type")
    body = _stored(posted.get("text"), posted.get("encoding") or posted.get("_encoding"), kind)
    params = list_of(posted.get("params"))
    if not body and params:
        body = _from_params(params, kind)
    size = whole_of(sent.get("bodySize")) or 0
    if not posted:
        body = None if size > 0 else b""
    return _message(headers, body, size if body is None else 0)


def response_of(got: dict[str, Any]) -> Message:
    """Return the response of an entry."""
    headers = headers_of(got.get("headers"))
    content = object_of(got.get("content"))
    kind = _value(headers, "content-type") or text_of(content.get("mimeType"))
    size = whole_of(content.get("size"))
    size = (whole_of(got.get("bodySize")) if size is None else size) or 0
    body = _stored(content.get("text"), content.get("encoding"), kind)
    if not body:
        return _message(headers, None if size > 0 else b"", max(size, 0))
    # some write the size before decompression; then this is below zero
    size += min(whole_of(content.get("compression")) or 0, 0)
    return _message(headers, body, 0 if "utf-16" in kind.lower() else size - _MARK)


def headers_of(found: Any) -> tuple[tuple[str, str], ...]:
    """Return headers out of any of the shapes that tools write, without those of HTTP/2 itself."""
    if isinstance(found, dict):
        pairs = [(name, text_of(value)) for name, value in found.items()]
        return tuple(pair for pair in pairs if pair[0][:1] not in ("", ":"))
    if not isinstance(found, list):
        return ()
    try:
        headers = [(one["name"], one["value"]) for one in found]
    except (KeyError, TypeError):
        headers = [pair for one in found if (pair := _pair(one))]
    return tuple(
        (name, value if isinstance(value, str) else text_of(value))
        for name, value in headers
        if isinstance(name, str) and name and name[0] != ":"
    )


def _pair(found: Any) -> tuple[str, str] | None:
    if isinstance(found, dict):
        return text_of(found.get("name")), text_of(found.get("value"))
    if isinstance(found, list) and len(found) == 2:
        return text_of(found[0]), text_of(found[1])
    return None


def _message(headers: tuple[tuple[str, str], ...], body: bytes | None, size: int) -> Message:
    held = len(body or b"")
    codings = coded(body, _value(headers, "content-encoding")) if body else ()
    # what is still compressed is not measured by the size of what it holds
    return Message(
        headers=headers, body=body, codings=codings, cut=size > held and not (codings and held)
    )


def _value(headers: tuple[tuple[str, str], ...], wanted: str) -> str:
    for name, value in headers:
        if len(name) == len(wanted) and name.lower() == wanted:
            return value
    return ""


def _stored(found: Any, encoding: Any, kind: str) -> bytes | None:
    """Return the bytes that an entry stores as text."""
    if not isinstance(found, str):
        return None
    if isinstance(encoding, str) and encoding.lower() == "base64":
        data = from_base64(found)
        if data is not None:
            return data
    return _encoded(found, kind)


def _encoded(text: str, kind: str) -> bytes:
    if text.startswith("\x1f\x8b"):  # bytes that were stored one character each
        kind = "charset=latin-1"
    found = _CHARSET.search(kind)
    if found:
        try:
            return text.encode(found.group(1))
        except (LookupError, UnicodeError, ValueError):
            pass
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeError:
        return text.encode("utf-8", "replace")


def _from_params(params: list[Any], kind: str) -> bytes:
    """Return the form whose fields are stored apart, as it was sent."""
    fields = [object_of(one) for one in params]
    found = _BOUNDARY.search(kind)
    if "multipart" in kind.lower():
        boundary = found.group(1) if found else "boundary"
        parts = [_part(field, boundary) for field in fields]
        return b"".join(parts) + f"--{boundary}--\r\n".encode("utf-8", "replace")
    pairs = [(text_of(one.get("name")), text_of(one.get("value"))) for one in fields]
    return urlencode(pairs, errors="replace").encode()


def _part(field: dict[str, Any], boundary: str) -> bytes:
    file, kind = text_of(field.get("fileName")), text_of(field.get("contentType"))
    name = f'form-data; name="{text_of(field.get("name"))}"'
    named = f'{name}; filename="{file}"' if file else name
    typed = f"Content-Type: {kind}\r\n" if kind else ""
    head = f"--{boundary}\r\nContent-Disposition: {named}\r\n{typed}\r\n"
    return f"{head}{text_of(field.get('value'))}\r\n".encode("utf-8", "replace")
