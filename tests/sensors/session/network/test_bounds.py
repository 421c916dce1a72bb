import base64

import pytest

from hongxian.sensors.session.network.bounds import free, holds
from hongxian.sensors.session.network.patterns import Pattern, patterns

PHONE = "13812345678"


@pytest.mark.parametrize(
    ("bound", "text", "value", "is_free"),
    [
        ("digit", "a13b", "13", True),
        ("digit", "913", "13", False),
        ("digit", "139", "13", False),
        ("digit", "0.13", "13", False),
        ("hex", "xabz", "ab", True),
        ("hex", "cab", "ab", False),
        ("word", "a-b", "b", True),
        ("word", "a_b", "b", False),
        ("package", "com.a", "com.a", True),
        ("package", "com.a.b", "com.a", False),
        ("mail", "x.a@b.c", "a@b.c", False),
        ("mail", "<a@b.c>.", "a@b.c", True),
        ("chinese", "姓名:张三,", "张三", True),
        ("chinese", "张三丰", "张三", False),
        ("whole", ' "home"', "home", True),
        ("whole", "home page", "home", False),
        ("none", "xhomex", "home", True),
    ],
)
def test_a_part_of_something_longer_is_no_value(
    bound: str, text: str, value: str, is_free: bool
) -> None:
    raw, wanted = text.encode(), value.encode()
    start = raw.index(wanted)
    assert free(bound, raw, start, start + len(wanted)) is is_free


def found(text: bytes, coding: str) -> bool:
    made = [one for one in patterns({"basic.phone": [PHONE]}) if one.coding == coding]
    return any(
        holds(one, text, at, at + len(one.text))
        for one in made
        if (at := (text.lower() if one.folded else text).find(one.text)) >= 0
    )


@pytest.mark.parametrize("before", ["", "a", "ab", "abc", "tel:"])
@pytest.mark.parametrize("behind", ["", "x", "xy", ";end"])
def test_the_bounds_hold_inside_hexadecimal_and_base64(before: str, behind: str) -> None:
    for kind in (base64.b64encode, base64.urlsafe_b64encode):
        assert found(kind(f"{before}{PHONE}{behind}".encode()), "base64")
        assert not found(kind(f"{before}9{PHONE}{behind}".encode()), "base64")
        assert not found(kind(f"{before}{PHONE}9{behind}".encode()), "base64")
    assert found(f"{before}{PHONE}{behind}".encode().hex().upper().encode(), "hex")
    assert not found(f"{before}9{PHONE}".encode().hex().encode(), "hex")
    assert found(b"zz" + PHONE.encode().hex().encode() + b"zz", "hex")


def test_the_rest_of_a_hash_must_follow() -> None:
    pattern = Pattern(b"ab", "basic.phone", 1, rest=b"cd")
    assert holds(pattern, b"ABCD", 0, 2)
    assert not holds(pattern, b"abxx", 0, 2)
