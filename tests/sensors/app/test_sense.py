from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from tests.sensors.app.conftest import SAMPLES

from hongxian.errors import ArtefactError
from hongxian.facts import Fact, Reason
from hongxian.sensors.app.sense import SCOPES, BudgetError, Sensed, sense_app

LANTERN = SAMPLES / "lantern.apk"


def changed(target: Path, change: dict[str, bytes | None]) -> Path:
    """Copy the sample with some members replaced, or left out."""
    with zipfile.ZipFile(LANTERN) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            content = change.get(name, source.read(name))
            if content is not None:
                copy.writestr(name, content)
    return target


def of_kind(sensed: Sensed, *kinds: str) -> list[Fact]:
    return [fact for fact in sensed.facts if fact.kind in kinds]


def test_the_subject_names_package_version_and_file() -> None:
    sensed = sense_app(LANTERN)
    assert sensed.subject.startswith("app:cn.hongxian.lantern@")
    assert sensed.subject.endswith("#" + sensed.artefact[:12])


def test_everything_is_looked_at_and_said_to_be() -> None:
    sensed = sense_app(LANTERN)
    assert [c.scope for c in sensed.coverage()] == list(SCOPES)
    assert {c.status for c in sensed.coverage()} == {"ran"}
    assert sensed.damaged == []
    assert {"permission", "trait", "embed", "reach", "request", "address"} <= {
        fact.kind for fact in sensed.facts
    }


def test_a_broken_dex_leaves_what_the_manifest_says(tmp_path: Path) -> None:
    sensed = sense_app(changed(tmp_path / "broken.apk", {"classes.dex": b"dex\n035\0" + b"x" * 99}))
    assert of_kind(sensed, "permission")
    assert not of_kind(sensed, "reach", "call_site")
    (code,) = [c for c in sensed.coverage() if c.scope == "app.code"]
    assert code.status == "partial"
    assert "classes.dex" in str(code.reason)
    assert any(line.startswith("broken.apk: classes.dex") for line in sensed.lines("en"))
    assert "broken.apk：classes.dex：不是 DEX" in sensed.lines("zh")[0]


def test_a_package_without_code_says_so(tmp_path: Path) -> None:
    sensed = sense_app(changed(tmp_path / "empty.apk", {"classes.dex": None}))
    (code,) = [c for c in sensed.coverage() if c.scope == "app.code"]
    assert code.status == "partial"
    assert "no DEX code" in str(code.reason)


def test_a_packed_app_is_partial_and_named(tmp_path: Path) -> None:
    apk = changed(tmp_path / "packed.apk", {})
    with zipfile.ZipFile(apk, "a") as package:
        package.writestr("lib/arm64-v8a/libjiagu.so", b"\x7fELF")
        package.writestr("assets/libjiagu.so", b"\x7fELF")
    sensed = sense_app(apk)
    (code,) = [c for c in sensed.coverage() if c.scope == "app.code"]
    assert code.status == "partial"
    assert "360" in str(code.reason)
    assert [f.item for f in of_kind(sensed, "trait") if f.item == "packed"] == ["packed"]


def test_no_package_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "note.apk"
    path.write_text("no package")
    with pytest.raises(ArtefactError, match=r"note\.apk"):
        sense_app(path)


@pytest.mark.parametrize(
    ("error", "scopes"),
    [
        (
            BudgetError(Reason("audit.time", {"seconds": 1})),
            {"app.code", "app.resources", "app.native"},
        ),
        (MemoryError(), {"app.code"}),
    ],
)
def test_a_budget_that_runs_out_keeps_what_was_found(
    monkeypatch: pytest.MonkeyPatch, error: Exception, scopes: set[str]
) -> None:
    def stop(*_: object) -> None:
        raise error

    monkeypatch.setattr("hongxian.sensors.app.sense.analyse", stop)
    sensed = sense_app(LANTERN)
    assert {c.scope for c in sensed.coverage() if c.status == "partial"} == scopes
    assert of_kind(sensed, "permission")
    assert len(sensed.damaged) == 1
