from __future__ import annotations

from pathlib import Path

import pytest

from hongxian.errors import HongxianError
from hongxian.sensors.traffic.sense import observe, open_traffic

LINE = '{{"time": 14318571{:02d}, "method": "GET", "uri": "/a?phone=13800138000"}}\n'


def test_logs_of_a_folder_are_read_as_one(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "a.log").write_text(LINE.format(5) + "oops\n")
    (tmp_path / "b" / "c.log").write_text(LINE.format(1))
    (tmp_path / ".hidden").write_text("x")
    sensed = open_traffic([tmp_path])
    assert [one.at for one in observe(sensed)] == [1431857101, 1431857105]
    assert (sensed.requests, sensed.first, sensed.last) == (2, 1431857101, 1431857105)
    assert sensed.subject == f"interface:{sensed.artefact[:12]}"
    (told,) = sensed.coverage()
    assert (told.scope, told.status) == ("traffic.requests", "partial")
    assert "1 lines are no requests" in str(told.reason)
    assert sensed.facts() == []


def test_a_whole_log_is_covered_and_an_empty_one_is_not(tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    for text, status in ((LINE.format(1), "ran"), ("", "not_run")):
        path.write_text(text)
        sensed = open_traffic([path], "interface:shop")
        list(observe(sensed))
        assert sensed.coverage()[0].status == status
        assert sensed.subject == "interface:shop"


def test_paths_that_hold_nothing_are_told(tmp_path: Path) -> None:
    with pytest.raises(HongxianError, match="there is no log"):
        open_traffic([tmp_path])
    with pytest.raises(HongxianError, match="No such file"):
        open_traffic([tmp_path / "none"])
