from __future__ import annotations

from pathlib import Path

import pytest

from hongxian.errors import HongxianError
from hongxian.guards.policy_source import PolicyError, read_bytes, read_toml
from hongxian.words.worded import WordedError


def test_every_fault_is_a_line_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "p.toml"
    faults = [("", WordedError("not_table")), ("keys.k1", WordedError("mask_no_active"))]
    told = PolicyError(path, faults)
    first, second = str(told).splitlines()
    assert first.startswith(f"{path}: ")
    assert second.startswith(f"{path}: keys.k1: ")
    assert told.say("zh") != told.say("en")
    assert len(told.faults) == 2


@pytest.mark.parametrize(
    ("data", "line"),
    [(b"a = ", "no valid TOML"), (b"\xff", "UTF-8"), (b"a = " + b"[" * 9_999, "no valid TOML")],
)
def test_what_is_no_toml_is_one_line(tmp_path: Path, data: bytes, line: str) -> None:
    path = tmp_path / "p.toml"
    path.write_bytes(data)
    with pytest.raises(HongxianError, match=line) as told:
        read_toml(path)
    assert "\n" not in str(told.value)


def test_a_file_that_is_not_there_or_too_large_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(HongxianError, match="No such file"):
        read_bytes(tmp_path / "none")
    (tmp_path / "p.toml").write_bytes(b"a = 1\n")
    assert read_toml(tmp_path / "p.toml") == {"a": 1}
    with pytest.raises(HongxianError, match="too large"):
        read_bytes(tmp_path / "p.toml", 3)
