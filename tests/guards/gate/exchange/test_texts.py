from __future__ import annotations

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.guards.gate.exchange.bodies import BodyError
from hongxian.guards.gate.exchange.covers import partly
from hongxian.guards.gate.exchange.finder import Finder
from hongxian.guards.gate.exchange.texts import Text

PHONE, SHOWN = "13800138000", "138****8000"
FINDER = Finder()
HTML, XML = "text/html; charset=utf-8", "application/xml"


def read(text: str | bytes, kind: str = HTML) -> Text:
    data = text if isinstance(text, bytes) else text.encode()
    return Text(data, kind.encode(), lambda data, _: list(FINDER.find(data)))


def masked(text: str | bytes, kind: str = HTML) -> bytes:
    made = read(text, kind)
    return made.covered({info: partly(info) for info in made.given})


@pytest.mark.parametrize(("page", "shown"), [
    (f"<p>{PHONE}</p>", f"<p>{SHOWN}</p>"),
    ("<p>138<b>0013</b>8000</p>", "<p>138<b>****</b>8000</p>"),
    ("<p>&#49;3800138000</p>", f"<p>&#49;{SHOWN[1:]}</p>"),
    (f"<p>a&lt;b {PHONE}</p>", f"<p>a&lt;b {SHOWN}</p>"),
    (f'<a href="tel:{PHONE}" title=x>y</a>', f'<a href="tel:{SHOWN}" title=x>y</a>'),
    (f"<input value={PHONE}>", f'<input value="{SHOWN}">'),
    (f"<!-- {PHONE} -->", f"<!-- {SHOWN} -->"),
    (f"<script>var a='{PHONE}';</script>", f"<script>var a='{SHOWN}';</script>"),
    (f"<script>var a={PHONE};</script>", f'<script>var a="{SHOWN}";</script>'),
    (f"<p>1380013</p><p>8000 {PHONE}</p>", f"<p>1380013</p><p>8000 {SHOWN}</p>"),
    (f"<textarea>{PHONE}", f"<textarea>{SHOWN}"),
    ("<p>138<!-- x -->00138000</p><i>x</i>", "<p>138<!-- x -->****8000</p><i>x</i>"),
    ("<p>138<b>0013</b>8000</p>x", "<p>138<b>****</b>8000</p>x"),
])  # fmt: skip
def test_pages_are_covered_as_they_are_read(page: str, shown: str) -> None:
    assert masked(page).decode() == shown
    assert read(page).given == {"basic.phone": {PHONE.encode()}}


def test_a_script_in_a_page_stays_what_it_is() -> None:
    page = '<script>x="\\u003c\\/script>\\u0031' + PHONE[1:] + '"</script>'
    assert masked(page).decode() == f'<script>x="\\u003c\\/script>{SHOWN}"</script>'


@pytest.mark.parametrize(("coding", "kind"), [
    ("gb18030", "text/html; charset=gb2312"), ("gb18030", "text/html"), ("big5", "text/html"),
    ("utf-16", "text/html"), ("utf-16-le", "text/html; charset=utf-16le"),
    ("utf-8-sig", "text/html"), ("utf-16", "text/plain"), ("gb18030", "text/csv; charset=GBK"),
])  # fmt: skip
def test_what_is_in_another_charset_stays_in_it(coding: str, kind: str) -> None:
    page = "<p>我們的電話: {}，個人信息。</p>"
    assert masked(page.format(PHONE).encode(coding), kind) == page.format(SHOWN).encode(coding)


def test_a_page_that_is_not_in_its_charset_cannot_be_judged() -> None:
    with pytest.raises(BodyError, match="corrupt"):
        read(b"\xff\xfe" + PHONE.encode("utf-16-le") + b"\x00", "text/html")


def test_bytes_that_are_no_characters_stay() -> None:
    page = b"<p>\xe4\xb8\xad \xff " + PHONE.encode() + b" \xfe</p>"
    assert masked(page) == page.replace(PHONE.encode(), SHOWN.encode())


