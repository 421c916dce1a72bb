from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.guards.mask.rings import SECRETS, ring

from hongxian.errors import HongxianError
from hongxian.guards.mask.keys import Key, KeyRing


@given(st.binary(min_size=16, max_size=64))
def test_no_key_is_ever_shown(secret: bytes) -> None:
    key = Key("k1", secret)
    held = KeyRing("k1", {"k1": lambda: secret})
    held.key()
    for text in (repr(key), str(key), f"{key}", repr(held), str(held)):
        assert secret.hex() not in text
        assert repr(secret)[2:-1] not in text
        assert key.derive("x").hex() not in text
    assert repr(key) == "Key('k1')"


def test_a_key_is_not_written_down() -> None:
    with pytest.raises(TypeError, match="a key is not written down"):
        pickle.dumps(Key("k1", bytes(16)))


def test_each_use_has_a_key_of_its_own_and_each_length_begins_alike() -> None:
    key = Key("k1", bytes(16))
    assert key.derive("a") != key.derive("b")
    assert key.derive("a", 80)[:32] == key.derive("a")
    assert len(key.derive("a", 80)) == 80
    assert Key("k1", bytes(range(16))).derive("a") != key.derive("a")


def test_keys_are_derived_as_rfc_5869_says() -> None:
    """HKDF with our salt, by another's hands."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    other = HKDF(SHA256(), 80, b"hongxian mask 1", b"fpe:aes").derive(bytes(range(32)))
    assert Key("k1", bytes(range(32))).derive("fpe:aes", 80) == other


def test_a_short_key_is_refused() -> None:
    with pytest.raises(HongxianError, match="k1: the key is too short: at least 16 bytes"):
        Key("k1", bytes(15))


def test_a_ring_fetches_a_key_once_and_only_when_asked() -> None:
    asked = []

    def source() -> bytes:
        asked.append(1)
        return bytes(16)

    own = KeyRing("k1", {"k1": source})
    assert asked == []
    assert own.key() is own.key("k1")
    assert asked == [1]


def test_an_unknown_key_and_none_at_all_are_one_line() -> None:
    with pytest.raises(HongxianError, match="no key 'k9'; there are: k1, k2"):
        ring().key("k9")
    with pytest.raises(HongxianError, match="the policy has no key"):
        KeyRing().key()


def test_all_keys_come_with_the_active_one_first() -> None:
    assert [key.name for key in ring("k2").all()] == ["k2", "k1"]
    assert len(SECRETS) == 2
