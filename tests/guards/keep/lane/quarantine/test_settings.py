from __future__ import annotations

from pathlib import Path

import pytest
from tests.guards.keep.lane.test_settings import LEAST, read

from hongxian.errors import HongxianError


def test_what_is_assumed_and_what_is_said(tmp_path: Path) -> None:
    found = read(tmp_path, LEAST).quarantine
    assert (found.mode, found.keep_days, found.schema) == ("quarantine", 7, "hongxian_trash_")
    assert found.file == tmp_path / "quarantine.db"
    more = '[quarantine]\nmode = "refuse"\nkeep_days = 30\nfile = "q"\n'
    more += 'schema = "hongxian_trash_ops_"\n'
    found = read(tmp_path, LEAST + more).quarantine
    assert (found.mode, found.keep_days, found.schema) == ("refuse", 30, "hongxian_trash_ops_")
    assert found.file == tmp_path / "q"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('mode = "off"', "quarantine, refuse"),
        ("keep_days = 0", "wrong kind"),
        ("keep_days = 4000", "3650"),
        ('schema = "trash_"', "must begin with hongxian_trash_"),
        ('schema = "hongxian_trash_Ops"', "must begin with hongxian_trash_"),
        ("days = 3", "days"),
    ],
)
def test_faults_are_named(tmp_path: Path, line: str, says: str) -> None:
    with pytest.raises(HongxianError) as raised:
        read(tmp_path, f"{LEAST}[quarantine]\n{line}\n")
    assert says in raised.value.say("en")
