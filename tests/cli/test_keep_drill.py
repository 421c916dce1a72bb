from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.guards.keep.protected import Protected, protected

from hongxian.cli.keep_drill import drill
from hongxian.facts import Store
from hongxian.guards.keep.drill import schedule as module


def said(*words: object, lang: str = "en") -> Result:
    return CliRunner().invoke(drill, [*map(str, words), "--lang", lang])


@pytest.fixture(scope="module")
def kept() -> Iterator[Protected]:
    with protected() as made:
        yield made


def test_a_source_is_marked_tried_and_told(kept: Protected, tmp_path: Path) -> None:
    config = kept.file(every="1d")
    assert said("list", "--config", config).exit_code == 1  # never tried
    assert "of the same moment" in said("mark", "--config", config).output
    kept.caught_up()
    facts = tmp_path / "facts.duckdb"
    done = said("run", "--config", config, "--format", "json", "--store", facts)
    assert (done.exit_code, json.loads(done.output)[0]["outcome"]) == (0, "passed")
    page = tmp_path / "page.html"
    done = said("list", "--config", config, "--format", "html", "-o", page, "--store", facts)
    assert done.exit_code == 0
    assert "newest mark" in page.read_text("utf-8")
    store = Store(facts)
    rows = store.rows("select distinct subject, kind, outcome from facts")
    store.close()
    assert rows == [{"subject": "store:drill", "kind": "drill", "outcome": "passed"}]


def test_a_failed_drill_ends_with_its_code(kept: Protected) -> None:
    config = kept.file(longest_rto="1ms")
    done = said("run", "shop", "--config", config, lang="zh")
    assert done.exit_code == 1
    assert "shop：失败" in done.output
    assert "恢复用时  失败" in done.output
    done = said("run", "shop", "--config", config, "--until", "2001-01-01T00:00:00")
    assert "no base backup" in done.output


def test_it_drills_when_due(kept: Protected, monkeypatch) -> None:
    ran = []
    monkeypatch.setattr(module.Schedule, "run", lambda self: ran.append(self.settings.name))
    assert said("schedule", "--config", kept.file()).exit_code == 0
    assert ran == ["drill"]


def test_without_the_extra_it_is_named(tmp_path: Path, monkeypatch) -> None:
    for name in [one for one in sys.modules if one.startswith("hongxian.guards.keep.drill")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "asyncpg", None)
    done = said("run", "--config", tmp_path / "x")
    assert "pip install 'hongxian[keep]'" in str(done.exception)


def test_a_copy_is_brought_back(kept: Protected, tmp_path: Path) -> None:
    config, into = kept.file(), tmp_path / "new" / "server"
    done = said("restore", "shop", "--config", config, "--into", into)
    assert done.exit_code == 0
    assert f"postgres -D {into}/data" in done.output
    assert (into / "data" / "recovery.signal").is_file()
    again = said("restore", "shop", "--config", config, "--into", into)
    assert "must be an empty folder" in str(again.exception)
    early = ("--into", tmp_path / "other", "--until", "2001-01-01T00:00:00")
    assert "no base" in str(said("restore", "shop", "--config", config, *early).exception)
