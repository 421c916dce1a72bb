"""Flows of a HAR file, as browsers, proxies and capture apps write it.

What the specification calls required is often missing, so nothing is taken for granted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongxian.sensors.session.bundle.faults import SessionError
from hongxian.sensors.session.model import Flow, Frame
from hongxian.sensors.session.network.address import address_of, authority, joined
from hongxian.sensors.session.network.bodies import request_of, response_of
from hongxian.sensors.session.network.entries import Entries
from hongxian.sensors.session.network.stored import (
    from_base64,
    list_of,
    moment_of,
    object_of,
    text_of,
    whole_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.session.joined import Readable
    from hongxian.sensors.session.network.tally import Tally

_LOCAL = frozenset(("about", "blob", "chrome", "chrome-extension", "data", "file", "javascript"))
"""Schemes that browsers list and that go over no network."""


def har_flows(source: Readable, tally: Tally) -> Iterator[Flow]:
    """Yield the flows of a HAR file.

    Args:
        source: the file, in UTF-8 and without a byte order mark.
        tally: counts what cannot be read.

    Raises:
        SessionError: it is JSON, and no HAR.
    """
    entries = Entries(source, tally)
    for number, entry in entries:
        scheme = address_of(text_of(object_of(entry.get("request")).get("url")))[0]
        if scheme in _LOCAL:
            continue
        flow = _flow(entry, number, f"{tally.name} entry {number}")
        if flow is None:
            tally.miss("entries", f"{tally.name} entry {number}")
        else:
            yield tally.take(flow)
    if not entries.found and not tally.counts:
        raise SessionError(tally.name, "session_network.unknown")


def _flow(entry: dict[str, Any], number: int, locator: str) -> Flow | None:
    """Return the flow of an entry; ``None`` when it does not tell where it went."""
    sent, got = object_of(entry.get("request")), object_of(entry.get("response"))
    url, host, port = _where(sent)
    host = host or text_of(entry.get("serverIPAddress")).strip("[]").lower()
    if not host:
        return None
    status = whole_of(got.get("status")) or None
    return Flow(
        number=number, locator=locator, at=moment_of(entry.get("startedDateTime")),
        url=url, host=host, port=port, method=text_of(sent.get("method")).upper() or "GET",
        request=request_of(sent), response=response_of(got) if status else None, status=status,
        frames=tuple(_frames(entry)), package=_package(entry), error=_error(entry, got),
    )  # fmt: skip


def _where(sent: dict[str, Any]) -> tuple[str, str, int | None]:
    """Return URL, host and port of a request; the headers help where the URL does not tell."""
    url = text_of(sent.get("url")).strip()
    scheme, host, port = address_of(url)
    if host:
        return url, host, port
    named = dict(_named(sent.get("headers")))
    host, port = authority(named.get(":authority") or named.get("host") or "")
    if not host:
        return url, "", None
    scheme = named.get(":scheme") or ("http" if port == 80 else "https")
    made = joined(scheme, host, port, named.get(":path") or url)
    return made, host, address_of(made)[2]


def _named(headers: Any) -> Iterator[tuple[str, str]]:
    for one in list_of(headers):
        header = object_of(one)
        yield text_of(header.get("name")).lower(), text_of(header.get("value"))


def _frames(entry: dict[str, Any]) -> Iterator[Frame]:
    for one in list_of(entry.get("_webSocketMessages")):
        message = object_of(one)
        text = text_of(message.get("data"))
        data = from_base64(text) if whole_of(message.get("opcode")) == 2 else None
        yield Frame(
            at=moment_of(message.get("time")),
            sent=text_of(message.get("type")).lower() in ("send", "request", "outgoing"),
            data=text.encode("utf-8", "replace") if data is None else data,
        )


def _package(entry: dict[str, Any]) -> str | None:
    return next((found for key in _APP if (found := text_of(entry.get(key)))), None)


_APP = ("_app", "_package", "_packageName")


def _error(entry: dict[str, Any], got: dict[str, Any]) -> str | None:
    found = (part.get(key) for part in (got, entry) for key in ("_error", "_errorMessage"))
    return next((text[:200] for one in found if (text := text_of(one))), None)
