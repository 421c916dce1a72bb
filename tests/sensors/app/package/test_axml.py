import struct

import pytest
from tests.sensors.app.package.makers import E, Ref, axml, chunk, pool

from hongxian.sensors.app.package.axml import Document, parse
from hongxian.sensors.app.package.faults import PackageError

TREE = E(
    "manifest",
    {"package": "com.a"},
    [
        E("application", {"android:label": Ref(0x7F010000), "android:debuggable": True}),
        E("uses-sdk", {"android:minSdkVersion": 21}),
    ],
)


def read(data: bytes) -> Document:
    return parse(data, "AndroidManifest.xml")


@pytest.mark.parametrize("utf8", [True, False])
def test_reads_elements_and_typed_attributes(utf8: bool) -> None:
    document = read(axml(TREE, utf8=utf8))
    root = document.root
    assert document.tricks == []
    assert [child.tag for child in root.children] == ["application", "uses-sdk"]
    package = root.find("package")
    assert package is not None
    assert package.text == "com.a"
    label = root.children[0].find("label", 0x01010001)
    assert label is not None
    assert (label.kind, label.data) == (1, 0x7F010000)


def test_reads_text_between_tags() -> None:
    root = read(axml(E("domains", {}, [E("domain", text="example.com")]))).root
    assert root.children[0].text == "example.com"


def test_an_attribute_is_known_by_its_id_when_its_name_is_wiped() -> None:
    data = axml(TREE, utf8=True).replace(b"debuggable", b"\0" * 10)
    application = read(data).root.children[0]
    assert application.find("debuggable", 0x0101000F) is not None


def test_a_doubled_attribute_without_id_does_not_hide_the_real_one() -> None:
    element = E("application", {"name": "decoy", "android:name": "com.a.Real"})
    found = read(axml(element)).root.find("name", 0x01010003)
    assert found is not None
    assert found.text == "com.a.Real"


TRICKS = {
    "junk chunk": axml(TREE, junk=chunk(0x7777, b"\0" * 12)),
    "attribute size": axml(TREE, stride=28),
    "wrong magic": b"\0\0" + axml(TREE)[2:],
    "wrong file size": axml(TREE)[:4] + b"\xff\xff\xff\xff" + axml(TREE)[8:],
    "second string pool": axml(TREE, junk=pool(["x", "y"])),
    "short element": axml(TREE, junk=chunk(0x0102, b"\0" * 8)),
}


@pytest.mark.parametrize("trick", TRICKS)
def test_tricks_against_analysis_are_read_and_told(trick: str) -> None:
    document = read(TRICKS[trick])
    assert trick in document.tricks
    assert document.root.tag == "manifest"
    assert len(document.root.children) == 2


def test_a_pool_that_points_outside_is_told() -> None:
    data = bytearray(axml(TREE))
    struct.pack_into("<L", data, 8 + 20, 1 << 28)
    assert "string pool out of range" in read(bytes(data)).tricks


def test_more_attributes_than_fit_are_cut() -> None:
    data = bytearray(axml(E("a", {"x": "1", "y": "2"})))
    place = data.index(struct.pack("<3H", 20, 20, 2))
    struct.pack_into("<H", data, place + 4, 500)
    document = read(bytes(data))
    assert len(document.root.attributes) == 2
    assert "attributes out of range" in document.tricks


def test_what_stands_before_the_damage_is_kept() -> None:
    data = axml(TREE)
    place = data.rindex(struct.pack("<2HL", 0x0102, 16, 56))
    broken = data[: place + 4] + b"\xff\xff\xff\x7f" + data[place + 8 :]
    document = read(broken)
    assert document.broken_at == place
    assert [child.tag for child in document.root.children] == ["application"]


def test_ends_without_starts_do_no_harm() -> None:
    end = chunk(0x0103, struct.pack("<2L", 0, 0), b"\0" * 8)
    assert read(axml(TREE, junk=end)).root.tag == "manifest"


@pytest.mark.parametrize(
    ("data", "word"),
    [(b"", "xml_short"), (b"\3\0\x08\0", "xml_short"), (axml(TREE)[:60], "xml_no_root")],
)
def test_no_element_is_one_clear_line(data: bytes, word: str) -> None:
    with pytest.raises(PackageError, match=r"^AndroidManifest.xml: binary XML") as caught:
        read(data)
    assert caught.value.word == word


def test_an_untyped_value_falls_back_to_its_letters() -> None:
    data = axml(E("a", {"x": "letters"}))
    place = data.index(struct.pack("<HBB", 8, 0, 3))
    found = read(data[: place + 3] + b"\0" + data[place + 4 :]).root.find("x")
    assert found is not None
    assert found.text == "letters"
