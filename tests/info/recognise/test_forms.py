from __future__ import annotations

from ipaddress import IPv6Address, ip_address
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.info.recognise.tables import load_tables


@pytest.fixture(scope="module")
def forms(plain: Any) -> Any:
    tables = load_tables()
    return plain.forms.Forms(tables.marks, tables.card_lengths, tables.iban_lengths)


def ask(forms: Any, check: str, line: str) -> bool:
    """Ask about the part between « and »."""
    before, rest = line.split("«")
    value, after = rest.split("»")
    forms.data = (before + value + after).encode()
    forms.lo, forms.hi = 0, len(forms.data)
    start = len(before.encode())
    return bool(getattr(forms, check)(start, start + len(value.encode())))


@given(st.ip_addresses(v=4))
def test_addresses_of_the_internet_are_taken_but_loopback_and_multicast(
    forms: Any, address: Any
) -> None:
    first = int(str(address).split(".")[0])
    assert ask(forms, "ipv4", f"«{address}»") == (0 < first < 224 and first != 127)


@pytest.mark.parametrize(
    "line",
    ["v«1.2.3.4»", "version: «1.2.3.4»", "版本：«1.2.3.4»", "Chrome/«120.0.0.0»", "a-«1.2.3.4»",
     "«1.2.3.4»-rc", "«1.2.3.4».jar", "«1.2.3.400»", '"versionName":"«1.2.3.4»"'],
)  # fmt: skip
def test_versions_are_no_addresses(forms: Any, line: str) -> None:
    assert not ask(forms, "ipv4", line)


@given(st.ip_addresses(v=6))
def test_addresses_of_ipv6_are_taken_when_they_are_global_or_local(
    forms: Any, address: Any
) -> None:
    whole = IPv6Address(int(address) & (2**125 - 1) | 1 << 125)
    assert ask(forms, "ipv6", f"«{whole.exploded}»")
    assert ip_address(whole.compressed) == whole
    assert ask(forms, "ipv6", f"«{whole.compressed}»") == ("::" not in str(whole) or True)
    assert not ask(forms, "ipv6", f"«{whole.exploded}»:1")


def test_names_and_chains_are_no_addresses_of_ipv6(forms: Any) -> None:
    for line in ("«a::b»", "«1::2::3»", "«2001:db8:1»", "a:«2001:db8::1»"):
        assert not ask(forms, "ipv6", line), line


def test_a_hardware_address_stands_alone_and_has_a_letter(forms: Any) -> None:
    assert ask(forms, "mac", "mac:«3c:5a:b4:01:22:ef»")
    assert ask(forms, "mac_labelled", "«12:34:56:78:90:12»")
    for line in ("«12:34:56:78:90:12»", "«3c:5a:b4:01:22:ef»:aa", "aa:«3c:5a:b4:01:22:ef»",
                 "«ff:ff:ff:ff:ff:ff»", "«02:00:00:00:00:00»"):  # fmt: skip
        assert not ask(forms, "mac", line), line


def test_amounts_and_prices_are_no_numbers_of_people(forms: Any) -> None:
    assert ask(forms, "counted", "«13812345678»")
    assert ask(forms, "counted", "«13812345678»您好")
    assert ask(forms, "counted", "«13812345678» bought")
    for line in ("«13812345678» bytes", "«13812345678»ms", "«13812345678»元", "«13812345678» 次"):
        assert not ask(forms, "counted", line), line
    for sign, priced in (("¥", 1), ("￥", 1), ("$", 1), ("号", 0), ("1,", 0)):
        forms.data = f"{sign}138".encode()
        forms.hi = len(forms.data)
        assert bool(forms.priced(forms.hi - 3)) == bool(priced), sign


def test_a_constant_has_too_few_different_signs(forms: Any) -> None:
    assert ask(forms, "varied", "«9774d56d682e549c»")
    assert not ask(forms, "varied", "«00000000-0000-0000»")


def test_outside_of_the_row_there_is_nothing(forms: Any) -> None:
    forms.data, forms.lo, forms.hi = b"abc", 1, 2
    assert forms.byte(0) == forms.byte(2) == forms.kind(0) == 0
    assert forms.byte(1) == ord("b")
    assert not forms.word_ends(2, b"ab")


def test_the_tables_are_made_once_and_are_what_their_makers_give(plain: Any) -> None:
    module = plain.forms
    assert module.byte_kinds() == module.KINDS
    assert module.word_table() == (module.WORD_KEYS, module.WORD_BITS)
    assert module.KINDS[ord("a")] == module.LOWER | module.HEX
    slot = module.word_hash(b"null") & (module.WORD_SLOTS - 1)
    assert module.WORD_BITS[slot] & module.BLANK
