from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.info.recognise import (
    Hit,
    Scanner,
    count_buffer,
    load_recognisers,
    recognise,
    recognise_field,
    scan_buffer,
)
from hongxian.info.recognise.scan import ROOM

BITS = st.sampled_from(
    ["13812345678", "手机：", "a@b.cn", " ", "\n", "🀄", "身份证号", "11010519491231002X", "，",
     "password=", "Abc@123", "6222021000112345672", "\ud800", "é", "京A12345", "192.168.1.1", ":"]
)  # fmt: skip
TEXTS = st.lists(BITS, max_size=12).map("".join)


def buffer(rows: list[str]) -> tuple[np.ndarray, np.ndarray]:
    raw = [row.encode("utf-8", "surrogatepass") for row in rows]
    offsets = np.cumsum([0, *map(len, raw)], dtype=np.int32)
    return np.frombuffer(b"".join(raw), dtype=np.uint8), offsets


def test_a_text_gives_its_values_in_order() -> None:
    text = "张三🀄 手机13812345678，邮箱 a@b.cn"
    assert recognise(text) == [
        Hit("basic.phone", 6, 17, "valid", "cn_mobile"),
        Hit("basic.email", 21, 27, "valid", "email"),
    ]
    assert recognise("") == []


@given(TEXTS)
def test_hits_do_not_overlap_and_stand_where_they_say(text: str) -> None:
    hits = recognise(text)
    edges = [edge for hit in hits for edge in (hit.start, hit.end)]
    assert edges == sorted(edges)
    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)


@given(st.lists(TEXTS, max_size=5))
def test_a_buffer_gives_what_its_rows_give(rows: list[str]) -> None:
    data, offsets = buffer(rows)
    names = [row.name for row in load_recognisers()]
    found = [
        (int(hit["row"]), data[hit["start"] : hit["end"]].tobytes(), names[hit["recogniser"]])
        for hit in scan_buffer(data, offsets)
    ]
    assert found == [
        (number, row[hit.start : hit.end].encode("utf-8", "surrogatepass"), hit.name)
        for number, row in enumerate(rows)
        for hit in recognise(row)
    ]


def test_a_value_never_crosses_the_edge_of_a_row() -> None:
    data, offsets = buffer(["手机1381234", "5678", "x13812345678", "y"])
    assert len(scan_buffer(data, offsets)) == 0


def test_more_hits_than_there_is_room_for_are_all_given() -> None:
    data, offsets = buffer(["a@b.cn " * 40000, "13812345678"])
    assert len(scan_buffer(data, offsets)) == 40001


@pytest.mark.parametrize("hits", [0, 3, ROOM - 1, ROOM, ROOM + 1, 2 * ROOM])
def test_hits_that_need_not_stay_are_the_same(hits: int) -> None:
    data, offsets = buffer(["13812345678"] * hits)
    assert scan_buffer(data, offsets, keep=False).tolist() == scan_buffer(data, offsets).tolist()


def test_empty_and_wide_buffers_are_read() -> None:
    assert len(scan_buffer(b"", np.array([0], dtype=np.int64))) == 0
    assert len(scan_buffer(b"", np.array([], dtype=np.int64))) == 0
    assert len(scan_buffer(b"13812345678", np.array([0, 11], dtype=np.int64))) == 1


@pytest.mark.parametrize("offsets", [[0, 12], [-1, 3], [0, 5, 3, 11]])
def test_offsets_that_do_not_fit_are_refused(offsets: list[int]) -> None:
    with pytest.raises(ValueError, match="offsets do not fit"):
        scan_buffer(b"13812345678", np.array(offsets))


@pytest.mark.parametrize("label", ["", "phone"])
@pytest.mark.parametrize("weighed", [True, False])
def test_rows_with_hits_are_counted(label: str, weighed: bool) -> None:
    data, offsets = buffer(["13812345678", "x", "a@b.cn a@c.cn", "12012345678"] * 300)
    kinds = np.arange(len(load_recognisers()), dtype=np.int32)
    weights = np.arange(1200) if weighed else None
    found = count_buffer(data, offsets, label, kinds, weights)
    hits = scan_buffer(data, offsets, label)
    for number in range(len(kinds)):
        mine = hits[hits["recogniser"] == number]
        rows, good = np.unique(mine["row"]), np.unique(mine["row"][mine["grade"] == 1])
        assert found[number, 0] == (rows.sum() if weighed else len(rows))
        assert found[number, 1] == (good.sum() if weighed else len(good))
    assert found[:, 0].sum() >= 600


@pytest.mark.parametrize("offsets", [[0, 12], [-1, 3], [0, 5, 3, 11]])
def test_offsets_that_do_not_fit_are_not_counted(offsets: list[int]) -> None:
    kinds = np.zeros(len(load_recognisers()), dtype=np.int32)
    with pytest.raises(ValueError, match="offsets do not fit"):
        count_buffer(b"13812345678", np.array(offsets), "", kinds)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("mobilePhone", "13812345678", ("cn_mobile", "valid")),
        ("shoujihao", " 12012345678 ", ("cn_mobile", "labelled")),
        ("imei", "490154203237518", ("imei", "valid")),
        ("user_idcard", "11010519491231002X", ("cn_id18", "valid")),
        ("lat", "39.908823", ("latitude", "valid")),
        ("android_id", "9774d56d682e549c", ("android_id", "valid")),
        ("remark", "回电13812345678", ("cn_mobile", "valid")),
        ("phone", "a@b.cn", ("email", "valid")),
        ("scenario_code", "SCN-125", None),
        ("order_id", "13812345678", None),
        ("phone", "", None),
        ("x", "hello", None),
        ("phone_type", "12012345678", None),
    ],
)
def test_a_field_is_read_by_its_name(
    name: str, value: str, expected: tuple[str, str] | None
) -> None:
    hit = recognise_field(name, value)
    assert (hit and (hit.name, hit.grade)) == expected
    assert hit is None or value[hit.start : hit.end].strip() == value[hit.start : hit.end]


@pytest.mark.parametrize(
    "line", ["名单：13812345678", "快递 13812345678", "证件编号：11010519491231002X"]
)
def test_words_that_only_resemble_labels_of_orders_hide_nothing(line: str) -> None:
    assert len(recognise(line)) == 1


@given(st.lists(st.text("1380-@a.cn电话 "), max_size=6), st.integers(1, 3))
def test_a_scanner_finds_in_one_text_after_the_other_what_a_buffer_holds(
    texts: list[str], room: int
) -> None:
    scanner = Scanner(room)
    for text in [*texts, "13812345678 " * 9]:
        data = text.encode()
        found = scan_buffer(data, np.array([0, len(data)]))
        places = zip(found["start"], found["end"], found["recogniser"], strict=True)
        assert scanner.find(data) == list(places)
