import base64

import pytest

from hongxian.sensors.policy.reading import ReadingError, read_bytes
from hongxian.sensors.policy.reading.saved_page import is_saved_page, page_of

CLAUSE = "我们会收集您的手机号码，用于注册账号。" * 12
HEAD = "From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: "


def saved(body: bytes, kind: str = 'text/html; charset="gb2312"') -> bytes:
    coded = base64.encodebytes(body).decode()
    return (
        f'{HEAD}multipart/related; boundary="--x"\r\n\r\n----x\r\nContent-Type: image/png\r\n\r\n'
        f"....\r\n----x\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        f"{coded}\r\n----x--\r\n"
    ).encode()


def test_the_page_of_a_saved_page_is_read_in_its_own_charset() -> None:
    page = f"<h1>隐私政策</h1><p>{CLAUSE}</p>".encode("gb18030")
    document = read_bytes("p.mhtml", saved(page))
    assert (document.format, document.charset) == ("html", "gb18030")
    assert document.text == "隐私政策\n" + CLAUSE


def test_a_page_saved_alone_is_read() -> None:
    data = f"{HEAD}text/html; charset=utf-8\r\n\r\n<p>{CLAUSE}</p>".encode()
    assert read_bytes("p.mht", data).text == CLAUSE


def test_a_page_or_a_text_is_no_saved_page() -> None:
    assert not is_saved_page(b"<html><!-- Content-Type: text/html -->")
    assert not is_saved_page("更新日期: 2024年\n我们会收集".encode())
    assert not is_saved_page(b"Subject: text/html explained\n\nWe collect")


@pytest.mark.parametrize(
    "data",
    [
        saved(b"<p>x</p>", "text/css"),
        saved(b""),
        f"{HEAD}multipart/related\r\n\r\n".encode() + b'boundary="a"\r\n' * 60,
        f"{HEAD}multipart/related; boundary=x\r\n\r\n".encode() + b"\n--x" * 6000,
    ],
)
def test_a_saved_page_without_a_page_is_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(ReadingError, match="holds no page"):
        page_of("p.mhtml", data)
