"""Flows of packet captures (pcap, pcapng), through tshark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.sensors.session.network.exchanges import Exchanges
from hongxian.sensors.session.network.pdml import read_packet
from hongxian.sensors.session.network.tshark import printed_packets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.session.joined import Readable
    from hongxian.sensors.session.model import Flow
    from hongxian.sensors.session.network.tally import Tally

PACKETS = (
    b"\xa1\xb2\xc3\xd4", b"\xd4\xc3\xb2\xa1", b"\xa1\xb2\x3c\x4d", b"\x4d\x3c\xb2\xa1",
    b"\x0a\x0d\x0d\x0a",
)  # fmt: skip
"""How pcap begins, in either order of bytes and with micro- or nanoseconds, and pcapng."""


def packet_flows(source: Readable, tally: Tally, keylog: bytes | None) -> Iterator[Flow]:
    """Yield the flows of a packet capture.

    Args:
        source: the capture.
        tally: counts what cannot be read.
        keylog: secrets of TLS connections, as ``SSLKEYLOGFILE`` has them.

    Raises:
        SessionError: tshark is not installed, or the capture is too large.
    """
    exchanges = Exchanges(tally.name)
    for data in printed_packets(source, tally, keylog):
        packet = read_packet(data)
        if packet is None:
            tally.miss("packets", tally.name)
            continue
        for flow in exchanges.take(packet):
            yield tally.take(flow)
    for flow in exchanges.rest():
        yield tally.take(flow)
