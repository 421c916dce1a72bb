from __future__ import annotations

import json
from pathlib import Path

import pytest

from hongxian.errors import HongxianError
from hongxian.reports import FORMATS, Report, terminal, write


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_format_goes_to_a_file(watched: Report, tmp_path: Path, form: str, lang: str) -> None:
    path = tmp_path / f"report.{form}"
    write(watched, form, path, lang)
    text = path.read_text(encoding="utf-8")
    assert "com.lantern.map" in text
    assert "\x1b" not in text


def test_spreadsheets_are_told_the_encoding(watched: Report, tmp_path: Path) -> None:
    write(watched, "csv", tmp_path / "a.csv", "zh")
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbfsubject,")


def test_results_go_to_stdout(watched: Report, capsys: pytest.CaptureFixture[str]) -> None:
    write(watched, "json", None, "zh")
    assert json.loads(capsys.readouterr().out)["format"] == "hongxian-report"
    write(watched, "table", None, "zh", width=80)
    assert "\x1b" not in capsys.readouterr().out


def test_colours_only_on_a_terminal_that_wants_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "77")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert terminal(None) == {"width": 77, "colour": True}
    monkeypatch.setenv("NO_COLOR", "1")
    assert terminal(None) == {"width": 77, "colour": False}
    assert terminal("file")["colour"] is False


def test_what_cannot_be_written_is_one_line(watched: Report, tmp_path: Path) -> None:
    with pytest.raises(HongxianError, match="cannot be written"):
        write(watched, "json", tmp_path / "no" / "such.json", "en")
    with pytest.raises(HongxianError, match="no format 'pdf'; there are table, html"):
        write(watched, "pdf", None, "en")
