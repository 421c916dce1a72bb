"""Commands over adb, against a server on loopback."""

from __future__ import annotations

import pytest
from tests.sensors.session.record.fake_adb import SERIAL, FakeAdb

from hongxian.errors import HongxianError
from hongxian.sensors.session.record import adb as module
from hongxian.sensors.session.record.adb import Device, LostError


def lost(device: Device, command: str = "echo 1", **about: float) -> str:
    with pytest.raises(LostError) as error:
        device.run(command, **about)
    return error.value.word


def test_a_command_gives_its_bytes_as_they_are(adb: FakeAdb, device: Device) -> None:
    adb.answers["screencap -p"] = bytes(range(256)) * 4_000
    device.check()
    assert device.run("screencap -p") == bytes(range(256)) * 4_000
    assert adb.asked == ["echo 1", "screencap -p"]


def test_a_device_that_is_not_there(adb: FakeAdb, device: Device) -> None:
    assert lost(Device("OTHER")) == "unplugged"
    adb.plugged = False
    assert lost(device) == "unplugged"
    adb.fails = "device unauthorized."
    assert lost(device) == "unauthorized"
    adb.fails = "what is this"
    assert lost(device) == "closed"


def test_a_server_that_is_gone(adb: FakeAdb, device: Device) -> None:
    adb.die()
    assert lost(device) == "no_server"


def test_a_device_that_does_not_answer_in_time(adb: FakeAdb, device: Device) -> None:
    adb.silent = True
    assert lost(device, seconds=0.1) == "timeout"
    adb.silent = False
    adb.streams["logcat"] = []
    assert lost(device, "logcat", seconds=0.1) == "timeout"


def test_an_answer_has_an_end(
    adb: FakeAdb, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    adb.answers["cat"] = b"x" * 200_000
    assert lost(device, "cat", seconds=0.0) == "timeout"
    monkeypatch.setattr(module, "MOST_BYTES", 100_000)
    assert lost(device, "cat") == "large"


def test_a_stream_that_breaks(adb: FakeAdb, device: Device) -> None:
    adb.streams["logcat"] = []
    with device.open("logcat") as stream:
        adb.feed("logcat", b"one\n")
        chunks = stream.chunks()
        assert next(chunks) == b"one\n"
        adb.die()
        with pytest.raises((LostError, StopIteration)):
            next(chunks)


def test_a_closed_stream_is_told(adb: FakeAdb, device: Device) -> None:
    adb.streams["logcat"] = []
    stream = device.open("logcat")
    stream._connection.conn.close()
    with pytest.raises(LostError, match="closed"):
        next(stream.chunks())


def test_a_server_on_the_usual_port_may_be_started(
    adb: FakeAdb, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PORT", adb.port)
    device.check()
    assert adb.asked == ["echo 1"]


def test_without_the_extra_the_way_to_get_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "find_spec", lambda _: None)
    with pytest.raises(HongxianError, match=r"hongxian\[record\]"):
        Device(SERIAL)
