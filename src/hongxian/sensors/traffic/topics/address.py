"""What a user names a topic by: ``kafka://broker1,broker2/topic?group=watch&from=latest``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote

from hongxian.sensors.traffic.readers.times import any_time
from hongxian.words.worded import WordedError

SCHEME = "kafka://"
EDGES = ("earliest", "latest")
PORT = 9_092

_KEYS = ("group", "from", "until")
_BROKER = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::\d{1,5})?")
_TOPIC = re.compile(r"[A-Za-z0-9._-]{1,249}")


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicAddress:
    """A topic, and which part of it is read."""

    brokers: tuple[str, ...]
    """``host:port`` each."""
    topic: str
    group: str = ""
    """In whose name offsets are kept; nowhere without one."""
    begin: str | float = "earliest"
    """Where partitions begin that the group has not read: one of :data:`EDGES`, or a moment in
    seconds since 1970."""
    until: float | None = None
    """Records of this moment and later are not read; ``None`` for what is there at the start."""

    def __str__(self) -> str:
        """Return it without what is said behind the question mark."""
        return f"{SCHEME}{','.join(self.brokers)}/{self.topic}"


def is_topic(spec: object) -> bool:
    """Return whether a user named a topic."""
    return str(spec).startswith(SCHEME)


def topic_address(spec: str) -> TopicAddress:
    """Read an address.

    Raises:
        HongxianError: it is none; the line says which part.
    """
    place, _, query = spec.removeprefix(SCHEME).partition("?")
    hosts, _, topic = place.partition("/")
    brokers = tuple(_ported(one.strip()) for one in hosts.split(",") if one.strip())
    topic = unquote(topic)
    if not brokers or not all(map(_BROKER.fullmatch, brokers)):
        raise WordedError("watch_topic_brokers", _shown(spec))
    if not _TOPIC.fullmatch(topic):
        raise WordedError("watch_topic_name", _shown(spec))
    asked = dict(parse_qsl(query, keep_blank_values=True))
    for name in asked:
        if name not in _KEYS:
            raise WordedError("watch_topic_key", _shown(spec), key=name, known=", ".join(_KEYS))
    begin: str | float = asked.get("from", EDGES[0])
    return TopicAddress(
        brokers=brokers, topic=topic, group=asked.get("group", ""),
        begin=begin if begin in EDGES else _moment(spec, "from", begin),
        until=_moment(spec, "until", asked["until"]) if "until" in asked else None,
    )  # fmt: skip


def _ported(broker: str) -> str:
    named = broker.rpartition("]")[2] if broker.startswith("[") else broker
    return broker if ":" in named else f"{broker}:{PORT}"


def _moment(spec: str, key: str, value: Any) -> float:
    found = any_time(value)
    if not found:
        raise WordedError("watch_topic_time", _shown(spec), key=key, value=value)
    return found


def _shown(spec: str) -> str:
    """Return an address as far as it may be printed: whoever puts a password into it is spared."""
    place = spec.removeprefix(SCHEME).partition("?")[0]
    return SCHEME + place.rpartition("@")[2]
