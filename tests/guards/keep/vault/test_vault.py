from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest
from tests.guards.keep.vault.test_objects import put
from tests.guards.keep.vaults import DAY, Machine, settings_file

from hongxian.errors import HongxianError
from hongxian.guards.keep.vault import vault as module
from hongxian.guards.keep.vault.objects import Place
from hongxian.guards.keep.vault.restic.expiry import Expired, ExpiryError
from hongxian.guards.keep.vault.restic.repository import Repository
from hongxian.guards.keep.vault.settings import load_vault
from hongxian.guards.keep.vault.vault import Vault, open_store


@pytest.fixture
def machine(monkeypatch) -> Machine:
    made = Machine()
    real = module.VaultClock
    monkeypatch.setattr(
        module, "VaultClock",
        lambda path, *rest, **told: real(path, *rest, **told, readings=made.clock(path).readings),
    )  # fmt: skip
    return made


def kinds(vault: Vault) -> list[str]:
    text = (vault.settings.folder / "alarms.jsonl").read_text("utf-8")
    return [json.loads(line)["kind"] for line in text.splitlines()]


def test_silence_and_a_moved_clock_are_told(tmp_path: Path, machine: Machine) -> None:
    vault = Vault(load_vault(settings_file(tmp_path, silence="2h")), "en")
    vault.begin()
    vault.look()
    assert set(kinds(vault)) <= {"blind", "root"}
    machine.passes(3 * 3600)
    vault.look()
    assert kinds(vault)[-1] == "silent"
    machine.wall += 90 * DAY
    vault.look()
    assert kinds(vault)[-1] == "clock"
    machine.wall -= 90 * DAY
    put(vault.store, "x", b"x")
    vault.store.ledger.append([vault.store._entry(
        Place("restic/shop", "y", "shop", DAY), "0" * 64, 1)])  # fmt: skip
    vault.look()
    assert kinds(vault)[-1] == "clock"
    machine.passes(3 * 3600)
    vault.look()
    assert kinds(vault)[-1] == "silent"
    vault.end()


def test_a_lost_clock_does_not_free_anything(tmp_path: Path, machine: Machine) -> None:
    settings = load_vault(settings_file(tmp_path))
    vault = open_store(settings)
    vault.clock.tick()
    put(vault, "x", b"x", 10 * DAY)
    (settings.folder / "clock.json").unlink()
    machine.wall += 400 * DAY
    again = open_store(settings)
    again.clock.tick()
    assert again.expire(again.ledger.live("a")) == []


@pytest.mark.parametrize(
    ("outcome", "told"),
    [(Expired(1, 2, 3), []), (None, ["locked"]), (ExpiryError("no"), ["expiry"])],
    ids=["done", "locked", "failed"],
)
@pytest.mark.usefixtures("machine")
def test_what_is_old_is_taken_out(tmp_path, monkeypatch, outcome, told) -> None:
    (tmp_path / "reading").write_text("reading")
    path = settings_file(tmp_path, reading_password_file="reading")
    asked = []

    def expire(own: Repository, password: str) -> Expired | None:
        asked.append((own.client, password))
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    monkeypatch.setattr(module, "expire", expire)
    vault = Vault(load_vault(path), "en")
    vault.look()
    vault.look()
    assert asked == [("shop", "reading")]
    assert [one for one in kinds_or_none(vault) if one in ("locked", "expiry")] == told
    vault.end()


def kinds_or_none(vault: Vault) -> list[str]:
    return kinds(vault) if (vault.settings.folder / "alarms.jsonl").exists() else []


@pytest.mark.usefixtures("machine")
def test_a_full_disk_is_told(tmp_path: Path) -> None:
    path = settings_file(tmp_path)
    path.write_text(path.read_text().replace("[listen]", 'reserve = "999999999TB"\n[listen]'))
    vault = Vault(load_vault(path), "en")
    vault.look()
    assert "refused_reserve" in kinds(vault)
    vault.end()


@pytest.mark.usefixtures("machine")
def test_it_looks_until_it_is_told_to_end(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(module, "BEAT", 0.001)
    vault = Vault(load_vault(settings_file(tmp_path)), "en")
    looks = threading.Semaphore(0)

    def look(_: Vault) -> None:
        looks.release()
        raise OSError("disk full")

    monkeypatch.setattr(Vault, "look", look)
    thread = threading.Thread(target=vault.run)
    thread.start()
    for _ in range(3):
        assert looks.acquire(timeout=60)
    vault.end()
    thread.join(60)
    assert not thread.is_alive()
    assert {"blind", "keeping_failed"} <= set(kinds(vault))


@pytest.mark.usefixtures("machine")
def test_second_copies_are_made_and_a_failure_is_told(tmp_path: Path, monkeypatch) -> None:
    from hongxian.guards.keep.vault import s3

    path = settings_file(tmp_path)
    path.write_text(path.read_text() + '[s3]\nbucket = "second"\n')
    outcomes = [s3.CopyError("no"), 0]
    tried = threading.Semaphore(0)

    def copy(_: s3.Bucket) -> int:
        tried.release()
        outcome = outcomes.pop(0) if outcomes else 0
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    monkeypatch.setattr(s3.Bucket, "copy", copy)
    monkeypatch.setattr(module, "BEAT", 0.001)
    vault = Vault(load_vault(path), "en")
    thread = threading.Thread(target=vault.run, daemon=True)
    thread.start()
    for _ in range(3):
        assert tried.acquire(timeout=60)
    vault.end()
    thread.join(60)
    assert kinds(vault).count("copy_failed") == 1


def test_without_its_extra_a_bucket_names_it(tmp_path: Path, monkeypatch) -> None:
    import sys

    monkeypatch.delitem(sys.modules, "hongxian.guards.keep.vault.s3", raising=False)
    monkeypatch.setitem(sys.modules, "boto3", None)
    path = settings_file(tmp_path)
    path.write_text(path.read_text() + '[s3]\nbucket = "second"\n')
    with pytest.raises(HongxianError, match="keep-s3"):
        Vault(load_vault(path), "en")


def test_a_server_is_kept_until_the_vault_ends(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(module, "BEAT", 0.001)
    path = settings_file(tmp_path)
    path.write_text(path.read_text() + '[postgresql.db]\nconnection = "host=127.0.0.1 port=1"\n')
    vault = Vault(load_vault(path), "en")
    looked = threading.Event()
    monkeypatch.setattr(vault.keepers[0], "look", looked.set)
    thread = threading.Thread(target=vault.run, daemon=True)
    thread.start()
    assert looked.wait(60)
    vault.end()
    thread.join(60)
    assert not thread.is_alive()


def test_how_far_the_ledger_came_is_evidence(tmp_path: Path, machine: Machine, capsys) -> None:
    from hongxian.guards.keep.evidence.keys import make_key

    make_key(tmp_path / "key")
    path = settings_file(tmp_path)
    told = '[vault]\nevidence = "log"\nevidence_key = "key"\n'
    path.write_text(path.read_text().replace("[vault]\n", told))
    vault = Vault(load_vault(path), "en")
    put(vault.store, "x", b"x")
    vault.look()
    machine.passes(61)
    vault.look()
    put(vault.store, "y", b"y")
    machine.passes(61)
    vault.look()
    entries = [json.loads(line)["body"] for line in (tmp_path / "log").read_text().splitlines()]
    assert [one["entries"] for one in entries[1:]] == [1, 2]
    assert entries[-1]["chain"] == vault.store.ledger.head()[1]
    vault._written._log._broken = True
    put(vault.store, "z", b"z")
    vault.write()
    assert "evidence cannot be written" in capsys.readouterr().err
    vault.end()
