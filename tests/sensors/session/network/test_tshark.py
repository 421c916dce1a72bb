"""These tests run tshark."""

from __future__ import annotations

import io
import os
import resource
import tempfile
import threading
from pathlib import Path

import pytest
from tests.sensors.session.network.test_packets import plain, secret
from tests.sensors.session.network.wires import Wire

from hongxian.errors import ArtefactError
from hongxian.sensors.session.network import tshark
from hongxian.sensors.session.network.tally import Tally
from hongxian.sensors.session.network.tshark import printed_packets


def printed(data: bytes, tally: Tally, keylog: bytes | None = None) -> list[bytes]:
    return list(printed_packets(io.BytesIO(data), tally, keylog))


def test_packets_come_one_by_one_and_nothing_is_left_behind(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    wire = Wire()
    keylog, tally = secret(wire), Tally("x")
    packets = printed(wire.pcap(), tally, keylog)
    assert len(packets) > 2
    for packet in packets:
        assert packet.startswith(b"<packet>")
        assert packet.endswith(b"</packet>")
    assert any(b"http.request.method" in packet for packet in packets)
    assert not tally.counts
    assert not list(tmp_path.iterdir())


def test_a_reader_that_is_left_early_leaves_nothing_running(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    found = printed_packets(io.BytesIO(plain(Wire()).pcap()), Tally("x"), None)
    next(found)
    found.close()
    assert not list(tmp_path.iterdir())
    assert not [one for one in threading.enumerate() if isinstance(one, threading.Timer)]


def test_settings_of_the_user_are_not_read(tmp_path, monkeypatch) -> None:
    folder = tmp_path / "config"
    folder.mkdir()
    (folder / "preferences").write_text("tcp.desegment_tcp_streams: FALSE\nhttp.tcp.port: 1\n")
    monkeypatch.setenv("WIRESHARK_CONFIG_DIR", str(folder))
    packets = printed(plain(Wire()).pcap(), Tally("x"))
    assert any(b"http.request.method" in packet for packet in packets)
    assert [one.name for one in folder.iterdir()] == ["preferences"]


def test_a_machine_that_allows_less_memory_already_is_no_obstacle(monkeypatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(resource, "prlimit", refused)
    assert printed(plain(Wire()).pcap(), Tally("x"))


def test_a_capture_that_takes_too_long_is_stopped_and_told(monkeypatch) -> None:
    monkeypatch.setattr(tshark, "LONGEST", 0.0)
    tally = Tally("x")
    printed(plain(Wire()).pcap(), tally)
    assert tally.counts == {"late": 1}


def test_a_packet_of_too_much_text_is_dropped_and_told(monkeypatch) -> None:
    monkeypatch.setattr(tshark, "CHUNK", 1_000)
    monkeypatch.setattr(tshark, "MOST_PRINTED", 20_000)
    tally = Tally("x")
    packets = printed(plain(plain(Wire()), "1.2.3.4").pcap(), tally)
    assert tally.counts == {"huge": 2}
    assert len(packets) == 6
    assert all(len(packet) < 20_000 for packet in packets)


def test_a_capture_that_is_too_large_is_refused(monkeypatch) -> None:
    monkeypatch.setattr(tshark, "MOST_BYTES", 1_000)
    with pytest.raises(ArtefactError, match="larger than"):
        printed(plain(Wire()).pcap(), Tally("x"))


@pytest.mark.parametrize(
    ("said", "word"),
    [("appears to have been cut short in the middle of a packet.", "cut"), ("boom", "damaged")],
)
def test_what_tshark_says_at_its_end_is_told(tmp_path, monkeypatch, said, word) -> None:
    script = tmp_path / "tshark"
    script.write_text(f"#!/bin/sh\necho '<packet></packet>'\necho '{said}' >&2\nexit 2\n")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    tally = Tally("x")
    assert printed(b"", tally) == [b"<packet></packet>"]
    assert tally.counts == {word: 1}
    assert Path(script).exists()
