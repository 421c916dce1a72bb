from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.info.recognise import labels

NUMBERS = {
    spelling: number
    for number, names in enumerate((("phone", "手机"), ("id card", "身份证"), ("qq",)), 1)
    for name in names
    for spelling in labels.spellings(name)
}


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("phone", 1), ("userPhone", 1), ("USER_PHONE", 1), ("phoneNo", 1), ("phone_number", 1),
        ("phone1", 1), ("phone_2", 1), ("客户手机号码", 1), ("手机号", 1), ("phone_value", 1),
        ("idCard", 2), ("ID-CARD", 2), ("IDCard", 2), ("user.id_card_no", 2), ("本人身份证号", 2),
        ("qq", 3), ("QQ号", 3), ("phonebook", 0), ("telephonebooth", 0), ("phone_type", 0),
        ("smartphones", 0), ("idcards_total", 0), ("", 0), ("___", 0), ("手机型号", 0),
    ],
)  # fmt: skip
def test_a_field_is_known_by_whole_words(name: str, group: int) -> None:
    assert labels.field_group(name, NUMBERS) == group


@given(st.dictionaries(st.text("abc号", min_size=1, max_size=6), st.integers(1, 99), min_size=1))
def test_the_table_holds_every_label(numbers: dict[str, int]) -> None:
    keys, values = labels.hash_table(numbers, ["号", "c"])
    assert sum(1 for key in keys if key) == len({*numbers, "号", "c"})
    for spelling, number in numbers.items():
        assert values[keys.index(labels.key_of(labels.hash_of(spelling)))] == number


def test_one_label_may_belong_to_several_recognisers() -> None:
    assert labels.groups_of([("id card", 1), ("idcard", 2)])["idcardno"] == {1, 2}


def test_case_and_joiners_do_not_matter() -> None:
    fold = labels.fold_table()
    assert fold[ord("A")] == ord("a")
    assert fold[ord("_")] == fold[ord(" ")] == 1
    assert fold[ord(",")] == fold[ord("\n")] == 0


def test_the_endings_of_a_label_begin_at_its_words() -> None:
    assert labels.endings(["id card"]) >= {"card", "cardno", "no", "cardnumber"}
    assert "ard" not in labels.endings(["id card"])
    assert labels.endings(["身份证"]) >= {"证", "份证", "份证号", "号"}


def test_a_number_is_written_in_short_and_in_long() -> None:
    assert labels.spellings("住院号") == {"住院号", "住院号码"}
    assert labels.spellings("订单") == {"订单", "订单号", "订单号码", "订单编号"}
