"""Streams of the device and other programs beside the recorder."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest
from tests.sensors.session.record.fake_adb import FakeAdb

from hongxian.sensors.session.record import background
from hongxian.sensors.session.record.adb import Device, LostError
from hongxian.sensors.session.record.background import Program, Streamed

LOG = "logcat -v epoch -T 1"


def until(true: object) -> None:
    end = time.monotonic() + 5
    while not true() and time.monotonic() < end:  # type: ignore[operator]
        time.sleep(0.005)
    assert true()  # type: ignore[operator]


def test_a_log_is_handed_on_in_parts_of_whole_lines(adb: FakeAdb, device: Device) -> None:
    adb.streams[LOG] = []
    parts: list[bytes] = []
    lost: list[str] = []
    streamed = Streamed(device, LOG, parts.append, lost.append, part=10)
    adb.feed(LOG, b"one\ntwo")
    adb.feed(LOG, b"\nthree\nfo")
    until(lambda: parts)
    adb.feed(LOG, b"ur")
    streamed.stop()
    assert b"".join(parts) == b"one\ntwo\nthree\nfour"
    assert parts[0].endswith(b"\n")
    assert lost == []


def test_a_stream_that_breaks_keeps_what_came(adb: FakeAdb, device: Device) -> None:
    adb.streams[LOG] = []
    parts: list[bytes] = []
    lost: list[str] = []
    streamed = Streamed(device, LOG, parts.append, lost.append)
    adb.feed(LOG, b"one\n")
    adb.die()
    until(lambda: lost)
    streamed.stop()
    assert parts in ([b"one\n"], [])
    assert lost == ["closed"]


def test_a_stream_that_cannot_begin_is_lost(adb: FakeAdb, device: Device) -> None:
    adb.plugged = False
    lost: list[str] = []
    Streamed(device, LOG, lambda _: None, lost.append).stop()
    assert lost in (["unplugged"], [])


def test_a_log_has_an_end(adb: FakeAdb, device: Device, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "MOST_BYTES", 10)
    adb.streams[LOG] = []
    lost: list[str] = []
    streamed = Streamed(device, LOG, lambda _: None, lost.append)
    adb.feed(LOG, b"x" * 100)
    until(lambda: lost)
    streamed.stop()
    assert lost == ["large"]


def test_a_log_that_never_rests_still_ends(
    adb: FakeAdb, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background, "_LAST", 0.0)
    adb.answers[LOG] = b"line\n" * 400_000
    parts: list[bytes] = []
    streamed = Streamed(device, LOG, parts.append, lambda _: None)
    streamed.stop()
    assert (b"line\n" * 400_000).startswith(b"".join(parts))


def test_a_program_runs_beside_us_and_its_file_is_taken(tmp_path: Path) -> None:
    output = tmp_path / "hooks.jsonl"
    code = f"import time; open({str(output)!r}, 'w').write('call'); time.sleep(60)"
    program = Program("hooks", output, [sys.executable, "-c", code])
    until(lambda: output.exists() and output.read_bytes())
    assert program.alive()
    assert program.stop() == b"call"
    assert not program.alive()


def test_a_program_that_will_not_end_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background, "GRACE", 0.2)
    output = tmp_path / "o"
    code = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        f"open({str(output)!r}, 'w').write('call'); time.sleep(60)"
    )
    program = Program("hooks", output, [sys.executable, "-c", code])
    until(lambda: output.exists() and output.read_bytes())
    assert program.stop() == b"call"


def test_a_program_that_is_not_there_or_writes_nothing_is_lost(tmp_path: Path) -> None:
    program = Program("hooks", tmp_path / "x", ["/no/such/program"])
    assert not program.alive()
    with pytest.raises(LostError, match="no_output"):
        program.stop()
    (tmp_path / "empty").write_bytes(b"")
    with pytest.raises(LostError, match="no_output"):
        Program("network", tmp_path / "empty").stop()


def test_a_file_that_another_has_begun_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "flows.har"
    file.write_bytes(b"{}")
    program = Program("network", file)
    assert (program.alive(), program.name, program.stop()) == (True, "flows.har", b"{}")
    monkeypatch.setattr(background, "MOST_OUTPUT", 1)
    with pytest.raises(LostError, match="large"):
        program.stop()
