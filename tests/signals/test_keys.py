from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.signals.keys import CELL, Keys, digits
from hongxian.signals.observation import OBJECT, Identifier

KEYS = Keys(b"secret")


def key(info: str, value: str):  # noqa: ANN201 - a key
    return KEYS.key(Identifier(info, value))


@pytest.mark.parametrize(
    "text", ["+8613000010001", "86 130-0001-0001", " 13000010001", "008613000010001"]
)
def test_a_telephone_is_one_however_it_is_written(text: str) -> None:
    assert key("basic.phone", text) == key("basic.phone", "13000010001")


def test_neighbours_share_a_cell_and_strangers_do_not() -> None:
    first = 13_000_010_000 // CELL * CELL
    cells = {key("basic.phone", str(first + step)).cell for step in range(CELL)}
    assert len(cells) == 1
    assert key("basic.phone", str(first + CELL)).cell not in cells
    assert key("basic.phone", "13000010001").place == 1


def test_numbers_of_people_and_cards_and_records_stand_in_a_row() -> None:
    assert key("identity.doc_number", "110101199003070134").region == 1101
    assert key("property.bank_card", "6222020000000001").cell is not None
    assert key(OBJECT, "42").cell is not None


@pytest.mark.parametrize(
    ("info", "value"),
    [("basic.phone", "5d41402abc4b2a76b9719d911017c592"), ("basic.phone", "12345"),
     ("basic.email", "a@b.cn"), (OBJECT, "a-b"), ("basic.phone", "1" * 400),
     ("basic.phone", "１３０００１"), ("basic.phone", "\ud800")],
)  # fmt: skip
def test_what_has_no_order_has_only_its_hash(info: str, value: str) -> None:
    found = key(info, value)
    assert (found.cell, found.block, found.region) == (None, None, 0)


@given(st.text(), st.sampled_from(["basic.phone", "property.bank_card", OBJECT, "basic.name"]))
def test_any_text_has_a_key_that_fits_a_signed_integer(value: str, info: str) -> None:
    found = key(info, value)
    assert 0 <= found.value < 2**63
    assert found == key(info, value)


def test_another_secret_makes_other_keys() -> None:
    other = Keys(b"other").key(Identifier("basic.phone", "13000010001"))
    assert other.value != key("basic.phone", "13000010001").value


@given(
    st.sampled_from(["basic.phone", "object", "property.bank_card", "identity.doc_number", "x"]),
    st.one_of(
        st.text(max_size=20), st.text(max_size=200), st.integers(0, 10**20).map(str),
        st.integers(10**10, 10**11).map(str), st.just("11010519491231002X"),
    ),
)  # fmt: skip
def test_keys_made_the_quick_way_are_the_same(info: str, value: str) -> None:
    quick = Keys(b"secret")
    quick._quick = True
    assert tuple(quick.of(info, value)) == tuple(Keys(b"secret").of(info, value))
    assert quick.text(value) == Keys(b"secret").text(value)


@pytest.mark.parametrize(("text", "number"), [
    ("0", 0), ("13800138000", 13800138000), ("1a", -1), ("-1", -1), ("１", -1), ("٣", -1),
])  # fmt: skip
def test_only_digits_of_ascii_are_a_number(text: str, number: int) -> None:
    assert digits(text) == number
