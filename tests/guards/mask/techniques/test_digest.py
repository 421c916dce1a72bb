from __future__ import annotations

import hashlib

import pytest
from tests.guards.mask.rings import shown, wrong


@pytest.mark.parametrize("info", ["basic.phone", "identity.doc_number", "netid.ip"])
def test_a_bare_hash_of_what_can_be_counted_through_is_refused_with_the_reason(info: str) -> None:
    found = wrong("hash", info)
    assert found
    line = found.say("en")
    assert line.startswith(f"a bare hash of {info} is refused: there are about 10^")
    assert line.endswith("use pseudonym, fpe or token")


def test_what_can_be_guessed_is_refused_too() -> None:
    found = wrong("hash", "basic.name")
    assert found
    assert "its values can be guessed" in found.say("en")


def test_random_identifiers_may_be_hashed() -> None:
    assert shown("hash", "device.oaid", ["a"]) == [hashlib.sha256(b"a").hexdigest()]
    # GB/T 32905-2016, appendix A.1
    assert shown("hash", "device.oaid", ["abc"], algorithm="sm3") == [
        "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    ]
