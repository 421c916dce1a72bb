import codecs

import pytest

from hongxian.sensors.policy.reading.charset import coding_of, decode

SIMPLE = "我们会收集您的个人信息，用于注册和登录，您的信息是安全的。"
FULL = "我們會收集您的個人資訊，用於註冊和登入，我們保護資訊。"


@pytest.mark.parametrize("codec", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_byte_order_mark_decides(codec: str) -> None:
    mark = {
        "utf-8": codecs.BOM_UTF8, "utf-16-le": codecs.BOM_UTF16_LE,
        "utf-16-be": codecs.BOM_UTF16_BE, "utf-32-le": codecs.BOM_UTF32_LE,
        "utf-32-be": codecs.BOM_UTF32_BE,
    }[codec]  # fmt: skip
    text, charset = decode(mark + SIMPLE.encode(codec), declared="gbk")
    assert text == SIMPLE
    assert charset == codec.removesuffix("-le")


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_told_by_its_empty_halves(codec: str) -> None:
    page = "<html><head><title>a</title></head><body>" + SIMPLE
    assert decode(page.encode(codec)) == (page, codec)


def test_valid_utf_8_is_utf_8_whatever_the_page_declares() -> None:
    page = f"<meta charset=gb2312><p>{SIMPLE}</p>"
    assert decode(page.encode()) == (page, "utf-8")


@pytest.mark.parametrize(
    ("declaration", "codec"),
    [
        ('<meta charset="gb2312">', "gb18030"),
        ("<meta http-equiv=Content-Type content='text/html; charset=GBK'>", "gb18030"),
        ('<?xml version="1.0" encoding="gb18030"?>', "gb18030"),
        ("<meta charset=big5>", "big5hkscs"),
        ("<meta charset=x-sjis-unknown>", "gb18030"),
        ("", "gb18030"),
    ],
)
def test_a_declared_charset_is_followed_where_it_decodes(declaration: str, codec: str) -> None:
    page = declaration + (FULL if codec == "big5hkscs" else SIMPLE)
    assert decode(page.encode(codec)) == (page, codec)


def test_a_wrongly_declared_charset_that_does_not_decode_is_passed_over() -> None:
    page = f"<meta charset=utf-8><p>{SIMPLE}</p>"
    assert decode(page.encode("gb18030")) == (page, "gb18030")


@pytest.mark.parametrize("told", ["utf-16", "UTF-16LE"])
def test_a_page_that_can_be_read_byte_by_byte_is_not_in_utf_16(told: str) -> None:
    page = f"<meta charset={told}><p>{SIMPLE}</p>"
    assert decode(page.encode("gb18030")) == (page, "gb18030")
    assert decode(SIMPLE.encode("utf-16-le"), "utf-16") == (SIMPLE, "utf-16-le")


def test_a_charset_told_from_outside_comes_before_the_page_s_own() -> None:
    page = f"<meta charset=gb2312><p>{FULL}</p>"
    assert decode(page.encode("big5hkscs"), "Big5") == (page, "big5hkscs")


def test_big5_without_a_declaration_is_told_by_its_words() -> None:
    assert decode((FULL * 3).encode("big5hkscs")) == (FULL * 3, "big5hkscs")


def test_rare_characters_of_gb18030_are_read() -> None:
    text = SIMPLE + "姓名：㐀𠮷"
    assert decode(text.encode("gb18030")) == (text, "gb18030")


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_a_character_cut_off_at_the_end_does_not_spoil_the_rest(codec: str) -> None:
    text, charset = decode((SIMPLE + "完").encode(codec)[:-1], codec)
    assert text == SIMPLE + "\ufffd"
    assert charset == codec


def test_a_western_page_with_odd_bytes_is_read_as_declared() -> None:
    page = "<meta charset=iso-8859-1><p>We don\x92t sell your data.</p>"
    text, charset = decode(page.encode("latin-1"))
    assert "We don’t sell" in text
    assert charset == "cp1252"


def test_some_damaged_bytes_in_utf_8_leave_the_rest_readable() -> None:
    text, charset = decode((SIMPLE * 5).encode() + b"\xff\xfe\xff " + SIMPLE.encode())
    assert charset == "utf-8"
    assert text.count(SIMPLE) == 6


@pytest.mark.parametrize(("data", "declared", "told"), [
    (b"a", None, ("utf-8", 0)), ("电话号码".encode("gbk"), "GBK", ("gb18030", 0)),
    ("中".encode("utf-16"), None, ("utf-16-le", 2)), (b"\xef\xbb\xbfa", "gbk", ("utf-8", 3)),
])  # fmt: skip
def test_a_charset_is_told_with_its_mark(
    data: bytes, declared: str | None, told: tuple[str, int]
) -> None:
    assert coding_of(data, declared) == told
