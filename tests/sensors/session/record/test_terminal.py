"""The guide's questions on a terminal."""

from __future__ import annotations

import io
import sys

import pytest

from hongxian.sensors.session.record.guide import END, GO, SKIP
from hongxian.sensors.session.record.terminal import Terminal


def typed(patch: pytest.MonkeyPatch, text: str) -> Terminal:
    patch.setattr(sys, "stdin", io.StringIO(text))
    return Terminal()


def test_a_step_begins_is_left_out_or_ends_all(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal = typed(monkeypatch, "\nwhat\nS\nq\n")
    assert [terminal.go("Accept") for _ in range(3)] == [GO, SKIP, END]
    assert terminal.go("Accept") == END, "the input has ended"
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("Accept") == 5


def test_a_choice_is_one_of_its_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = typed(monkeypatch, "yn\nN\n\n")
    assert terminal.choose("Did it work?", "ynm") == "n"
    assert terminal.choose("Did it work?", "ynm") == ""
    assert terminal.choose("Did it work?", "ynm") == ""


def test_a_line_is_taken_as_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal = typed(monkeypatch, " 扫一扫 \n\n")
    assert terminal.ask("Its name: ") == "扫一扫"
    terminal.done("press Enter")
    terminal.tell("Recording.")
    terminal.rest(0)
    assert "Recording." in capsys.readouterr().err
