from __future__ import annotations

import json
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.guards.keep.drill.test_results import trial
from tests.guards.keep.vaults import store

from hongxian.errors import HongxianError
from hongxian.guards.keep.drill import kinds as by_kind
from hongxian.guards.keep.drill import schedule as module
from hongxian.guards.keep.drill.postgresql.restore import Restored
from hongxian.guards.keep.drill.results import keep, trials
from hongxian.guards.keep.drill.schedule import LONGEST, Schedule
from hongxian.guards.keep.drill.settings import DrillSettings, SourceSettings


@pytest.fixture
def settings(tmp_path: Path) -> DrillSettings:
    store(tmp_path / "vault")
    return DrillSettings(
        folder=tmp_path / "drills", vault=tmp_path / "vault",
        postgresql={"shop": SourceSettings(name="shop", every=100)},
    )  # fmt: skip


def kinds(settings: DrillSettings) -> list[str]:
    log = settings.folder / "alarms.jsonl"
    return (
        [json.loads(line)["kind"] for line in log.read_text().splitlines()] if log.exists() else []
    )


def test_a_vault_without_a_copy_fails_and_is_told(settings: DrillSettings) -> None:
    schedule = Schedule(settings, "en")
    assert schedule.look() == LONGEST
    [done] = trials(settings.folder / "trials" / "shop")
    assert (done.outcome, done.reason) == (
        "failed", "shop: the vault has no base backup that could be restored",
    )  # fmt: skip
    assert kinds(settings) == ["drill_failed"]
    assert schedule.look() == LONGEST  # it is not tried again at once
    assert len(trials(settings.folder / "trials" / "shop")) == 1


def test_what_is_due_is_done_and_what_is_overdue_is_told(settings, monkeypatch) -> None:
    folder = settings.folder / "trials" / "shop"
    keep(trial(at=time.time() - 350.0), folder)
    monkeypatch.setattr(module, "tried", lambda *_: trial(at=time.time()))
    schedule = Schedule(settings, "en")
    assert 90 < schedule.look() <= 100
    assert kinds(settings) == ["drill_overdue"]
    assert len(trials(folder)) == 2
    assert 90 < schedule.look() <= 100
    assert len(trials(folder)) == 2


def test_failed_checks_are_named(settings, monkeypatch) -> None:
    check = {"what": "sum", "name": "orders", "outcome": "failed", "told": ""}
    monkeypatch.setattr(module, "tried", lambda *_: trial(outcome="failed", checks=[check]))
    Schedule(settings, "en").drill("shop")
    assert "sum orders" in (settings.folder / "alarms.jsonl").read_text()


def test_it_looks_until_it_is_told_to_end(settings, monkeypatch) -> None:
    schedule = Schedule(settings, "en")
    looks = threading.Semaphore(0)

    def look() -> float:
        looks.release()
        return 0.0

    monkeypatch.setattr(schedule, "look", look)
    thread = threading.Thread(target=schedule.run, daemon=True)
    thread.start()
    assert looks.acquire(timeout=60)
    schedule.end()
    thread.join(60)
    assert not thread.is_alive()


def test_a_vault_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(HongxianError, match="no vault"):
        Schedule(DrillSettings(folder=tmp_path / "d", vault=tmp_path), "en")


def test_a_drill_is_evidence(settings: DrillSettings, tmp_path: Path, monkeypatch) -> None:
    import dataclasses

    from hongxian.guards.keep.evidence.keys import make_key

    make_key(tmp_path / "key")
    monkeypatch.setattr(module, "tried", lambda *_: trial())
    told = dataclasses.replace(settings, evidence=tmp_path / "log", evidence_key=tmp_path / "key")
    Schedule(told, "en").drill("shop")
    body = json.loads((tmp_path / "log").read_text().splitlines()[-1])["body"]
    assert (body["outcome"], body["rto_ms"], body["rpo_ms"]) == ("passed", 12500, 500)


def test_what_cannot_be_brought_back_is_told(settings, tmp_path: Path, monkeypatch) -> None:
    schedule, base = Schedule(settings, "en"), SimpleNamespace(number="1")

    def broken(*_: object) -> Restored:
        (tmp_path / "into" / "data").mkdir()
        return Restored(base, tmp_path / "into" / "data", tmp_path / "into" / "wal", 0)

    monkeypatch.setattr(by_kind, "restore", broken)
    with pytest.raises(HongxianError, match="could not be restored"):
        schedule.bring("shop", tmp_path / "into")  # without a control file
    (tmp_path / "file").touch()
    with pytest.raises(HongxianError, match="file"):
        schedule.bring("shop", tmp_path / "file" / "into")
    with pytest.raises(HongxianError, match="shop"):
        schedule.bring("shap", tmp_path / "other")
