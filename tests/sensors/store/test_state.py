from __future__ import annotations

from pathlib import Path

import pytest

from hongxian.errors import HongxianError
from hongxian.sensors.store.counts import TableCounts
from hongxian.sensors.store.state import State

SETTINGS = {"sample": 5}


def counts(name: str, fingerprint: str = "f") -> TableCounts:
    return TableCounts(
        where=name, name="", medium="table", kind="csv", fingerprint=fingerprint, rows=7
    )


def state(path: Path, **more: object) -> State:
    return State(path, {**SETTINGS, **more})


def test_what_was_kept_is_known_again_if_it_has_not_changed(tmp_path: Path) -> None:
    first = state(tmp_path / "s")
    first.keep(counts("a"))
    first.keep(counts("b", ""))
    first.close()
    again = state(tmp_path / "s")
    assert again.known("a", "f") == counts("a")
    assert again.known("a", "g") is None
    assert again.known("b", "") is None
    assert again.known("c", "f") is None


def test_a_line_that_was_cut_off_loses_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "s"
    first = state(path)
    first.keep(counts("a"))
    first.keep(counts("b"))
    first.close()
    path.write_text(path.read_text("utf-8")[:-9] + '\n{"columns": 1}\n[]\n', "utf-8")
    again = state(path)
    assert list(again.tables) == ["a"]
    again.keep(counts("c"))
    again.close()
    assert list(state(path).tables) == ["a", "c"]


def test_other_settings_make_old_counts_worthless(tmp_path: Path) -> None:
    first = state(tmp_path / "s")
    first.keep(counts("a"))
    first.close()
    assert state(tmp_path / "s", sample=6).tables == {}


def test_a_place_where_nothing_can_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(HongxianError, match="No such file"):
        state(tmp_path / "none" / "s").keep(counts("a"))
    (tmp_path / "bad").write_bytes(b"\xff\xff")
    with pytest.raises(HongxianError, match="UTF-8"):
        state(tmp_path / "bad")
