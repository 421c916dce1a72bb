from __future__ import annotations

from pathlib import Path

import pytest

from hongxian.errors import HongxianError
from hongxian.guards.keep.evidence.keys import make_key
from hongxian.guards.keep.evidence.verify import heads_of, verify_log
from hongxian.guards.keep.evidence.written import Written


def test_entries_are_written_under_signed_heads(tmp_path: Path) -> None:
    log, key = tmp_path / "log", tmp_path / "key"
    public = make_key(key).public
    for number in (1, 2):
        written = Written(log, key)
        written.record("copies", {"entries": number})
        written.close()
        written.close()
    found = verify_log(log, heads_of(log), public)
    assert (found.faults, found.tree.size, found.covered) == (
        [],
        3,
        3,
    )  # the first tells of the log itself


def test_without_a_log_nothing_is_written(tmp_path: Path) -> None:
    written = Written(None, None)
    written.record("copies", {"entries": 1})
    written.close()
    assert list(tmp_path.iterdir()) == []


def test_a_key_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(HongxianError):
        Written(tmp_path / "log", tmp_path / "key")
