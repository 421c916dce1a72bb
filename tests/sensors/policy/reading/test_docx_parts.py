import io
import zipfile

import pytest
from tests.sensors.policy.reading.makers import WORD, docx, packed

from hongxian.sensors.policy.reading import Limits, ReadingError, read_bytes
from hongxian.sensors.policy.reading.docx_parts import ParagraphStyle, open_parts, switched
from hongxian.sensors.policy.reading.faults import LIMITS

BODY = "<w:p><w:r><w:t>我们会收集手机号。</w:t></w:r></w:p>"


def styles(*rows: str) -> dict[str, ParagraphStyle]:
    sheet = f'<w:styles xmlns:w="{WORD}">{"".join(rows)}</w:styles>'
    parts = open_parts("p", docx(BODY, {"word/styles.xml": sheet}), LIMITS)
    assert parts is not None
    return parts.styles


def style(key: str, name: str, more: str = "") -> str:
    return f'<w:style w:styleId="{key}"><w:name w:val="{name}"/>{more}</w:style>'


def refused(data: bytes, limits: Limits = LIMITS) -> str:
    with pytest.raises(ReadingError) as caught:
        read_bytes("p.docx", data, limits)
    assert "\n" not in str(caught.value)
    return caught.value.word


def test_named_styles_make_headings_lists_and_bold() -> None:
    outline = '<w:pPr><w:outlineLvl w:val="{}"/></w:pPr>'
    found = styles(
        style("1", "heading 1", "<w:rPr><w:b/></w:rPr>"),
        style("2", "标题 3"),
        style("3", "Title"),
        style("4", "own", outline.format(1)),
        style("5", "text", '<w:basedOn w:val="1"/>' + outline.format(9)),
        style("6", "thin", '<w:basedOn w:val="1"/><w:rPr><w:b w:val="0"/></w:rPr>'),
        style("7", "dots", "<w:pPr><w:numPr/></w:pPr>"),
        style("8", "heading 9"),
    )
    assert found == {
        "1": ParagraphStyle(1, bold=True), "2": ParagraphStyle(3), "3": ParagraphStyle(1),
        "4": ParagraphStyle(2), "5": ParagraphStyle(0, bold=True), "6": ParagraphStyle(1),
        "7": ParagraphStyle(listed=True), "8": ParagraphStyle(6),
    }  # fmt: skip


def test_styles_based_on_one_another_end() -> None:
    found = styles(
        style("1", "a", '<w:basedOn w:val="2"/>'), style("2", "b", '<w:basedOn w:val="1"/>')
    )
    assert set(found) == {"1", "2"}


def test_damaged_styles_and_links_cost_no_text() -> None:
    extra = {"word/styles.xml": "<broken", "word/_rels/document.xml.rels": "also broken"}
    assert read_bytes("p.docx", docx(BODY, extra)).text == "我们会收集手机号。"


def test_a_zip_cut_off_or_overwritten_is_damaged() -> None:
    data = docx(BODY)
    assert refused(data[: len(data) // 2]) == "damaged_archive"
    assert refused(b"PK\x03\x04" + b"\0" * 500) == "damaged_archive"
    start = data.index(b"word/document.xml") + 17
    assert refused(data[:start] + b"\xff" * 40 + data[start + 40 :]) == "damaged_part"


def test_a_directory_that_points_nowhere_is_damage() -> None:
    data = docx(BODY)
    end = data.rindex(b"PK\x05\x06") + 16
    start = int.from_bytes(data[end : end + 4], "little")
    assert refused(data[:end] + (start + 30).to_bytes(4, "little") + data[end + 4 :]) in (
        "damaged_part", "damaged_archive",
    )  # fmt: skip


def test_broken_xml_names_the_part() -> None:
    with pytest.raises(ReadingError, match=r"word/document\.xml cannot be read"):
        read_bytes("p.docx", packed({"word/document.xml": "<w:document>"}))


def test_entities_are_refused_before_they_grow() -> None:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    xml = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a0 "x">{entities}]><d>&a9;</d>'
    assert refused(packed({"word/document.xml": xml})) == "damaged_part"
    late = "<?xml version='1.0'?>" + " " * 9000 + "<!DOCTYPE d [<!ENTITY a 'x'>]><d>&a;</d>"
    assert refused(packed({"word/document.xml": late})) == "damaged_part"
    wide = xml.encode("utf-16")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", wide)
    assert refused(out.getvalue()) == "damaged_part"


def test_a_zip_bomb_is_refused_without_unpacking_it() -> None:
    assert refused(docx(" " * (70 << 20))) == "unpacks_too_large"
    small = Limits(unpacked=5000)
    assert refused(docx(BODY, {"word/styles.xml": " " * 6000}), small) != ""
    many = docx(BODY, {f"word/{n}.xml": "" for n in range(5001)})
    assert refused(many) == "unpacks_too_large"


def test_a_size_that_the_directory_belies_is_not_believed() -> None:
    data = docx(" " * 100_000 + BODY)
    size = data.rindex(b"PK\x01\x02") + 24
    lying = data[:size] + (100).to_bytes(4, "little") + data[size + 4 :]
    assert refused(lying, Limits(unpacked=5000)) in ("unpacks_too_large", "damaged_part")


def test_elements_nested_too_deep_are_refused() -> None:
    assert refused(docx("<w:sdt>" * 300 + "</w:sdt>" * 300)) == "damaged_part"


def test_an_encrypted_part_is_named() -> None:
    data = bytearray(docx(BODY))
    data[6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    assert refused(bytes(data)) == "locked_part"


def test_switches_of_word() -> None:
    assert switched(None) is None
