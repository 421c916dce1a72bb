from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hongxian.sensors.session.network.pdml import read_packet

PACKET = b"""<packet>
 <proto name="frame"><field name="frame.number" show="7"/>
  <field name="frame.time_epoch" show="1767294245.500000000"/>
  <field name="frame.protocols" show="eth:ip:tcp:tls:http2"/></proto>
 <proto name="ip"><field name="ip.src" show="10.0.0.2"/>
  <field name="ip.dst" show="1.2.3.4"/></proto>
 <proto name="tcp"><field name="tcp.stream" show="3"/><field name="tcp.srcport" show="4000"/>
  <field name="tcp.dstport" show="443"/><field name="tcp.flags.syn" show="1"/></proto>
 <proto name="http2"><field name="http2.stream" show=""><field name="http2.type" show="1"/></field>
  <field name="http2.stream" show=""><field name="http2.data.data" show="61" value="61ff"/></field>
 </proto>
 <proto name="json"><field name="json.key" show="imei"/></proto>
 <proto name="websocket"><field name="websocket.fin" show="1"/></proto>
 <proto name="fake-field-wrapper"><field name="data" value="00zz"/></proto>
</packet>"""


def test_fields_are_grouped_by_message() -> None:
    packet = read_packet(PACKET)
    assert packet is not None
    assert (packet.number, packet.at, packet.stream) == (7, 1767294245.5, "tcp 3")
    assert (packet.source, packet.target) == (("10.0.0.2", 4000), ("1.2.3.4", 443))
    assert (packet.opens, packet.answers) == (True, False)
    assert [group.kind for group in packet.groups] == ["http2", "http2", "websocket"]
    assert packet.groups[0].shown("http2.type") == "1"
    assert packet.groups[0].shown("http2.data.data") == ""
    assert packet.groups[1].raw("http2.data.data") == [b"a\xff"]
    assert packet.groups[2].raw("data") == [b""]


def test_signs_that_xml_forbids_cost_nothing() -> None:
    packet = read_packet(PACKET.replace(b'show="7"', b'show="7" showname="\x01\xff\xef\xbf\xbf"'))
    assert packet is not None
    assert packet.number == 7


def test_what_is_broken_is_none() -> None:
    assert read_packet(PACKET[:200]) is None
    assert read_packet(b"") is None


def test_a_packet_of_neither_tcp_nor_udp_has_no_connection() -> None:
    packet = read_packet(b"<packet><proto name='arp'/></packet>")
    assert packet is not None
    assert (packet.stream, packet.source) == ("", ("", 0))


@given(st.binary(max_size=80), st.integers(0, len(PACKET)))
def test_any_bytes_in_between_are_borne(data, at) -> None:
    read_packet(PACKET[:at] + data + PACKET[at:])
