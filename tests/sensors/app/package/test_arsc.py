import struct

import pytest
from tests.sensors.app.package.makers import arsc

from hongxian.sensors.app.package.arsc import Table
from hongxian.sensors.app.package.faults import PackageError

TEXTS = {"string": {"app": {"": "Lamp", "zh-CN": "灯"}, "only": {"": "1"}}}


def values(table: Table, place: int, index: int) -> list[str]:
    chunk = table.packages[0].chunks[1][place]
    return [table.pool.get(value.data) for _, value in chunk.values(index)]


@pytest.mark.parametrize("mode", ["plain", "sparse", "offset16", "compact"])
def test_reads_every_way_to_store_entries(mode: str) -> None:
    table = Table(arsc(TEXTS, mode=mode), "resources.arsc")
    assert [c.locale for c in table.packages[0].chunks[1]] == ["", "zh-CN"]
    assert values(table, 0, 0) == ["Lamp"]
    assert values(table, 0, 1) == ["1"]
    assert values(table, 1, 0) == ["灯"]
    assert values(table, 1, 1) == []
    name = table.packages[0].chunks[1][0].name(1)
    assert name is not None
    assert table.packages[0].names.get(name) == "only"
    assert table.packages[0].chunks[1][1].name(1) is None


def test_reads_arrays() -> None:
    table = Table(arsc({"array": {"list": {"": ["a", "b"]}}}), "resources.arsc")
    assert values(table, 0, 0) == ["a", "b"]


def test_reads_three_letter_languages_and_scripts() -> None:
    data = arsc({"string": {"a": {"zh-CN": "x"}}})
    packed = b"\xad\x05"  # "fil": three letters in fifteen bits
    table = Table(data.replace(b"zhCN", packed + b"\0\0"), "x")
    assert table.packages[0].chunks[1][0].locale == "fil"
    place = data.index(b"zhCN") + 28
    scripted = data[:place] + b"Hans" + data[place + 4 :]
    assert Table(scripted, "x").packages[0].chunks[1][0].locale == "zh-Hans-CN"


def test_a_qualifier_beside_the_locale_is_seen() -> None:
    data = bytearray(arsc(TEXTS))
    place = data.index(b"zhCN")
    struct.pack_into("<H", data, place + 6, 480)
    assert [c.plain for c in Table(bytes(data), "x").packages[0].chunks[1]] == [True, False]


def test_too_short_is_one_clear_line() -> None:
    with pytest.raises(PackageError, match=r"^resources.arsc: the resource table is too short$"):
        Table(b"\2\0\x0c\0", "resources.arsc")


def test_cut_off_anywhere_keeps_what_is_before() -> None:
    whole = arsc(TEXTS)
    for size in range(12, len(whole)):
        table = Table(whole[:size], "x")
        assert table.broken_at is not None
        for package in table.packages:
            for chunks in package.chunks.values():
                for chunk in chunks:
                    for index in range(2):
                        list(chunk.values(index))


def test_an_array_that_claims_too_much_is_cut() -> None:
    data = bytearray(arsc({"array": {"list": {"": ["a", "b"]}}}))
    place = data.rindex(struct.pack("<L", 2), 0, -24)
    struct.pack_into("<L", data, place, 1 << 30)
    assert values(Table(bytes(data), "x"), 0, 0) == ["a", "b"]


def test_a_package_or_type_without_room_for_its_header_is_left_out() -> None:
    data = bytearray(arsc(TEXTS))
    package = data.index(struct.pack("<2H", 0x0200, 288))
    struct.pack_into("<H", data, package + 2, 100)
    assert Table(bytes(data), "x").packages == []
    data = bytearray(arsc(TEXTS))
    kind = data.index(struct.pack("<2H", 0x0201, 72))
    struct.pack_into("<H", data, kind + 2, 12)
    assert len(Table(bytes(data), "x").packages[0].chunks[1]) == 1


def test_a_chunk_without_size_ends_the_reading() -> None:
    data = bytearray(arsc(TEXTS))
    place = data.index(struct.pack("<2H", 0x0201, 72))
    struct.pack_into("<L", data, place + 4, 0)
    table = Table(bytes(data), "x")
    assert table.broken_at == place
    assert table.packages[0].chunks == {}
