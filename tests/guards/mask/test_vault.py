from __future__ import annotations

import sqlite3
import sys
from typing import TYPE_CHECKING

import pytest
from tests.guards.mask.rings import ring

from hongxian.errors import HongxianError
from hongxian.guards.mask.vault import Vault

if TYPE_CHECKING:
    from pathlib import Path

PHONES = ["13812345678", "13912345678"]


def test_a_value_keeps_its_token_and_is_found_behind_it(tmp_path: Path) -> None:
    path = tmp_path / "vault"
    tokens = Vault(path, ring()).tokens(PHONES, "basic.phone", "tok_")
    again = Vault(path, ring())
    assert again.tokens(PHONES, "basic.phone", "tok_") == tokens
    assert again.values([*tokens, "tok_none"], "basic.phone") == [*PHONES, None]
    assert len(set(tokens)) == 2
    assert all(one.startswith("tok_") and len(one) == 20 for one in tokens)


def test_the_file_is_for_its_owner_alone_and_holds_no_value(tmp_path: Path) -> None:
    path = tmp_path / "vault"
    Vault(path, ring()).tokens(PHONES, "basic.phone", "tok_")
    assert path.stat().st_mode & 0o777 == 0o600
    content = path.read_bytes()
    assert not any(phone.encode() in content for phone in PHONES)
    assert bytes(range(32)) not in content


def test_another_domain_has_other_tokens_and_opens_none(tmp_path: Path) -> None:
    own = Vault(tmp_path / "vault", ring())
    (token,) = own.tokens(PHONES[:1], "a", "")
    assert own.tokens(PHONES[:1], "b", "") != [token]
    assert own.values([token], "b") == [None]


def test_after_a_change_of_keys_old_tokens_hold_and_open(tmp_path: Path) -> None:
    path = tmp_path / "vault"
    old = Vault(path, ring("k1")).tokens(PHONES, "p", "")
    changed = Vault(path, ring("k2"))
    assert changed.tokens(PHONES, "p", "") == old
    new = changed.tokens(["13712345678"], "p", "")
    assert changed.values([*old, *new], "p") == [*PHONES, "13712345678"]
    assert Vault(path, ring("k2"), "k1").tokens(PHONES, "p", "") == old


def test_a_file_that_is_no_vault_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "vault"
    path.write_bytes(b"no database at all, whatever it may be" * 99)
    with pytest.raises(HongxianError, match="no vault of tokens"):
        Vault(path, ring())
    with pytest.raises(HongxianError, match="No such file"):
        Vault(tmp_path / "none" / "vault", ring())


def test_a_vault_that_another_program_holds_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = sqlite3.connect
    monkeypatch.setattr(
        sqlite3, "connect", lambda path, **own: connect(path, **{**own, "timeout": 0.01})
    )
    path = tmp_path / "vault"
    one, other = Vault(path, ring()), Vault(path, ring())
    one._file.execute("begin immediate")
    with pytest.raises(HongxianError, match="another program is writing to the vault"):
        other.tokens(PHONES, "p", "")
    one._file.execute("rollback")
    assert len(other.tokens(PHONES, "p", "")) == 2


def test_a_vault_shows_nothing_and_needs_its_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert repr(Vault(tmp_path / "vault", ring())) == "Vault()"
    monkeypatch.setitem(sys.modules, "cryptography.hazmat.primitives.ciphers.aead", None)
    with pytest.raises(HongxianError, match="needs the extra mask"):
        Vault(tmp_path / "vault", ring())
