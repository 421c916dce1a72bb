from __future__ import annotations

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.guards.mask.rings import ring, shown, wrong

from hongxian.guards.mask.techniques.pseudonym import ALPHABETS, digests


@pytest.mark.parametrize(
    ("info", "forms"),
    [
        ("basic.phone", ["13812345678", "+86 138-1234-5678", " 86-13812345678 "]),
        ("basic.email", ["a@b.cn", "A@B.CN "]),
        ("identity.doc_number", ["11010519491231002X", "11010519491231002x"]),
        ("device.mac", ["A4:5E:60:C1:22:07", "a4-5e-60-c1-22-07"]),
        ("property.bank_card", ["6222 0212 3456 7890 123", "6222021234567890123"]),
    ],
)
def test_forms_of_one_value_get_one_pseudonym(info: str, forms: list[str]) -> None:
    assert len(set(shown("pseudonym", info, forms))) == 1


@given(st.sampled_from(["sha256", "sm3"]), st.sampled_from(list(ALPHABETS)), st.integers(20, 64))
def test_a_pseudonym_has_its_alphabet_length_and_prefix(
    algorithm: str, alphabet: str, length: int
) -> None:
    (found, other, none) = shown(
        "pseudonym", "x", ["a", "b", None],
        algorithm=algorithm, alphabet=alphabet, length=length, prefix="p-",
    )  # fmt: skip
    assert none is None
    assert found != other
    assert found.startswith("p-")
    assert len(found) == length + 2
    assert set(found[2:]) <= set(ALPHABETS[alphabet])


def test_it_is_the_same_in_every_table_and_another_under_another_key_or_domain() -> None:
    (one,) = shown("pseudonym", "x", ["a"])
    assert shown("pseudonym", "x", ["b", "a"])[1] == one
    assert shown("pseudonym", "x", ["a"], key="k2") != [one]
    assert shown("pseudonym", "x", ["a"], domain="y") != [one]
    assert shown("pseudonym", "x", []) == []


def test_both_hmacs_are_as_others_make_them() -> None:
    secret = ring().key().derive("pseudonym:sha256")
    assert digests("sha256", secret)(b"a") == hmac.new(secret, b"a", hashlib.sha256).digest()
    # HMAC-SM3 of "abc" by hand, from the hash alone: RFC 2104
    from cryptography.hazmat.primitives import hashes

    def sm3(data: bytes) -> bytes:
        digest = hashes.Hash(hashes.SM3())
        digest.update(data)
        return digest.finalize()

    key = bytes(range(32)).ljust(64, b"\0")
    inner = sm3(bytes(byte ^ 0x36 for byte in key) + b"abc")
    expected = sm3(bytes(byte ^ 0x5C for byte in key) + inner)
    assert digests("sm3", bytes(range(32)))(b"abc") == expected


@pytest.mark.parametrize(
    ("options", "line"),
    [
        ({"length": 4}, "pseudonyms of 20 bits would let values meet; at least 64"),
        ({"alphabet": "digits", "length": 19}, "63 bits"),
        ({"alphabet": "aab"}, "the characters of an alphabet must differ"),
    ],
)
def test_too_short_a_pseudonym_is_refused(options: dict[str, object], line: str) -> None:
    found = wrong("pseudonym", "x", **options)
    assert found
    assert line in found.say("en")
    assert wrong("pseudonym", "x") is None
