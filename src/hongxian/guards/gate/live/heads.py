"""Heads of messages: read strictly, so that no two readers take one for different things.

``httptools`` (llhttp) reads them; what it lets pass and a proxy must not is refused here.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass

import httptools

from hongxian.guards.gate.exchange.field_lines import FieldLines
from hongxian.guards.gate.live.plain_heads import HOP, Pairs, plain_request
from hongxian.signals.keyed import COMPILED

Lines = FieldLines | Pairs | bytes
"""Headers in any form in which they are sent."""
_LINE = re.compile(rb"([A-Z-]{1,20}) ([!-~]+) HTTP/1\.([01])\r\n")
_HOST = re.compile(rb"[A-Za-z0-9._~\[\]:%-]*")
_known_hosts: set[bytes] = set()
_MOST_HOSTS = 1_000
_MOST_LENGTHS = 1 << 15
_lengths: list[bytes | None] = [None] * _MOST_LENGTHS
_ABSOLUTE = re.compile(r"(?i:https?)://([^/?#@]+)(.*)", re.DOTALL)
_LOOKALIKE = re.compile(rb"(?:content.length|transfer.encoding)\Z")


class HeadError(Exception):
    """A message that is not taken.

    Args:
        status: what is answered.
        reason: what is wrong, in a word.
    """

    def __init__(self, status: int, reason: str) -> None:
        """Keep both."""
        super().__init__(reason)
        self.status, self.reason = status, reason


@dataclass(slots=True)
class RequestHead:
    """The head of a request."""

    method: str
    target: str
    """Path and query, or ``*``."""
    headers: FieldLines | Pairs
    """Names in lower case, the host first; those for this hop are left out."""
    length: int
    """Bytes of its body; -1 when it comes in chunks."""
    keep: bool
    """Whether the connection may go on afterwards."""
    newer: bool
    """Whether the client speaks HTTP/1.1."""
    upgrade: bool = False
    """Whether it asks for a WebSocket."""
    expects: bool = False
    """Whether it waits for a word before it sends its body."""


class RequestReader:
    """Reads heads of requests, one after the other.

    Args:
        most_headers: how many headers one may have.
    """

    def __init__(self, most_headers: int = 100) -> None:
        """Keep the limit."""
        self._most = most_headers
        self._headers: Pairs = []

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header from the parser."""
        self._headers.append((name.lower(), value.strip(b" \t")))

    def read(self, data: bytes) -> RequestHead:
        """Return the head that bytes are, up to the empty line.

        Raises:
            HeadError: it is none that is taken.
        """
        head = self.plain(data) if COMPILED else None
        return self.framed(data) if head is None else head

    def plain(self, data: bytes) -> RequestHead | None:
        """Return a head of the plainest kind."""
        told = plain_request(data)
        if told is None:
            return None
        method, target, minor, fields = told
        raw = fields.lines
        if not _is_host(raw[6 : fields.host_end - 2]):
            return None
        if fields.count > self._most:
            raise HeadError(431, "many_headers")
        newer = minor == 1
        keep = not fields.closes and (newer or fields.keeps)
        length = max(0, fields.length)
        return RequestHead(method, target, fields, length, keep, newer)

    def framed(self, data: bytes) -> RequestHead:
        """Return a head of any kind.

        Raises:
            HeadError: it is none that is taken.
        """
        method, target, minor, headers = self._parsed(data)
        if len(headers) > self._most:
            raise HeadError(431, "many_headers")
        if method in ("CONNECT", "TRACE", "PRI"):
            raise HeadError(405, "method")
        head = RequestHead(method, target, headers, 0, minor == 1, minor == 1)
        _frame(head)
        return head

    def _parsed(self, data: bytes) -> tuple[str, str, int, Pairs]:
        """Return method, target, minor version and headers as llhttp reads them."""
        line = _LINE.match(data)
        if line is None:
            raise HeadError(400, "request_line")
        headers: Pairs = []
        self._headers = headers
        parser = httptools.HttpRequestParser(self)
        with suppress(httptools.HttpParserUpgrade):
            try:
                parser.feed_data(data)
            except httptools.HttpParserError as error:
                raise HeadError(400, _reason(error)) from None
        return line[1].decode("ascii"), line[2].decode("ascii"), int(line[3]), headers


