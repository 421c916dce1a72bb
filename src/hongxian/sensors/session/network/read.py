"""Reads a capture of network traffic, whatever tool wrote it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO

from hongxian.sensors.session.bundle.faults import SessionError
from hongxian.sensors.session.device.text import charset_of
from hongxian.sensors.session.joined import Joined
from hongxian.sensors.session.network.har import har_flows
from hongxian.sensors.session.network.mitm import mitm_flows
from hongxian.sensors.session.network.packets import PACKETS, packet_flows
from hongxian.sensors.session.network.tally import Tally
from hongxian.sensors.session.network.window import Recoded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.facts import Reason
    from hongxian.sensors.session.model import Flow

_HEAD = 1 << 16
_MITM = re.compile(rb"\d{1,12}:\d{1,6}:")
"""The length of a flow, and of its first key."""


def read_flows(
    source: BinaryIO, name: str, unread: list[Reason], *, keylog: bytes | None = None
) -> Iterator[Flow]:
    """Yield the flows of a capture, in the order in which it holds them.

    Args:
        source: a HAR file, flows of mitmproxy, or packets (pcap, pcapng); told apart by what
            stands in it. It is read once, from front to end.
        name: the capture as the user knows it.
        unread: gets what could not be read, once all was read.
        keylog: secrets of TLS connections, as ``SSLKEYLOGFILE`` has them.

    Raises:
        SessionError: it is none of these, or nothing of it can be read.
    """
    tally = Tally(name)
    try:
        yield from _flows(source, tally, keylog)
        tally.ended()
    finally:
        unread.extend(tally.reasons())


def _flows(source: BinaryIO, tally: Tally, keylog: bytes | None) -> Iterator[Flow]:
    head = source.read(_HEAD)
    if head.startswith(PACKETS):
        return packet_flows(Joined(head, source), tally, keylog)
    if _MITM.match(head):
        return mitm_flows(Joined(head, source), tally)
    charset, mark = charset_of(head)
    text = head[mark : len(head) & ~1].decode(charset, "ignore").lstrip()
    if not text.startswith("{"):
        raise SessionError(tally.name, f"session_network.{'unknown' if text else 'empty'}")
    joined = Joined(head[mark:], source)
    return har_flows(joined if charset == "utf-8" else Recoded(joined, charset), tally)
