from hypothesis import given
from hypothesis import strategies as st

from hongxian.sensors.session.network.xml_ import MOST, xml_in


def read(text: str) -> list[tuple[str, str | bytes]]:
    return list(xml_in(text) or ())


def test_texts_and_attributes_are_named_by_where_they_stand() -> None:
    text = (
        '<?xml version="1.0" encoding="GBK"?><s:req id="1"><user><phone>138</phone>x</user>'
        '<string name="imei">8674</string></s:req>'
    )
    assert read(text) == [
        ("id", "1"), ("user.phone", "138"), ("user", "x"), ("string.name", "imei"),
        ("imei", "8674"),
    ]  # fmt: skip
    assert read("<phone>138</phone>") == [("phone", "138")]


def test_a_cut_document_gives_what_stands_before() -> None:
    assert read("<a><b>1</b><c>2") == [("b", "1")]


def test_entities_are_not_taken_in() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]><x><y>&a;</y></x>'
    assert read(bomb) == []
    assert read('<?xml version="1.0"?>' + bomb) == []


def test_pages_and_other_texts_are_no_xml() -> None:
    assert xml_in("<html><body>1</body></html>") is None
    assert xml_in("a < b") is None
    assert xml_in("<a/>") is None


def test_depth_and_number_are_bounded() -> None:
    assert len(read("<a>" + "<b>1</b>" * (MOST + 9))) == MOST
    assert read("<a x='1'>" + "<a>" * 100 + "<b y='1'>") == [("x", "1")]


@given(st.text(max_size=200))
def test_any_text_is_taken(text: str) -> None:
    read("<a>" + text)
    read("<a " + text)