def _frame(head: RequestHead) -> None:
    """Tell the body's length and the host, and leave out what is for this hop."""
    kept: Pairs = []
    hosts: list[bytes] = []
    listed: list[bytes] = []
    for name, value in head.headers:
        if name == b"host":
            hosts.append(value)
        elif name == b"content-length":
            head.length = int(value)
        elif name in HOP:
            _hop(head, name, value, listed)
        elif b"_" in name and _LOOKALIKE.match(name):
            raise HeadError(400, "lookalike")
        else:
            kept.append((name, value))
    if len(hosts) > 1 or (head.newer and not hosts) or (hosts and not _is_host(hosts[0])):
        raise HeadError(400, "host")
    _origin(head, hosts)
    if listed:
        head.keep = b"close" not in listed and (head.newer or b"keep-alive" in listed)
        kept = [pair for pair in kept if pair[0] not in listed]
    head.headers = [(b"host", hosts[0]), *kept] if hosts else kept
    if head.upgrade and b"upgrade" not in listed:
        head.upgrade = False
    if head.upgrade and (head.length or head.method != "GET"):
        raise HeadError(400, "upgrade")


def _is_host(host: bytes) -> bool:
    """Return whether a host may be one; most of them come again."""
    if host in _known_hosts:
        return True
    if not _HOST.fullmatch(host):
        return False
    if len(_known_hosts) < _MOST_HOSTS:
        _known_hosts.add(host)
    return True


def _hop(head: RequestHead, name: bytes, value: bytes, listed: list[bytes]) -> None:
    if name == b"transfer-encoding":
        if value.lower() != b"chunked" or head.length or not head.newer:
            raise HeadError(400, "transfer_encoding")
        head.length = -1
    elif name == b"connection":
        tokens = [one.strip(b" \t").lower() for one in value.split(b",")]
        listed += tokens
    elif name == b"upgrade":
        head.upgrade = value.lower() == b"websocket"
    elif name == b"expect":
        if value.lower() != b"100-continue":
            raise HeadError(417, "expect")
        head.expects = head.newer


def _origin(head: RequestHead, hosts: list[bytes]) -> None:
    """Turn a target that names the host into one that does not."""
    target = head.target
    if "#" in target:
        raise HeadError(400, "target")
    if target[0] == "/" or (target == "*" and head.method == "OPTIONS"):
        return
    found = _ABSOLUTE.fullmatch(target)
    if found is None or (hosts and hosts[0].lower() != found[1].lower().encode("ascii")):
        raise HeadError(400, "target")
    if not hosts:
        hosts.append(found[1].encode("ascii"))
    rest = found[2]
    head.target = rest if rest.startswith("/") else "/" + rest


def _reason(error: Exception) -> str:
    """Return what the parser found wrong, without anything that was sent."""
    words = re.sub(r"[^A-Za-z -]", "", str(error).split(":")[0])[:60].strip()
    return words.lower().replace(" ", "_") or "malformed"


def request_bytes(head: RequestHead, headers: Lines, length: int) -> bytes:
    """Return a head as it goes to the interface.

    Args:
        head: method and target.
        headers: what is sent.
        length: bytes of the body that follows; -1 for chunks, 0 for none.
    """
    parts = [head.method.encode("ascii"), b" ", head.target.encode("ascii"), b" HTTP/1.1\r\n"]
    append_fields(parts, headers)
    if length > 0 or (length == 0 and head.method in ("POST", "PUT", "PATCH")):
        parts.append(length_line(length))
    elif length < 0:
        parts.append(b"transfer-encoding: chunked\r\n")
    if head.upgrade:
        parts.append(b"connection: upgrade\r\nupgrade: websocket\r\n")
    parts.append(b"\r\n")
    return b"".join(parts)


def answer_bytes(status: int, reason: bytes, headers: Lines, *extra: bytes) -> bytes:
    """Return the head of an answer as it goes to the client; ``extra`` are whole lines."""
    return answer_head(status, reason, headers, b"".join(extra))


def answer_head(status: int, reason: bytes, headers: Lines, extra: bytes) -> bytes:
    """Return as :func:`answer_bytes` does; ``extra`` are whole lines, or nothing."""
    parts = [_status_line(status, reason)]
    append_fields(parts, headers)
    parts.append(extra)
    parts.append(b"\r\n")
    return b"".join(parts)


def length_line(length: int) -> bytes:
    """Return the header that tells the length of a body; those of most are known."""
    if length >= _MOST_LENGTHS:
        return b"content-length: %d\r\n" % length
    known = _lengths[length]
    if known is None:
        known = _lengths[length] = b"content-length: %d\r\n" % length
    return known


def _status_line(status: int, reason: bytes) -> bytes:
    """Return the first line of an answer; that of most is known."""
    if status == 200 and reason == b"OK":
        return b"HTTP/1.1 200 OK\r\n"
    return b"HTTP/1.1 %d %b\r\n" % (status, reason)


def append_fields(parts: list[bytes], headers: Lines) -> None:
    """Add headers as they are sent."""
    if isinstance(headers, bytes):
        parts.append(headers)
        return
    if isinstance(headers, FieldLines):
        fields = headers
        parts.append(fields.lines)
        return
    for name, value in headers:
        parts.append(name)
        parts.append(b": ")
        parts.append(value)
        parts.append(b"\r\n")
