from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from tests.guards.keep.drill.test_results import trial
from tests.guards.keep.vault.postgresql.test_retention import based, held
from tests.guards.keep.vaults import store

from hongxian.guards.keep.drill.overview import overview
from hongxian.guards.keep.drill.results import keep
from hongxian.guards.keep.drill.settings import DrillSettings, MariaTried, SourceSettings
from hongxian.guards.keep.vault.objects import Place

FIRST, THIRD = "000000010000000000000001", "000000010000000000000003"


def told(folder: Path) -> dict:
    vault = store(folder / "vault")
    based(vault, "b", FIRST)
    for name in (FIRST, THIRD, f"{THIRD}.partial"):
        held(vault, f"wal/{name}")
    (folder / "vault" / "alarms.jsonl").write_text(json.dumps({
        "at": "2027-01-15T08:00:00+00:00", "source": "shop", "kind": "silent",
        "text": {"zh": "沉默", "en": "silent"},
    }) + "\n", "utf-8")  # fmt: skip
    settings = DrillSettings(
        folder=folder / "drills", vault=folder / "vault",
        postgresql={"shop": SourceSettings(name="shop", every=86400)},
    )  # fmt: skip
    return overview(settings, vault)


def test_gaps_copies_and_alarms_are_told(tmp_path: Path) -> None:
    record = told(tmp_path)
    shop = record["sources"][0]
    assert (shop["state"], shop["last"], shop["drills"]) == ("never", None, 0)
    assert (shop["bases"], shop["segments"], shop["segment"]) == (1, 2, THIRD)
    assert shop["gaps"] == ["000000010000000000000002"]
    assert [one["area"] for one in record["held"]] == ["postgresql/shop"]
    assert [one["kind"] for one in record["alarms"]] == ["silent"]


@pytest.mark.parametrize(
    ("ago", "outcome", "state"),
    [(60, "passed", "passed"), (60, "failed", "failed"), (90_000, "passed", "overdue")],
)
def test_a_source_is_as_its_last_drill(tmp_path: Path, ago, outcome, state) -> None:
    keep(trial(at=time.time() - ago, outcome=outcome), tmp_path / "drills" / "trials" / "shop")
    assert told(tmp_path)["sources"][0]["state"] == state


def test_logs_of_mariadb_and_their_gaps_are_told(tmp_path: Path) -> None:
    vault = store(tmp_path / "vault")
    start = b"-- CHANGE MASTER TO MASTER_LOG_FILE='log.000001', MASTER_LOG_POS=4;"
    for name in ("base/1.sql", "binlog/log.000001", "binlog/log.000003"):
        incoming = vault.incoming(Place("mariadb/shop", name, "shop", 1.0))
        incoming.write(start)
        incoming.keep()
        incoming.close()
    settings = DrillSettings(
        folder=tmp_path / "drills", vault=tmp_path / "vault",
        mariadb={"shop": MariaTried(name="shop")},
    )  # fmt: skip
    shop = overview(settings, vault)["sources"][0]
    assert (shop["bases"], shop["base"]) == (1, "2027-01-15T08:00:00.000000+00:00")
    assert (shop["segments"], shop["segment"], shop["gaps"]) == (2, "log.000003", ["000002"])
