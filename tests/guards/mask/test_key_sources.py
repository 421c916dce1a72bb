from __future__ import annotations

import base64
import os
import sys
from typing import TYPE_CHECKING

import pytest

from hongxian.errors import HongxianError
from hongxian.guards.mask import key_sources
from hongxian.guards.mask.key_sources import from_command, from_file, from_variable

if TYPE_CHECKING:
    from pathlib import Path

SECRET = bytes(range(32))
WRITTEN = [SECRET.hex(), SECRET.hex().upper() + "\n", base64.b64encode(SECRET).decode()]


@pytest.mark.parametrize("text", WRITTEN)
def test_a_key_is_read_as_hexadecimal_or_base64(
    text: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("OUR_KEY", text)
    path = tmp_path / "key"
    path.write_text(text)
    path.chmod(0o600)
    command = [sys.executable, "-c", f"print({text!r})"]
    for fetch in (from_variable("k", "OUR_KEY"), from_file("k", path), from_command("k", command)):
        assert fetch() == SECRET


def test_what_is_no_key_is_told_without_any_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OUR_KEY", "hunter2 is secret!")
    with pytest.raises(HongxianError) as told:
        from_variable("k1", "OUR_KEY")()
    assert str(told.value) == "k1: the key is neither hexadecimal nor Base64"
    monkeypatch.delenv("OUR_KEY")
    with pytest.raises(HongxianError, match="k1: the environment variable OUR_KEY is not set"):
        from_variable("k1", "OUR_KEY")()


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o602])
def test_a_key_file_that_others_can_open_is_refused(mode: int, tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text(SECRET.hex())
    path.chmod(mode)
    with pytest.raises(HongxianError, match=f"the key file has mode {mode:o}: others can"):
        from_file("k1", path)()


def test_a_key_file_of_somebody_else_or_of_nobody_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "key"
    with pytest.raises(HongxianError, match="No such file"):
        from_file("k1", path)()
    path.write_text(SECRET.hex())
    path.chmod(0o600)
    owner = path.stat().st_uid
    if owner == 0:
        os.chown(path, 12345, -1)
    else:
        monkeypatch.setattr(key_sources.os, "geteuid", lambda: owner + 1)
    with pytest.raises(HongxianError, match="the key file belongs to somebody else"):
        from_file("k1", path)()


def test_a_command_that_fails_tells_its_code_and_not_what_it_wrote() -> None:
    words = "import sys; print('half a secret'); sys.stderr.write('secret'); sys.exit(3)"
    with pytest.raises(HongxianError) as told:
        from_command("k1", [sys.executable, "-c", words])()
    assert str(told.value) == "k1: the command for the key ended with exit code 3"


def test_a_command_that_is_not_there_or_does_not_end_is_one_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(HongxianError, match="cannot be run"):
        from_command("k1", ["/no/such/command"])()
    monkeypatch.setattr(key_sources, "SECONDS", 0.05)
    with pytest.raises(HongxianError, match=r"took more than 0\.05 s"):
        from_command("k1", [sys.executable, "-c", "import time; time.sleep(9)"])()
