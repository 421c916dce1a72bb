"""What a policy may say to the live gate, table by table, and what is wrong in that."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_network
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from hongxian.signals.observation import PRINCIPALS
from hongxian.words.worded import WordedError, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    Fault = tuple[str, WordedError]
    Check = Callable[[str, Any], WordedError | None]

_SPAN = re.compile(r"([1-9]\d{0,5})(ms|[smhd])")
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3_600.0, "d": 86_400.0}
_ADDRESS = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]*):(\d{1,5})")
_PLACE = re.compile(r"(?:header|cookie|claim):[!-9;-~]+")
_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_TEXT = re.compile(r"[\t -~\u00a0-\u00ff]*")


def span_of(text: str) -> float:
    """Return the seconds of ``50ms``, ``15s``, ``1h``; 0 when it is none of these."""
    found = _SPAN.fullmatch(text)
    return int(found[1]) * _SECONDS[found[2]] if found else 0.0


def address_of(text: str) -> tuple[str, int]:
    """Return host and port of ``127.0.0.1:8080``, ``[::1]:80`` or ``:8080``."""
    host, _, port = text.rpartition(":")
    return host.strip("[]") or "0.0.0.0", int(port)  # noqa: S104 - the user says so


def _span(key: str, value: str) -> WordedError | None:
    del key
    return None if span_of(value) else WordedError("gate_span", word=value)


def _address(key: str, value: str) -> WordedError | None:
    found = _ADDRESS.fullmatch(value)
    fits = found is not None and int(found[2]) < 65_536
    return None if fits else WordedError("gate_address", key=key, word=value)


def _network(key: str, value: str) -> WordedError | None:
    try:
        ip_network(value, strict=False)
    except ValueError:
        return WordedError("gate_network", key=key, word=value)
    return None


def _server(key: str, value: str) -> WordedError | None:
    try:
        parts = urlsplit(value)
        port = parts.port or 80
    except ValueError:
        port, parts = 0, None
    fits = parts is not None and port and (
        (parts.scheme in ("http", "https") and parts.hostname and parts.path in ("", "/"))
        or (parts.scheme == "unix" and parts.path)
    ) and not parts.query and not parts.username  # fmt: skip
    return None if fits else WordedError("gate_server", key=key, word=value)


def _redis(key: str, value: str) -> WordedError | None:
    try:
        parts = urlsplit(value)
        socket = parts.scheme == "unix" and parts.path
        server = parts.scheme in ("redis", "rediss") and parts.hostname and (parts.port or 1)
        fits = bool(socket or (server and re.fullmatch(r"/?\d*", parts.path)))
    except ValueError:
        fits = False
    return None if fits else WordedError("gate_redis", key=key)


def _place(key: str, value: str) -> WordedError | None:
    return None if _PLACE.fullmatch(value) else WordedError("gate_place", key=key, word=value)


def _one_of(*known: str) -> Check:
    def check(key: str, value: str) -> WordedError | None:
        shown = ", ".join(known)
        return None if value in known else WordedError("none_of", key=key, value=value, known=shown)

    return check


def _most(most: int) -> Check:
    def check(key: str, value: int) -> WordedError | None:
        return None if value <= most else WordedError("gate_most", key=key, most=most)

    return check


@dataclass(frozen=True, slots=True)
class Key:
    """What may stand behind a word of a table.

    Args:
        kind: type of the value; a list is one of texts.
        check: finds what is wrong with a value, or with each of a list.
        needed: whether it must be said.
    """

    kind: type
    check: Check | None = None
    needed: bool = False


_COUNT, _TIME = Key(int), Key(str, _span)
_TEXT_KEY = Key(str)
LIVE: dict[str, dict[str, Key]] = {
    "listen": {
        "address": Key(str, _address, needed=True), "admin": Key(str, _address),
        "workers": Key(int, _most(256)), "trusted": Key(list, _network),
    },
    "tls": {
        "certificate": Key(str, needed=True), "key": _TEXT_KEY,
        "least": Key(str, _one_of("1.2", "1.3")),
    },
    "upstream": {
        "servers": Key(list, _server, needed=True), "connections": Key(int, _most(65_536)),
        "keep": _TIME, "connect": _TIME, "ca": _TEXT_KEY, "name": _TEXT_KEY,
    },
    "limits": {
        "head": Key(int, _most(1 << 20)), "headers": Key(int, _most(10_000)), "request": _COUNT,
        "answer": _COUNT, "upload": _COUNT, "connections": _COUNT, "body_rate": _COUNT,
        "head_time": _TIME, "body_time": _TIME, "idle": _TIME, "answer_time": _TIME,
        "send_time": _TIME, "tunnel": _TIME, "drain": _TIME,
    },
    "callers": {kind: Key(list, _place) for kind in PRINCIPALS if kind != "ip"},
    "mask": {
        "policy": _TEXT_KEY, "audience": _TEXT_KEY, "audience_from": Key(str, _place),
        "audiences": Key(dict), "fields": Key(bool), "openapi": _TEXT_KEY,
    },
    "state": {
        "redis": Key(str, _redis), "secret_env": _TEXT_KEY, "secret_file": _TEXT_KEY,
        "timeout": _TIME, "lost": Key(str, _one_of("local", "closed")),
    },
    "log": {"file": _TEXT_KEY, "what": Key(str, _one_of("decisions", "all"))},
    "answers": {
        "throttle": Key(dict), "challenge": Key(dict), "block": Key(dict),
    },
}  # fmt: skip
"""Table -> word -> what it may be."""

_ANSWER = {"status": Key(int), "headers": Key(dict), "body": _TEXT_KEY}


def live_faults(content: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield place and fault of what a policy says to the live gate."""
    for name, keys in LIVE.items():
        if isinstance(content.get(name), dict):
            yield from table_faults(name, content[name], keys)
    answers: Any = content.get("answers")
    for name, row in answers.items() if isinstance(answers, dict) else ():
        if name in LIVE["answers"] and isinstance(row, dict):
            yield from _answer_faults(f"answers.{name}", row)
    yield from _together(content)


