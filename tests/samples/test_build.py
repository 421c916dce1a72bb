"""The samples rebuild to the very bytes that are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samples.build import APPS, HERE, build, main
from samples.tools import CACHE, Tools, find_tools

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_rebuilding_gives_the_same_bytes(tmp_path: Path, android_tools: Tools) -> None:
    for app in APPS:
        target = tmp_path / f"{app.name}.apk"
        build(app, target, android_tools)
        assert target.read_bytes() == (HERE / target.name).read_bytes(), app.name


def test_a_broken_source_ends_in_one_line(
    tmp_path: Path,
    android_tools: Tools,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "stubs" / "src").mkdir(parents=True)
    (tmp_path / "lantern").mkdir()
    (tmp_path / "lantern" / "AndroidManifest.xml").write_text("<manifest")
    monkeypatch.setattr("samples.build.HERE", tmp_path)
    monkeypatch.setattr("samples.build.find_tools", lambda: android_tools)
    assert main([str(tmp_path / "out")]) == 1
    assert capsys.readouterr().err.startswith("aapt: ")


def test_main_writes_every_sample(
    tmp_path: Path, android_tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[str] = []
    monkeypatch.setattr("samples.build.find_tools", lambda: android_tools)
    monkeypatch.setattr("samples.build.build", lambda app, *_: built.append(app.name))
    assert main([str(tmp_path / "new")]) == 0
    assert built == ["lantern", "lantern_clean", "lantern_legacy"]
    assert (tmp_path / "new").is_dir()


def test_tools_are_kept_for_the_next_time(android_tools: Tools) -> None:
    assert find_tools(fetch=False) == android_tools
    assert android_tools.d8.parent == CACHE
