from __future__ import annotations

import re

import pytest

from hongxian.guards.mask.formats.xml import XmlError, xml_markup

PHONE = re.compile(r"138\d{8}")


def cover(kind: str, texts: list[str]) -> list[str]:
    if kind == "author":
        return ["***" for _ in texts]
    return [PHONE.sub("138****5678", one) for one in texts]


def masked(text: str | bytes) -> str:
    return xml_markup(text if isinstance(text, bytes) else text.encode()).changed(cover)


W = '<w:d xmlns:w="w">{}</w:d>'


@pytest.mark.parametrize(
    ("text", "new"),
    [("<w:p><w:r><w:t>138</w:t></w:r><w:r><w:t>12345678</w:t></w:r></w:p>",
      "<w:p><w:r><w:t>138</w:t></w:r><w:r><w:t>****5678</w:t></w:r></w:p>"),
     ("<w:p><w:t>138</w:t><w:br/><w:t>12345678</w:t></w:p>", None),
     ("<w:p><w:t>138</w:t></w:p><w:p><w:t>12345678</w:t></w:p>", None),
     ("<w:p><w:del w:author='A'><w:delText>13812345678</w:delText></w:del></w:p>",
      '<w:p><w:del w:author="***"><w:delText>138****5678</w:delText></w:del></w:p>'),
     ("<w:p><w:t>a</w:t><w:p><w:t>138</w:t></w:p><w:t>12345678</w:t></w:p>", None),
     ("<w:creator>B</w:creator><w:x>&#49;3812345678 &amp; c</w:x>",
      "<w:creator>***</w:creator><w:x>&#49;38****5678 &amp; c</w:x>"),
     ("<w:x><![CDATA[13812345678 & c]]></w:x>", "<w:x><![CDATA[138****5678 & c]]></w:x>"),
     ("<!-- 13812345678 --><w:a w:descr='13812345678' w:rsid='13812345678'/>",
      "<!-- 138****5678 --><w:a w:descr=\"138****5678\" w:rsid='13812345678'/>"),
     ("<R Target='13812345678.xml'/><R Target='tel:13812345678' TargetMode=\"External\"/>",
      "<R Target='13812345678.xml'/><R Target=\"tel:138****5678\" TargetMode=\"External\"/>")],
    ids=["runs", "line break", "paragraphs", "deleted", "in a paragraph", "property", "section",
         "attribute", "links"],
)  # fmt: skip
def test_texts_are_read_as_people_read_them(text: str, new: str | None) -> None:
    assert masked(W.format(text)) == W.format(new or text)


def test_it_is_written_in_utf8_whatever_it_was() -> None:
    text = '<?xml version="1.0" encoding="UTF-16"?><a>甲 13812345678</a>'
    new = text.replace("UTF-16", "UTF-8").replace("1234", "****")
    assert masked(text.encode("utf-16")) == new
    assert masked(b"\xef\xbb\xbf<a/>") == "<a/>"


@pytest.mark.parametrize(
    "text",
    [b"<a>", b"x", b"\xff<a/>", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
    ids=["open", "none", "encoding", "entities"],
)
def test_what_is_no_plain_xml_is_refused(text: bytes) -> None:
    with pytest.raises(XmlError):
        xml_markup(text)
