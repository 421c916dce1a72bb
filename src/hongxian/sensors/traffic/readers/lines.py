"""Lines of text: combined and common (Apache, nginx), Envoy's default, AWS ALB."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from hongxian.sensors.traffic.model import Exchange
from hongxian.sensors.traffic.readers.times import any_time, clf_time

if TYPE_CHECKING:
    from collections.abc import Callable

_CLF = re.compile(
    r"(?P<ip>\S{1,64}) \S{1,64} (?P<user>[^\[]{1,256}) \[(?P<at>[^\]]{1,40})\] "
    r'"(?P<request>(?:[^"\\]|\\.)*)" (?P<status>\d{3}|-) (?P<size>\d{1,18}|-)'
)
_ENVOY = re.compile(
    r'\[(?P<at>\d{4}-[^\]]{1,36})\] "(?P<request>[^"]*)" (?P<status>\d{3}|0) \S+'
    r'(?: \S+ (?:"[^"]*" )?(?:"[^"]*" )?)?(?P<rest>.*)'
)
_ENVOY_REST = re.compile(
    r'(?P<in>\d+) (?P<size>\d+) \d+ \S+ "(?P<ip>[^"]*)" "[^"]*" "[^"]*" "(?P<host>[^"]*)"'
)
_ALB = re.compile(
    r"(?P<kind>https?|h2|grpcs|wss?) (?P<at>\S{1,40}) \S+ (?P<client>\S{1,64}) \S+ \S+ \S+ \S+ "
    r'(?P<status>\d{3}|-) \S+ \S+ (?P<size>\d{1,18}|-) "(?P<request>[^"]*)"'
)


def clf_line(line: str, locator: str) -> Exchange | None:
    """Return the exchange of a line of the common or combined format; ``None`` if it is none."""
    found = _CLF.match(line)
    if found is None:
        return None
    made = _requested(found["request"], clf_time(found["at"]), locator)
    if made is None:
        return None
    made.status, made.size = _whole(found["status"]), _whole(found["size"]) or 0
    made.principals = {"ip": found["ip"]}
    user = found["user"].strip()
    if user not in ("-", '""', ""):
        made.principals["account"] = user
    return made


def envoy_line(line: str, locator: str) -> Exchange | None:
    """Return the exchange of a line of Envoy's default format."""
    found = _ENVOY.match(line)
    if found is None:
        return None
    made = _requested(found["request"], any_time(found["at"]), locator)
    if made is None:
        return None
    made.status = _whole(found["status"]) or None
    rest = _ENVOY_REST.search(line)
    if rest is not None:
        made.size, made.host = int(rest["size"][:18]), rest["host"].partition(":")[0]
        if rest["ip"] not in ("-", ""):
            made.principals = {"ip": rest["ip"].partition(",")[0]}
    return made


def alb_line(line: str, locator: str) -> Exchange | None:
    """Return the exchange of a line of an AWS application load balancer."""
    found = _ALB.match(line)
    if found is None:
        return None
    made = _requested(found["request"], any_time(found["at"]), locator)
    if made is None:
        return None
    made.status, made.size = _whole(found["status"]), _whole(found["size"]) or 0
    made.secure = found["kind"] not in ("http", "ws")
    made.principals = {"ip": found["client"].rpartition(":")[0]}
    return made


FORMATS: dict[str, Callable[[str, str], Exchange | None]] = {
    "combined": clf_line, "envoy": envoy_line, "alb": alb_line
}  # fmt: skip
"""Formats of lines by name."""


def _requested(request: str, at: float, locator: str) -> Exchange | None:
    words = request.split(" ")
    if len(words) < 2 or not words[0].isalpha():
        return None
    target = " ".join(words[1:-1]) if len(words) > 2 else words[1]
    host, secure = "", None
    if target.startswith(("http://", "https://")):
        try:
            parts = urlsplit(target)
            host, secure = parts.hostname or "", parts.scheme == "https"
        except ValueError:
            return None
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Exchange(at=at, method=words[0].upper(), target=target, host=host, secure=secure,
                    locator=locator)  # fmt: skip


def _whole(text: str) -> int | None:
    return int(text) if text.isdigit() else None