def missing_tables(content: Mapping[str, Any], needed: Sequence[str]) -> Iterator[Fault]:
    """Yield tables that a host cannot do without."""
    for name in needed:
        if name not in content:
            yield "", WordedError("gate_table", key=name)


def table_faults(place: str, row: Mapping[str, Any], keys: Mapping[str, Key]) -> Iterator[Fault]:
    """Yield what is wrong in one table."""
    for key, value in row.items():
        known = keys.get(key)
        if known is None:
            yield place, WordedError("unknown_key", key=key, nearest=nearest(key, list(keys)))
        elif not _fits(value, known.kind):
            yield place, WordedError("wrong_kind", key=key)
        else:
            values = value if isinstance(value, list) else (value,)
            checked = (known.check(key, one) for one in values if known.check)
            yield from ((place, fault) for fault in checked if fault is not None)
    for key, known in keys.items():
        if known.needed and not row.get(key):
            yield place, WordedError("gate_needed", key=key)


def _fits(value: Any, kind: type) -> bool:
    exact = type(value) is kind
    if kind is int:
        return exact and bool(value >= 1)
    return exact and (kind is not list or all(isinstance(one, str) for one in value))


def _answer_faults(place: str, row: dict[str, Any]) -> Iterator[Fault]:
    faults = list(table_faults(place, row, _ANSWER))
    yield from faults
    if faults:
        return
    status: Any = row.get("status", 403)
    headers: Any = row.get("headers", {})
    if not 200 <= status < 600 or status in (204, 205, 304):
        yield place, WordedError("gate_status", key="status", word=status)
    for name, text in headers.items():
        if not _TOKEN.fullmatch(name) or not isinstance(text, str) or not _TEXT.fullmatch(text):
            yield place, WordedError("gate_header", key=name)


def _together(content: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield what does not go together."""
    servers = content.get("upstream", {})
    if isinstance(servers, dict) and isinstance(servers.get("servers"), list):
        kinds = {str(one).partition(":")[0] == "https" for one in servers["servers"]}
        if len(kinds) > 1:
            yield "upstream", WordedError("gate_mixed")
    state = content.get("state", {})
    if isinstance(state, dict):
        if "secret_env" in state and "secret_file" in state:
            yield "state", WordedError("gate_one_secret")
        if "redis" in state and "secret_env" not in state and "secret_file" not in state:
            yield "state", WordedError("gate_needed", key="secret_env")
