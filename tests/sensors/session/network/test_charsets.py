import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.sensors.session.network.charsets import charset_of, text_of

CHINESE = "姓名：张三丰，手机号码 13800138000"


@pytest.mark.parametrize(
    "charset", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "gb2312", "utf-16-le", "utf-16-be"]
)
def test_text_is_read_whatever_its_charset(charset: str) -> None:
    text = f"phone={CHINESE}" if charset.startswith("utf-16") else CHINESE
    if charset in ("utf-16-le", "utf-16-be"):
        text = "imei=867400020316620&name=1"
    assert text_of(text.encode(charset)) == text


def test_a_charset_in_a_header_is_believed_when_the_bytes_allow_it() -> None:
    rare = "𠮷野家"
    assert text_of(rare.encode("gb18030"), "gb18030") == rare
    assert text_of(CHINESE.encode(), "gbk") == CHINESE
    assert text_of(b"plain", "no-such-charset") == "plain"
    assert text_of(b"\xff\xfe\xfd\xfc\x81", "base64") is None


def test_binary_is_no_text() -> None:
    assert text_of(b"\x0a\x0b13800138000\x00\x01") is None
    assert text_of(b"\xef\xbb\xbf\xff") is None


def test_the_charset_of_a_header_is_found() -> None:
    assert charset_of('text/html; Charset="GBK"') == "gbk"
    assert charset_of("text/html") == ""
    assert charset_of(None) == ""


@given(st.binary(max_size=300), st.text(max_size=20))
def test_any_bytes_are_text_or_not(data: bytes, charset: str) -> None:
    text = text_of(data, charset)
    assert text is None or "\0" not in text
