"""The kernel as plain Python, and that the compiled one gives the same."""

from __future__ import annotations

from array import array
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from hongxian.info.recognise import fast
from hongxian.info.recognise.counting import FIELDS, SUMS
from hongxian.info.recognise.rows import load_recognisers
from hongxian.info.recognise.tables import load_tables

ROOM = 64
PARTS = st.one_of(
    st.sampled_from([
        "13812345678", "手机号：", "身份证", "11010519491231002X", "aa:", "1 ", "123-45-", "a@",
        "=", "password", "Abc@12345", "一九九〇年三月七日", "出生日期", "京A", "12345", "::", ".",
        "39.908823,116.397470", "imei=", "490154203237518", "eyJ", "-----BEGIN PRIVATE KEY-----",
        "v1.2.3.4", "2001:db8::1", '"', "{", "第1234567号", "军字", "LSVAU218XN2183294", "。",
        "91110000802100433B", "6222021000112345672", " bytes", "订单号", "\\", "：", "是", "￥",
        "-", "+86",
    ]),
    st.text(max_size=8),
    st.text("0123456789", max_size=25),
    st.text("0123456789abcdefABCDEF:-. @", max_size=25),
)  # fmt: skip
TEXTS = st.lists(PARTS, max_size=14).map(lambda parts: "".join(parts).encode("utf-8", "replace"))


def read(kind: Any, data: bytes, cuts: list[int], label: str = "") -> list[int]:
    out = array("q", bytes(8 * FIELDS * ROOM))
    one = kind(load_tables(), out)
    found: list[int] = []
    row, at = 0, -1
    group = one.named(f"{label}=".encode())
    while row < len(cuts) - 1:
        row = one.rows(data, array("q", cuts), row, at, group)
        at = one.edge
        found += out[: one.hits * FIELDS]
    return found


LABELS = st.sampled_from(
    ["", "phone", "密码", "user_email", "身份证号", "出生日期", "order_no", "nothing"]
)


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.lists(st.integers(0, 200), max_size=3), LABELS)
def test_the_compiled_kernel_gives_what_the_plain_one_gives(
    plain: Any, data: bytes, cuts: list[int], label: str
) -> None:
    edges = sorted({0, len(data), *(cut for cut in cuts if cut < len(data))})
    found = read(fast.Kernel, data, edges, label)
    assert found == read(plain.kernel.Kernel, data, edges, label)


@settings(max_examples=300, deadline=None)
@given(TEXTS, LABELS.filter(bool))
def test_a_row_behind_a_label_gives_what_the_label_in_front_of_it_gives(
    plain: Any, data: bytes, label: str
) -> None:
    front = f"{label}=".encode()
    found = read(plain.kernel.Kernel, data, [0, len(data)], label)
    whole = read(plain.kernel.Kernel, front + data, [0, len(front + data)])
    for field in (1, 2):
        whole[field::FIELDS] = [one - len(front) for one in whole[field::FIELDS]]
    assert found == whole


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=120))
def test_any_bytes_are_read_without_a_fault(plain: Any, data: bytes) -> None:
    found = read(plain.kernel.Kernel, data, [0, len(data)])
    assert read(fast.Kernel, data, [0, len(data)]) == found


@given(TEXTS)
def test_one_text_is_read_as_one_row_is(plain: Any, data: bytes) -> None:
    for kind in (fast.Kernel, plain.kernel.Kernel):
        out = array("q", bytes(8 * FIELDS * 2))
        one, at, found = kind(load_tables(), out), 0, []
        while at >= 0:
            at = one.text(data, at)
            found += out[: one.hits * FIELDS]
        assert found == read(kind, data, [0, len(data)])


def test_reading_stops_when_there_is_no_room_and_goes_on_there(plain: Any) -> None:
    data = b"a@b.cn " * (ROOM * 2 + 3)
    for kind in (fast.Kernel, plain.kernel.Kernel):
        assert len(read(kind, data, [0, len(data)])) == (ROOM * 2 + 3) * FIELDS


