"""Progress: a line on a terminal, nothing anywhere else."""

from __future__ import annotations

import io
import sys

import pytest

from hongxian.audit.progress import Progress, duration


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def on(screen: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    monkeypatch.setattr(sys, "stderr", screen)
    return screen


def test_a_terminal_shows_how_many_are_done_and_is_left_clean(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    terminal = on(Terminal(), monkeypatch)
    progress = Progress(3, "en")
    progress.step()
    progress.step()
    progress.done()
    lines = terminal.getvalue().split("\r\x1b[K")
    assert lines[1].startswith("1 of 3 packages, about ")
    assert lines[2].startswith("2 of 3 packages, about ")
    assert lines[3] == ""


def test_the_time_left_is_that_of_the_packages_left(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = on(Terminal(), monkeypatch)
    progress = Progress(5, "zh")
    progress.start -= 100
    progress.step()
    assert terminal.getvalue().endswith("1/5 个安装包，约剩 6:40 min")


@pytest.mark.parametrize(("total", "quiet"), [(1, False), (3, True)])
def test_a_single_package_or_a_quiet_run_shows_nothing(
    monkeypatch: pytest.MonkeyPatch, total: int, quiet: bool
) -> None:
    terminal = on(Terminal(), monkeypatch)
    progress = Progress(total, "en", quiet=quiet)
    progress.step()
    progress.done()
    assert terminal.getvalue() == ""


def test_a_file_gets_no_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    log = on(io.StringIO(), monkeypatch)
    progress = Progress(3, "en")
    progress.step()
    progress.done()
    assert (log.getvalue(), progress.count) == ("", 1)


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0 s"), (59.4, "59 s"), (59.6, "1:00 min"), (187, "3:07 min")]
)
def test_durations_are_short(seconds: float, text: str) -> None:
    assert duration(seconds) == text
