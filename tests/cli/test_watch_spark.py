from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tests.sensors.traffic.topics.cluster import asked

from hongxian.cli import watch_follow
from hongxian.cli.watch import command
from hongxian.errors import HongxianError
from hongxian.facts import Store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "lake"
    made.mkdir()
    rows = [json.dumps(asked(number)) + "\n" for number in range(60)]
    (made / "a.jsonl").write_text("".join(rows))
    return made


def run(folder: Path, *words: str) -> Any:
    return CliRunner().invoke(
        command, [str(folder), "--engine", "spark", "--lang", "en", *words], catch_exceptions=False
    )


def facts(path: Path) -> list[Any]:
    store = Store()
    store.load(path)
    found = store.rows(
        "select f.amount from main.facts f join main.current_runs using (run) "
        "where f.kind = 'provide'"
    )
    store.close()
    return [one["amount"] for one in found]


def test_a_folder_is_read_at_once_or_as_a_stream(folder: Path, tmp_path: Path) -> None:
    stream = ("--checkpoint", str(tmp_path / "c"), "--subject", "interface:shop")
    for name, words in (("once", ()), ("stream", stream), ("stream", stream)):
        done = run(folder, "--store", str(tmp_path / name), *words)
        assert done.exit_code == 1
        assert "enumeration" in done.stdout
        assert facts(tmp_path / name) == [60.0]


def test_a_stream_is_followed(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = watch_follow.line_of

    def heard(*rest: Any) -> str:
        os.kill(os.getpid(), 15)
        return line(*rest)

    monkeypatch.setattr(watch_follow, "line_of", heard)
    store = tmp_path / "s"
    done = run(folder, "--checkpoint", str(tmp_path / "c"), "--follow", "--store", str(store))
    assert done.exit_code == 1
    first, *rest = done.stdout.splitlines()
    assert "| enumeration | POST /contacts/match |" in first
    assert any("Endpoints with PI" in one for one in rest)
    assert facts(store) == [60.0]


def test_a_store_of_one_machine_takes_nothing(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "s.duckdb"
    Store(path).close()
    with pytest.raises(HongxianError, match=r"s\.duckdb"):
        run(folder, "--store", str(path))
