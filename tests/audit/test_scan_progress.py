from __future__ import annotations

import io
import sys

import pytest
from tests.sensors.store.made import table_of

from hongxian.audit.scan_progress import ScanProgress


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_place_rows_speed_and_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    out = _Terminal()
    monkeypatch.setattr(sys, "stderr", out)
    progress = ScanProgress(4_000_000, "en")
    table = table_of({"a": [1]})
    table.where = "13812345678.csv"
    progress.begun(table)
    progress.moved(10, 2_000_000)
    progress.done()
    assert "***.csv: t  10 rows" in out.getvalue()
    assert progress.line(1.0) == "***.csv: t  10 rows  2.0 MB/s  1 s left"
    assert ScanProgress(None, "en").line(1.0).endswith("? left")


def test_nothing_is_shown_to_a_file_or_when_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    for out, quiet in ((io.StringIO(), False), (_Terminal(), True)):
        monkeypatch.setattr(sys, "stderr", out)
        progress = ScanProgress(10, "zh", quiet=quiet)
        progress.moved(1, 1)
        progress.done()
        assert out.getvalue() == ""
