from __future__ import annotations

from typing import Any

import pytest

from hongxian.info.recognise.tables import load_tables


@pytest.fixture(scope="module")
def labelling(plain: Any) -> Any:
    return plain.labelling.Labelling(load_tables())


def group(label: str) -> int:
    return load_tables().label_numbers[label]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("qq=", "qq"),
        ("QQ号码是：“", "qq号码"),
        ("user_QQ: ", "qq"),
        ("userQq='", "qq"),
        ("id card\t", "idcard"),
        ("ID_CARD ", "idcard"),
        ("他的身份证号为", "身份证号"),
        ("手机 号：", "手机号"),
    ],
)
def test_the_longest_label_of_whole_words_before_a_value_counts(
    labelling: Any, text: str, label: str
) -> None:
    assert labelling.named(text.encode()) == group(label)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "=",
        "q=",
        "aqq=",
        "qq,",
        "qq。",
        "qq" + " " * 12,
        "hello=",
        "lonely 年",
        "的：",
        "Aqq=",
        "号=",
    ],
)
def test_what_only_resembles_a_label_is_none(labelling: Any, text: str) -> None:
    assert labelling.named(text.encode()) == 0


def test_a_label_in_front_of_the_row_counts_for_its_beginning_alone(labelling: Any) -> None:
    labelling.data, labelling.lo, labelling.edge = b' "12345678 12345678', 0, 0
    labelling.hi, labelling.group = len(labelling.data), group("qq")
    assert labelling.label_before(2) == group("qq")
    assert labelling.label_before(11) == 0
