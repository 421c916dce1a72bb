from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.sensors.store.shapes import (
    addresses,
    is_hash,
    is_masked,
    person_names,
    shapes_of,
    texts_with,
)


@pytest.mark.parametrize(
    "name", ["张三", "欧阳娜娜", "司马迁", "买买提·吐尔逊", "John Smith", "李小龙"]
)
def test_names_of_persons(name: str) -> None:
    assert person_names([name]) == {name}


@pytest.mark.parametrize(
    "text", ["北京", "有限公司", "张江分公司", "hello", "ABC", "苹果手机壳", "王府井店", "A B"]
)
def test_names_of_things(text: str) -> None:
    assert person_names([text]) == set()


@pytest.mark.parametrize(
    "text",
    [
        "北京市朝阳区建国路88号",
        "广东省深圳市南山区科技园",
        "某村3组12号院张家县",
        "12 Main Street, Springfield",
    ],
)
def test_addresses(text: str) -> None:
    assert addresses([text]) == {text}


@pytest.mark.parametrize("text", ["北京", "号", "version 1.2", "请在路口左转", "x" * 300])
def test_no_addresses(text: str) -> None:
    assert addresses([text]) == set()


@pytest.mark.parametrize("kind", ["md5", "sha1", "sha256", "sha512", "sm3"])
def test_hashes_of_all_lengths(kind: str) -> None:
    assert is_hash(hashlib.new(kind, b"13812345678").hexdigest())
    assert not is_hash("1" * 32)


@pytest.mark.parametrize(
    ("value", "masked"),
    [
        ("138****5678", True),
        ("张*", True),
        ("张三", False),
        ("1101**********002X", True),
        ("a*b", False),
        ("622202xxxxxx0128", False),
        ("138XXXX5678", True),
        ("xxx", False),
    ],
)
def test_values_that_were_covered(value: str, masked: bool) -> None:
    assert is_masked(value) is masked


@pytest.mark.parametrize(
    ("value", "shape"),
    [
        ("男", "gender"),
        ("汉族", "ethnicity"),
        ("35", "age"),
        ("已婚", "marital"),
        ("AB型", "blood"),
        ("12.5", "number"),
        ("4.18.0.25", "version"),
        ("19912345678", "mobile"),
        ("$2b$12$abcdefghijklmnopqrstuv", "password_hash"),
        ("ENC(abc)", "cipher"),
        ("dGhpcyBpcyBhIGNpcGhlcnRleHQhISE=", "cipher"),
    ],
)
def test_other_shapes(value: str, shape: str) -> None:
    assert shapes_of([value])[shape] == 1


def test_an_address_is_no_name() -> None:
    assert "person_name" not in shapes_of(["安县张村3号"])


@given(st.lists(st.text(max_size=50), max_size=5))
def test_any_values_have_shapes(values: list[str]) -> None:
    assert all(count <= len(values) for count in shapes_of([*values, "x" * 3000]).values())


def test_names_and_addresses_within_texts() -> None:
    texts = [
        "收货人：李娜，周三送达",
        "客户要求周三送货到北京市朝阳区建国路88号",
        "昨天王建国和李晓明来办理了业务",
        "开发区世创传媒有限公司",
        "系统已经恢复正常",
        "李娜",
    ]
    found = texts_with(list(enumerate(texts)))
    assert found["told_name"] == [0]
    assert found["text_name"] == [2]
    assert found["text_address"] == [1]  # a firm that is named leads to no door
