from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from hongxian.errors import HongxianError
from hongxian.guards.keep.evidence import keys


def test_a_key_signs_and_its_public_half_tells(tmp_path: Path) -> None:
    key = keys.make_key(tmp_path / "key")
    again = keys.load_key(tmp_path / "key")
    assert again.public == key.public
    assert len(keys.raw_public(key)) == 32
    assert keys.signed(key.public, b"text", again.sign(b"text"))
    assert not keys.signed(key.public, b"text ", again.sign(b"text"))
    assert len(keys.key_id(key.public)) == 16
    assert key.public in repr(key)


def test_the_rfc_s_vector() -> None:
    """RFC 8032, 7.1, test 2."""
    raw = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
    signature = bytes.fromhex(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )
    assert keys.signed(keys.public_text(raw), b"\x72", signature)


def test_openssl_s_keys_are_read(tmp_path: Path) -> None:
    path = tmp_path / "key"
    for command in (
        ("genpkey", "-algorithm", "ed25519", "-out", str(path)),
        ("pkey", "-in", str(path), "-aes256", "-passout", "pass:secret", "-out", f"{path}.locked"),
    ):
        subprocess.run(("openssl", *command), check=True, capture_output=True)
    for one in (path, path.with_suffix(".locked")):
        one.chmod(0o600)
    told = keys.load_key(path.with_suffix(".locked"), lambda: b"secret").public
    assert keys.load_key(path).public == told
    with pytest.raises(HongxianError):
        keys.load_key(path.with_suffix(".locked"))
    with pytest.raises(HongxianError):
        keys.load_key(path.with_suffix(".locked"), lambda: b"wrong")


def test_faulty_files_end_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "key"
    keys.make_key(path)
    with pytest.raises(HongxianError, match="not overwritten"):
        keys.make_key(path)
    with pytest.raises(HongxianError, match="No such file"):
        keys.make_key(tmp_path / "no" / "key")
    path.chmod(0o644)
    with pytest.raises(HongxianError, match="others may read"):
        keys.load_key(path)
    path.chmod(0o600)
    path.write_text("no key")
    with pytest.raises(HongxianError, match="no private key"):
        keys.load_key(path)
    subprocess.run(("openssl", "genrsa", "-out", str(path)), check=True, capture_output=True)
    with pytest.raises(HongxianError, match="no private key"):
        keys.load_key(path)


@pytest.mark.parametrize("text", ["", "x", "AAAA", "AAAA AAAA", "é"])
def test_what_is_no_public_key(text: str) -> None:
    with pytest.raises(HongxianError, match="no public key"):
        keys.public_bytes(text)
