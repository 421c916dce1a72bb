"""Mutated captures of network traffic; the same number always makes the same input."""

from __future__ import annotations

import io
import random
from typing import TYPE_CHECKING

from tests.fuzz.mutate import mutated
from tests.fuzz.readers import Fuzzed
from tests.sensors.session.network.hars import entry, har, written
from tests.sensors.session.network.mitms import http, mitm, other
from tests.sensors.session.network.test_packets import plain
from tests.sensors.session.network.test_pdml import PACKET
from tests.sensors.session.network.wires import Wire

from hongxian.facts import Reason
from hongxian.sensors.session.network import read_flows
from hongxian.sensors.session.network.exchanges import Exchanges
from hongxian.sensors.session.network.pdml import read_packet

if TYPE_CHECKING:
    from collections.abc import Sequence

_PIECES = (
    b"\0", b'"', b"\\", b"{", b"}", b"[", b"]", b",", b":", b"},{", b'},{"request":', b"\\u",
    b'"log":', b'"entries":[', b'"startedDateTime":', b"9" * 30, b"-1", b"1e999", b"NaN", b"null",
    b'"text":"' + b"a" * 99, b'"encoding":"base64",', b'"headers":', b"[[" * 99, b'{"a":' * 99,
    b"0:~", b"5:hello,", b"99:", b"1:1#", b"4:true!", b"0:}", b"0:]", b"\xff\xfe", b"\xef\xbb\xbf",
    b"\xed\xa0\x80", b"https://[", b"://", b"@", b"2026-02-30T25:61:61+99:99", b"charset=hex",
)  # fmt: skip


def changed(seeds: Sequence[bytes], number: int) -> bytes:
    """Return input ``number``: bytes changed, or pieces of the formats put in."""
    if number % 3 == 0:
        return mutated(seeds, number)
    dice = random.Random(number)
    data = seeds[number % len(seeds)]
    for _ in range(1 + int(dice.random() * 6)):
        place = int(dice.random() * len(data))
        gone = int(dice.random() * 40)
        data = data[:place] + dice.choice(_PIECES) + data[place + gone :]
    return data


def _capture(data: bytes) -> None:
    unread: list[Reason] = []
    for flow in read_flows(io.BytesIO(data), "x", unread):
        assert flow.host
        assert flow.host == flow.host.lower()
    for reason in unread:
        assert "\n" not in reason.say("zh") + reason.say("en")


def _packet(data: bytes) -> None:
    exchanges = Exchanges("x")
    packet = read_packet(data)
    if packet is not None:
        for flow in (*exchanges.take(packet), *exchanges.take(packet), *exchanges.rest()):
            assert flow.host


def _hars() -> list[bytes]:
    made = har(entry(_webSocketMessages=[{"type": "send", "data": "x", "opcode": 2}]), entry())
    params = entry()
    params["request"]["postData"] = {"mimeType": "multipart/form-data", "params": [{"name": "a"}]}
    return [
        written(made),
        written(made, 1),
        written(har(params)),
        written(made).decode().encode("utf-16"),
    ]


def _mitms() -> list[bytes]:
    socket = http(15, websocket={"messages": [[1, True, b"a", 1.5]]})
    apart = other("websocket", messages=[[1, True, b"a", 1.5]])
    return [mitm(http(), socket), mitm(http(7), apart), mitm(other("tcp"), other("dns"))]


CAPTURES = {
    "har": Fuzzed(_capture, _hars, changed),
    "mitm": Fuzzed(_capture, _mitms, changed),
    "packet": Fuzzed(_packet, lambda: [PACKET], changed),
    "pcap": Fuzzed(_capture, lambda: [plain(Wire()).pcap()]),
}
"""Every reader of captures; ``pcap`` starts tshark each time."""

SLOW = (
    ("har", b'{"log":{"entries":[%s', b'{"request":{'),
    ("har", b'{"log":{"entries":[%s', b'{"request":[},'),
    ("har", b'{"log":{"entries":[%s', b'{"request":1},'),
    ("har", b'{"log":{"entries":[{%s', b'{},{"request":['),
    ("har", b'{"log":{"entries":[{"a%s', b'"'),
    ("har", b'{"log":{"entries":[{"a%s', b"\\"),
    ("har", b'{"log":{"entries":[%s]}}', b"{},"),
    ("har", b'{"log":{"entries":[%s', b"[],"),
    ("har", b'{"log":{"a":%s', b"["),
    ("har", b"{%s", b'"a":1,'),
    ("har", b"{%s", b" "),
    ("har", b'{"log":{"entries":[{"request":{"url":"https://%s"}}]}}', b"a@"),
    ("har", b'{"log":{"entries":[{"request":{"url":"https://a"},"startedDateTime":"%s"}]}}', b"1"),
    ("mitm", b"%s", b"0:~"),
    ("mitm", b"%s", b"1"),
    ("mitm", b"99999999:%s", b"0:~"),
    ("mitm", b"1999999:%s}", b"0:~"),
)
"""Reader, frame, and a piece that fills it many times: on these a careless reader is slow."""
