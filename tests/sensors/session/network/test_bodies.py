from __future__ import annotations

import base64
import gzip
from typing import Any

import pytest

from hongxian.sensors.session.network.bodies import headers_of, request_of, response_of


def got(content: Any, **headers: str) -> Any:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return response_of({"headers": named, "content": content})


def posted(data: Any, kind: str = "", **more: Any) -> Any:
    return request_of({"headers": {"Content-Type": kind}, "postData": data, **more})


def test_base64_comes_out_as_the_bytes_it_was() -> None:
    text = base64.b64encode(b"\x00\x01\xff").decode()
    assert got({"text": text, "encoding": "base64", "size": 3}).body == b"\x00\x01\xff"
    assert got({"text": text, "encoding": "BASE64", "size": 3}).cut is False
    assert posted({"text": text, "encoding": "base64"}).body == b"\x00\x01\xff"


def test_base64_that_is_none_is_taken_as_it_stands() -> None:
    assert got({"text": "a", "encoding": "base64"}).body == b"a"


@pytest.mark.parametrize(
    ("content", "body", "cut"),
    [
        ({}, b"", False),
        (None, b"", False),
        ({"size": 0, "text": ""}, b"", False),
        ({"size": -1}, b"", False),
        ({"size": 10}, None, True),
        ({"size": 10, "text": ""}, None, True),
        ({"size": 5, "text": "hello"}, b"hello", False),
        ({"size": 8, "text": "hello"}, b"hello", False),
        ({"size": 500, "text": "hello"}, b"hello", True),
        ({"size": 40, "text": "hello", "compression": -35}, b"hello", False),
        ({"size": 10, "text": "hello", "mimeType": "text/plain; charset=utf-16"}, None, False),
        ({"text": 7, "size": "12"}, None, True),
    ],
)
def test_a_body_that_is_not_all_there_is_marked(content, body, cut) -> None:
    message = got(content)
    assert message.cut is cut
    if body is not None or cut:
        assert message.body == body


def test_the_size_on_the_wire_tells_of_a_body_that_is_missing() -> None:
    assert response_of({"bodySize": 77}).cut
    assert posted(None, bodySize=77).body is None
    assert posted(None, bodySize=77).cut
    assert posted(None, bodySize=-1).body == b""


def test_text_goes_back_to_the_charset_that_the_header_tells() -> None:
    kind = "text/html; charset=GBK"
    assert got({"text": "张三"}, Content_Type=kind).body == "张三".encode("gbk")
    assert got({"text": "张三\U0001f600"}, Content_Type=kind).body == "张三\U0001f600".encode()
    for other in ("text/html; charset=nonsense", "text/html; charset=hex", "text/html"):
        assert got({"text": "张三"}, Content_Type=other).body == "张三".encode()
    assert got({"text": "a\udcff\ud83d"}).body == b"a??"
    assert got({"text": "a\udcff"}).body == b"a\xff"


def test_a_coding_counts_only_while_the_body_shows_it() -> None:
    packed = gzip.compress(b"hello")
    text = base64.b64encode(packed).decode()
    message = got({"text": text, "encoding": "base64", "size": 999}, Content_Encoding="gzip")
    assert message.codings == ("gzip",)
    assert (message.body, message.cut) == (packed, False)
    assert got({"text": "hello", "size": 5}, Content_Encoding="gzip").codings == ()


def test_a_packed_request_stored_as_characters_is_bytes_again() -> None:
    packed = gzip.compress(b"hello")
    message = request_of(
        {
            "headers": [{"name": "content-encoding", "value": "gzip"}],
            "postData": {"text": packed.decode("latin-1"), "mimeType": "application/json"},
        }
    )
    assert message.body == packed
    assert message.codings == ("gzip",)


def test_fields_that_stand_apart_become_the_form_that_was_sent() -> None:
    params = [{"name": "phone", "value": "1 2"}, {"name": "姓名"}, 7, {"value": "v"}]
    kind = "application/x-www-form-urlencoded"
    assert posted({"params": params}, kind).body == b"phone=1+2&%E5%A7%93%E5%90%8D=&=&=v"
    assert posted({"params": params, "text": "a=1"}, kind).body == b"a=1"


def test_fields_of_a_multipart_form_keep_their_boundary() -> None:
    params = [
        {"name": "a", "value": "1"},
        {"name": "f", "fileName": "x.jpg", "contentType": "image/jpeg", "value": "b"},
    ]
    body = posted({"params": params}, 'multipart/form-data; boundary="QQ"').body
    assert body == (
        b'--QQ\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'
        b'--QQ\r\nContent-Disposition: form-data; name="f"; filename="x.jpg"\r\n'
        b"Content-Type: image/jpeg\r\n\r\nb\r\n--QQ--\r\n"
    )
    assert posted({"params": params}, "multipart/form-data").body.endswith(b"--boundary--\r\n")


def test_headers_of_any_shape_are_read() -> None:
    named = [
        {"name": "A", "value": "1"},
        {"name": ":path", "value": "/"},
        {"name": "B", "value": 2},
    ]
    assert headers_of(named) == (("A", "1"), ("B", "2"))
    assert headers_of([["A", "1"], ["B"], {"name": "C"}, 7]) == (("A", "1"), ("C", ""))
    assert headers_of({"A": "1", "": "x", ":path": "/"}) == (("A", "1"),)
    assert headers_of("A: 1") == ()
