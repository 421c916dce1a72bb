from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.guards.keep.vaults import Restic

from hongxian.guards.keep.vault.restic.crypto import Key, UnreadableError, master_key, unpacked


@pytest.fixture(scope="module", params=["1", "2"])
def repository(request, tmp_path_factory) -> Path:
    """A repository that restic has made, of both versions of the format."""
    folder = tmp_path_factory.mktemp("local")
    (folder / "source").write_text("orders")
    restic = Restic("", folder)
    place = ("-r", str(folder / "repository"))
    restic(*place, "init", "--repository-version", request.param)
    restic(*place, "backup", "--time", "2026-01-02 03:04:05", str(folder / "source"))
    return folder / "repository"


def key(repository: Path) -> Key:
    return master_key(next((repository / "keys").iterdir()).read_bytes(), "reading")


def test_what_restic_wrote_is_read(repository: Path) -> None:
    own = key(repository)
    assert unpacked((repository / "config").read_bytes(), own)["version"] in (1, 2)
    snapshot = unpacked(next((repository / "snapshots").iterdir()).read_bytes(), own)
    assert snapshot["time"].startswith("2026-01-02T03:04:05")
    assert snapshot["paths"] == [str(repository.parent / "source")]


def test_another_password_opens_nothing(repository: Path) -> None:
    with pytest.raises(UnreadableError):
        master_key(next((repository / "keys").iterdir()).read_bytes(), "other")


def test_an_altered_byte_is_found(repository: Path) -> None:
    data = bytearray(next((repository / "snapshots").iterdir()).read_bytes())
    data[20] ^= 1
    with pytest.raises(UnreadableError):
        unpacked(bytes(data), key(repository))


@pytest.mark.parametrize(
    "file",
    [b"", b"{}", b"[]", b'"x"', json.dumps({"kdf": "md5"}).encode(),
     json.dumps({"kdf": "scrypt", "N": 1 << 30, "r": 8, "p": 1, "salt": "", "data": ""}).encode(),
     json.dumps({"kdf": "scrypt", "N": "x", "r": 8, "p": 1, "salt": "", "data": ""}).encode()],
)  # fmt: skip
def test_what_is_no_key_is_told(file: bytes) -> None:
    with pytest.raises(UnreadableError):
        master_key(file, "reading")


@given(st.binary(max_size=200))
def test_what_is_no_file_is_told(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        unpacked(data, Key(b"1" * 32, b"2" * 16, b"3" * 16))