def test_a_sign_that_the_charset_has_not_is_spelled() -> None:
    made = read(f"<p>é {PHONE}</p>".encode("cp1252"), "text/html; charset=iso-8859-1")
    assert made.covered({"basic.phone": lambda _: "隐"}) == b"<p>\xe9 &#38544;</p>"
    plain = read(f"é {PHONE}".encode("cp1252"), "text/plain; charset=iso-8859-1")
    assert plain.covered({"basic.phone": lambda _: "隐"}) == b"\xe9 ?"


@pytest.mark.parametrize(("text", "shown"), [
    (f"<r><phone>{PHONE}</phone></r>", f"<r><phone>{SHOWN}</phone></r>"),
    (f'<r phone="{PHONE}"/>', f'<r phone="{SHOWN}"/>'),
    ("<r>138<![CDATA[00138000]]></r>", "<r>138<![CDATA[****8000]]></r>"),
    (f"<r><![CDATA[a>b {PHONE}]]></r>", f"<r><![CDATA[a>b {SHOWN}]]></r>"),
    (f"<r><style>&#x31;{PHONE[1:]}</style></r>", f"<r><style>&#x31;{SHOWN[1:]}</style></r>"),
])  # fmt: skip
def test_xml_is_covered_and_stays_xml(text: str, shown: str) -> None:
    assert masked(text, XML).decode() == shown
    assert masked(f'<?xml version="1.0"?>{text}', "").decode().endswith(shown)


@pytest.mark.parametrize(("text", "shown"), [
    (f"phone={PHONE}&x=%E4%B8%AD", f"phone={SHOWN}&x=%E4%B8%AD"),
    (f"phone=%31{PHONE[1:]}&y=a+b", f"phone={SHOWN}&y=a+b"),
    ("mail=a.b%40c.cn&z=%00", "mail=a***@c.cn&z=%00"),
])  # fmt: skip
def test_forms_are_covered_in_their_spelling(text: str, shown: str) -> None:
    assert masked(text, "application/x-www-form-urlencoded").decode() == shown


def test_a_cell_of_a_table_stays_one() -> None:
    made = read(f"n,phone\r\n1,{PHONE}\r\n", "text/csv")
    assert made.covered({"basic.phone": lambda _: "a,b"}) == b"n,phone\r\n1,***\r\n"
    made = read(f"n,phone\r\n1,{PHONE}\r\n", "text/csv")
    assert (
        made.covered({"basic.phone": partly("basic.phone")}).decode() == f"n,phone\r\n1,{SHOWN}\r\n"
    )
    assert made.masked == 1


def test_json_in_another_charset_stays_json() -> None:
    told = {"a": PHONE, "b": int(PHONE), "城": "上海"}
    data = orjson.dumps(told).decode().encode("utf-16")
    made = masked(data, "application/json; charset=utf-16").decode("utf-16")
    assert orjson.loads(made) == {"a": SHOWN, "b": SHOWN, "城": "上海"}


def test_what_gives_nothing_is_seen_without_tags() -> None:
    made = read("<p>no<b>body</b></p><img src='data:image/png;base64,aGk='>")
    assert (made.given, made.seen.split()) == ({}, [b"nobody"])


def test_a_picture_within_a_page_stays() -> None:
    page = f"<img src='data:image/svg+xml,{PHONE}'><p>{PHONE}</p>"
    assert masked(page).decode() == page[: page.index("<p>")] + f"<p>{SHOWN}</p>"


@given(st.text(alphabet="<>/!-&#;='\"ab [](){}\\\n\t1x?", max_size=60),
       st.sampled_from(["", "text/html", "text/xml", "text/csv", "text/javascript",
                        "application/x-www-form-urlencoded", "text/plain"]))  # fmt: skip
def test_whatever_comes_no_value_is_left_and_nothing_else_changes(noise: str, kind: str) -> None:
    text = f"{noise} {PHONE} {noise}"
    made = read(text, kind)
    if not made.given:  # hidden: a sign of the noise stands before it
        return
    new = made.covered({info: lambda _: "*" * 11 for info in made.given})
    assert PHONE.encode() not in new or "data:" in text
