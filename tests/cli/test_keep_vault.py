from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from tests.guards.keep.vault.test_objects import put
from tests.guards.keep.vaults import settings_file

from hongxian.cli.keep_vault import vault
from hongxian.errors import HongxianError
from hongxian.guards.keep.vault import serve as serving
from hongxian.guards.keep.vault.passwords import right
from hongxian.guards.keep.vault.settings import load_vault
from hongxian.guards.keep.vault.vault import open_store


def said(*words: object, lang: str = "en", **told: Any) -> Result:
    return CliRunner().invoke(vault, [*map(str, words), "--lang", lang], **told)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = settings_file(tmp_path)
    store = open_store(load_vault(path))
    store.clock.tick()
    put(store, "x", b"hello")
    put(store, "y", b"world")
    return path


def test_a_password_becomes_a_line() -> None:
    done = said("password", input="open sesame\n")
    assert right("open sesame", done.output.strip())


@pytest.mark.parametrize(("lang", "whole", "altered"), [
    ("en", "2 objects (10 bytes) are all as they came", "the first is x (a, came 20"),
    ("zh", "2 个对象（10 字节）全部完好", "第一个：x（a，到达于 20"),
])  # fmt: skip
def test_everything_is_hashed_anew(config: Path, lang: str, whole: str, altered: str) -> None:
    done = said("check", "--config", config, lang=lang)
    assert (done.exit_code, whole in done.output) == (0, True)
    path = config.parent / "vault/objects/a/x"
    path.chmod(0o600)
    path.write_bytes(b"hullo")
    done = said("check", "--config", config, lang=lang)
    assert (done.exit_code, altered in done.output) == (1, True)


def test_an_edited_ledger_is_told(config: Path) -> None:
    import sqlite3

    with sqlite3.connect(config.parent / "vault/ledger.sqlite") as base:
        base.execute("update entries set until = 0 where seq = 2")
    assert "altered from entry 2 on" in said("check", "--config", config).output


def test_what_is_held_is_listed(config: Path) -> None:
    assert "a       2        10" in said("list", "--config", config).output
    rows = json.loads(said("list", "--config", config, "--format", "json").output)
    assert (rows[0]["area"], rows[0]["objects"], rows[0]["bytes"]) == ("a", 2, 10)


def test_a_person_accepts_a_jump(config: Path) -> None:
    assert "differs by 0 s" in said("clock", "--config", config).output
    place = config.parent / "vault/clock.json"
    told = json.loads(place.read_text())
    late = told | {"vault": told["vault"] - 86400}
    place.write_text(json.dumps(late))
    (config.parent / "vault/ledger.sqlite").unlink()
    assert "Li Lei" in said("clock", "--config", config, "--accept", "Li Lei").output
    place.write_text(json.dumps(told | {"vault": time.time() + 86400}))
    assert "never goes back" in said("clock", "--config", config, "--accept", "Li Lei").output


def test_settings_are_checked_without_starting_anything(config: Path) -> None:
    done = said("serve", "--config", config, "--check")
    assert (done.exit_code, "1 sources" in done.output) == (0, True)


def test_it_serves(config: Path, monkeypatch) -> None:
    ran = []

    def run(self) -> None:
        ran.append(self.address)
        self._own.close()

    monkeypatch.setattr(serving.Server, "run", run)
    assert said("serve", "--config", config).exit_code == 0
    assert ran[0].startswith("127.0.0.1:")


def test_a_vault_that_is_not_there_is_told(tmp_path: Path) -> None:
    done = said("check", "--config", settings_file(tmp_path))
    assert isinstance(done.exception, HongxianError)
    assert "no vault" in str(done.exception)


@pytest.mark.parametrize(("verb", "gone"), [("serve", "uvicorn"), ("check", "cryptography")])
def test_without_the_extra_it_is_named(config: Path, monkeypatch, verb: str, gone: str) -> None:
    for name in [one for one in sys.modules if one.startswith(f"{gone}.") or one in (
        "hongxian.guards.keep.vault.serve", "hongxian.guards.keep.vault.vault",
        "hongxian.guards.keep.vault.restic.crypto", "hongxian.guards.keep.vault.restic.dates",
    )]:  # fmt: skip
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, gone, None)
    done = said(verb, "--config", config)
    assert "pip install 'hongxian[keep]'" in str(done.exception)
