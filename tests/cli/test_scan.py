from __future__ import annotations

import hashlib
import json
import socket
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.sensors.store.made import POLICY, csv_text, file_of, people

from hongxian.cli.scan import command
from hongxian.errors import Exit, HongxianError


def run(*words: object) -> tuple[int, str]:
    result = CliRunner().invoke(command, [*map(str, words), "--lang", "en"], catch_exceptions=False)
    return result.exit_code, result.output


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    file_of(tmp_path / "in", "u.csv", csv_text(30))
    file_of(tmp_path / "in", "logs/app.log", "2026-11-01 10:00:00 INFO phone=13812345678\n" * 4)
    return tmp_path / "in"


def test_a_folder_is_scanned_without_a_socket(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket")

    monkeypatch.setattr(socket, "socket", refuse)
    code, text = run(folder)
    assert code == 1
    assert "u.csv.id_card" in text
    assert "store.2" in text
    assert not [one for one in people(30) if one["phone"] in text]


def test_without_its_extra_a_scan_says_what_to_install(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)  # as where it is not installed
    with pytest.raises(HongxianError, match=r"pip install 'hongxian\[scan\]'") as caught:
        run(folder)
    assert caught.value.code is Exit.USAGE


@pytest.mark.parametrize("form", ["json", "html", "csv", "sarif", "tags"])
def test_every_format_can_be_written_to_a_file(folder: Path, tmp_path: Path, form: str) -> None:
    code, text = run(folder, "--format", form, "-o", tmp_path / "out", "--name", "warehouse")
    assert (code, text) == (1, "")
    out = (tmp_path / "out").read_text("utf-8")
    assert "warehouse" in out or form in ("csv", "sarif")
    assert run(folder, "--fail-on", "high")[0] == 1


def test_state_store_decisions_and_absent_work_together(folder: Path, tmp_path: Path) -> None:
    key = hashlib.sha256(b"s" + people(1)[0]["phone"].encode()).hexdigest()
    (tmp_path / "absent").write_text(f"salt: s\n{key}\n")
    (tmp_path / "decisions").write_text(
        '[[decision]]\ncolumn = "*id_card"\nverdict = "cleared"\nby = "w"\n'
    )
    options = ["--state", tmp_path / "state", "--absent", tmp_path / "absent", "--quiet",
               "--decisions", tmp_path / "decisions", "--format", "json", "--full",
               "--store", tmp_path / "facts.db"]  # fmt: skip
    first = json.loads(run(folder, *options)[1])
    again = json.loads(run(folder, *options)[1])
    assert (first["unchanged_tables"], again["unchanged_tables"]) == (0, 2)
    assert again["inventory"] == first["inventory"]
    assert {one["status"] for one in first["inventory"] if one["column"] == "id_card"} == {
        "cleared"
    }
    assert "store.6" in [one["rule"] for one in again["findings"] if one["verdict"] == "violated"]
    assert (tmp_path / "facts.db").is_file()


def test_a_policy_is_compared(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "policy.txt").write_text(POLICY, "utf-8")
    found = json.loads(run(folder, "--policy", tmp_path / "policy.txt", "--format", "json")[1])
    rules = {one["rule"] for one in found["findings"] if one["verdict"] == "violated"}
    assert "store.5" in rules


def test_the_configuration_gives_thresholds_and_options(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"

    def grave(limit: float) -> str:
        own.write_text(f'format = "json"\n[limits]\n"store.8.grave" = {limit}\n')
        _, text = run(folder, "--config", own)
        found = json.loads(text)["findings"]
        return ",".join(one["verdict"] for one in found if one["rule"] == "store.8")

    assert (grave(1), grave(0.001)) == ("", "suspected")
    own.write_text('strict = true\nfail_on = "high"\n')
    assert run(folder, "--config", own)[0] == 1
    own.write_text('[limits]\n"store.8.gravity" = 1\n')
    with pytest.raises(HongxianError, match=r"nearest: 'store\.8\.grave'"):
        run(folder, "--config", own)
