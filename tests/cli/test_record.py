"""``hongxian record``: a session on a phone behind a fake adb server, into a bundle."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.sensors.session.record.fake_adb import SERIAL, FakeAdb
from tests.sensors.session.record.phone import APP, Phone

from hongxian.cli import main
from hongxian.sensors.session.bundle import open_bundle

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def adb(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeAdb]:
    server = FakeAdb().use(monkeypatch)
    yield server
    server.die()


def record(patch: pytest.MonkeyPatch, typed: str, *words: str) -> int:
    line = ["hongxian", "--lang", "en", "record", "--device", SERIAL, "--app", APP, *words]
    patch.setattr(sys, "argv", line)
    patch.setattr(sys, "stdin", io.StringIO(typed))
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


def test_a_session_becomes_a_sealed_bundle(
    adb: FakeAdb, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    Phone(adb)
    path, flows, script = tmp_path / "s.zip", tmp_path / "flows.har", tmp_path / "hooks.js"
    flows.write_bytes(b"{}")
    script.write_text("")
    monkeypatch.setenv("PATH", str(tmp_path))
    words = ("-o", str(path), "--seconds", "0", "--network", str(flows), "--frida", str(script))
    code = record(monkeypatch, "\n\n" + "q\n", *words)
    captured = capsys.readouterr()
    assert (code, captured.out.strip()) == (0, f"saved: {path}")
    assert "First start" in captured.err
    assert "lost the log of hooks: the program has ended" in captured.err
    bundle = open_bundle(path)
    assert bundle.problems == []
    assert bundle.manifest.package == APP
    assert bundle.manifest.clock.zone == "Asia/Shanghai"
    assert {member.role for member in bundle.manifest.members} >= {
        "timeline", "screen", "screenshot", "package", "appops", "network",
    }  # fmt: skip
    assert [tool["name"] for tool in bundle.manifest.tools] == [
        "hongxian", "adbutils", "flows.har", "frida",
    ]  # fmt: skip
    assert b'"name": "prompt"' in bundle.read("timeline.jsonl")


def test_the_bundle_is_named_after_the_app(
    adb: FakeAdb, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Phone(adb)
    monkeypatch.chdir(tmp_path)
    assert record(monkeypatch, "q\n") == 0
    assert (tmp_path / f"{APP}.session.zip").is_file()


def test_a_device_that_is_not_there_is_told_in_one_line(
    adb: FakeAdb, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    adb.plugged = False
    assert record(monkeypatch, "") == 2
    assert capsys.readouterr().err.strip() == (
        f"error: device {SERIAL}: the device is not connected"
    )


def test_a_folder_that_is_not_there_is_told(
    adb: FakeAdb, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    Phone(adb)
    assert record(monkeypatch, "", "-o", str(tmp_path / "no" / "s.zip")) == 2
    assert "No such file" in capsys.readouterr().err
