from __future__ import annotations

import io

import pytest
from tests.fuzz.mutate import mutated
from tests.sensors.session.network.hars import entry, flows_of, har, written
from tests.sensors.session.network.mitms import http, mitm, other
from tests.sensors.session.network.test_packets import plain
from tests.sensors.session.network.wires import Wire

from hongxian.errors import ArtefactError
from hongxian.facts import Reason
from hongxian.sensors.session.network import read_flows

SEEDS = {
    "har": written(har(*[entry()] * 4)),
    "pretty": written(har(*[entry(_webSocketMessages=[{"data": "x"}])] * 4), 1),
    "packets": plain(Wire()).pcap(),
    "mitm": mitm(http(), http(15, websocket={"messages": [[1, True, b"a", 1.5]]}), other("tcp")),
}


@pytest.mark.parametrize("name", SEEDS)
def test_formats_are_told_apart_by_what_stands_in_them(name) -> None:
    flows, unread = flows_of(SEEDS[name])
    assert flows
    assert flows[0].host
    assert unread == []


@pytest.mark.parametrize("name", SEEDS)
def test_damage_of_any_kind_is_borne(name) -> None:
    for number in range(15 if name == "packets" else 200):
        _borne(mutated([SEEDS[name]], number))


@pytest.mark.parametrize("name", SEEDS)
def test_a_cut_at_any_place_is_borne(name) -> None:
    data = SEEDS[name]
    for end in range(0, len(data), max(1, len(data) // (8 if name == "packets" else 60))):
        _borne(data[:end])


@pytest.mark.parametrize("data", [b"", b" \n", b"\xef\xbb\xbf", b"hello", b"PK\x03\x04", b"[1]"])
def test_what_is_no_capture_is_refused_in_one_line(data) -> None:
    with pytest.raises(ArtefactError, match=r"^x\.har: (empty|not a known format)") as caught:
        flows_of(data)
    assert "\n" not in str(caught.value)


def test_what_was_missed_is_told_even_when_the_reader_is_left_early() -> None:
    unread: list = []
    found = read_flows(io.BytesIO(written(har(7, entry(), entry()))), "x", unread)
    next(found)
    found.close()
    assert [reason.where for reason in unread] == ["x entry 0"]


def _borne(data: bytes) -> None:
    try:
        _, unread = flows_of(data)
    except ArtefactError as error:
        unread = [Reason("reason.text", {"text": error})]
    for reason in unread:
        assert "\n" not in reason.say("zh") + reason.say("en")