def test_room_that_is_full_at_the_end_of_a_row_is_never_left(plain: Any) -> None:
    rows = ROOM * 2 + 3
    for value in (b"13812345678", b"a@b.cn"):
        edges = list(range(0, len(value) * rows + 1, len(value)))
        for kind in (fast.Kernel, plain.kernel.Kernel):
            assert len(read(kind, value * rows, edges)) == rows * FIELDS


@settings(max_examples=200, deadline=None)
@given(st.lists(TEXTS, max_size=6), LABELS, st.booleans(), st.integers(1, 5))
def test_counting_gives_the_rows_of_the_hits(
    plain: Any, rows: list[bytes], label: str, weighed: bool, room: int
) -> None:
    data, edges = b"".join(rows), [0]
    for row in rows:
        edges.append(edges[-1] + len(row))
    found = read(plain.kernel.Kernel, data, edges, label)
    hits = [tuple(found[at : at + FIELDS]) for at in range(0, len(found), FIELDS)]
    weights = [3 + at for at in range(len(rows))] if weighed else []
    codes = array("i", (number % 3 for number in range(len(load_recognisers()))))
    expected = []
    for code in range(3):
        mine = [hit for hit in hits if codes[hit[3]] == code]
        expected += [
            sum(weights[row] if weighed else 1 for row in {hit[0] for hit in chosen})
            for chosen in (
                mine,
                [hit for hit in mine if hit[4] == 1],
                [h for h in mine if h[1] <= edges[h[0]] + 1 and h[2] >= edges[h[0] + 1] - 2],
            )
        ]
    for kind in (fast.Kernel, plain.kernel.Kernel):
        one = kind(load_tables(), array("q", bytes(8 * FIELDS * room)))
        sums = array("q", bytes(8 * 3 * SUMS))
        group = one.named(f"{label}=".encode())
        one.into(codes, array("q", weights), sums)
        one.count(data, array("q", edges), group)
        assert [sums[code * SUMS + at] for code in range(3) for at in range(3)] == expected


def values(plain: Any, text: str) -> list[str]:
    data = text.encode()
    found = read(plain.kernel.Kernel, data, [0, len(data)])
    return [data[found[at + 1] : found[at + 2]].decode() for at in range(0, len(found), FIELDS)]


def test_a_label_reaches_over_signs_to_its_value(plain: Any) -> None:
    for text in ("QQ号码是：“123456789”", '"qq" : "123456789"', "qq(123456789)", "加QQ 123456789",
                 "qq=123456789", r"\"qq\":\"123456789\""):  # fmt: skip
        assert values(plain, text) == ["123456789"], text
    for text in ("qq, 123456789", "aqq: 123456789", "qq。123456789", "qq\n123456789"):
        assert values(plain, text) == [], text


def test_values_that_begin_with_a_sign_or_a_character_are_read(plain: Any) -> None:
    assert values(plain, "密码：#Abc123") == ["#Abc123"]
    assert values(plain, "pwd=@Abc123") == ["@Abc123"]
    assert values(plain, "pwd: abc123") == ["abc123"]
    assert values(plain, "生日：一九九〇年三月七日") == ["一九九〇年三月七日"]
    assert values(plain, "出生于一九九〇年三月七日") == ["一九九〇年三月七日"]
    assert values(plain, "电话 +8613812345678") == ["+8613812345678"]
    assert values(plain, "车牌京A12345，军字第1234567号") == ["京A12345", "军字第1234567号"]


def test_of_two_readings_the_row_with_the_lower_number_wins(plain: Any) -> None:
    assert values(plain, "护照 E12345678 邮箱 13812345678@139.com") == [
        "E12345678",
        "13812345678@139.com",
    ]
    assert values(plain, "订单号：11010519491231002X") == []


def test_one_value_is_read_by_its_label(plain: Any) -> None:
    out = array("q", bytes(8 * FIELDS))
    one = plain.kernel.Kernel(load_tables(), out)
    group = load_tables().label_numbers["qq"]
    assert one.value(b"123456789", group)
    assert out[2] == 9
    assert not one.value(b"hello", group)
    assert not one.value(b"", group)
