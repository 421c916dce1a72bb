"""What a policy may say to the live gate, table by table, and what is wrong in that."""

from __future__ import annotations

import re
from ipaddress import ip_network
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from hongxian.guards.tables import Key, address, at_most, one_of, span, table_faults
from hongxian.signals.observation import PRINCIPALS
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hongxian.guards.policy_source import Fault

_PLACE = re.compile(r"(?:header|cookie|claim):[!-9;-~]+")
_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_TEXT = re.compile(r"[\t -~\u00a0-\u00ff]*")


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


_COUNT, _TIME, _TEXT_KEY = Key(int), Key(str, span), Key(str)
LIVE: dict[str, dict[str, Key]] = {
    "listen": {
        "address": Key(str, address, needed=True), "admin": Key(str, address),
        "workers": Key(int, at_most(256)), "trusted": Key(list, _network),
    },
    "tls": {
        "certificate": Key(str, needed=True), "key": _TEXT_KEY,
        "least": Key(str, one_of("1.2", "1.3")),
    },
    "upstream": {
        "servers": Key(list, _server, needed=True), "connections": Key(int, at_most(65_536)),
        "keep": _TIME, "connect": _TIME, "ca": _TEXT_KEY, "name": _TEXT_KEY,
    },
    "limits": {
        "head": Key(int, at_most(1 << 20)), "headers": Key(int, at_most(10_000)), "request": _COUNT,
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
        "timeout": _TIME, "lost": Key(str, one_of("local", "closed")),
    },
    "log": {"file": _TEXT_KEY, "what": Key(str, one_of("decisions", "all"))},
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
            yield "state", WordedError("setting_needed", key="secret_env")
