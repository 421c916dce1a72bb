from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.guards.mask.formats.html import html_markup

PHONE = re.compile(r"1(?:38|39)\d{8}")


def cover(kind: str, texts: list[str]) -> list[str]:
    del kind
    return [PHONE.sub(lambda found: f"{found[0][:3]}****{found[0][-4:]}", one) for one in texts]


def masked(text: str) -> str:
    return html_markup(text).changed(cover)


@pytest.mark.parametrize(
    ("page", "new"),
    [("<p>call 13812345678 now</p>", "<p>call 138****5678 now</p>"),
     ("<p>138<b>1234</b>5678</p>", "<p>138<b>****</b>5678</p>"),
     ("<p>138<!-- x -->12345678", "<p>138<!-- x -->****5678"),
     ("<i>tel</i><i>13812345678</i>", "<i>tel</i><i>138****5678</i>"),
     ("<p>1381234</p><p>5678</p>", "<p>1381234</p><p>5678</p>"),
     ("<td>138<br>12345678</td>", "<td>138<br>12345678</td>"),
     ("<p>&#49;38&#x31;2345678 &amp; a&lt;b</p>", "<p>&#49;38****5678 &amp; a&lt;b</p>"),
     ("<a href='tel:13812345678'>x</a>", '<a href="tel:138****5678">x</a>'),
     ("<input value=13812345678 disabled>", '<input value="138****5678" disabled>'),
     ('<img alt="13812345678 &quot;a&quot;"/>', '<img alt="138****5678 &quot;a&quot;"/>'),
     ("<!-- 13812345678 & <b> -->", "<!-- 138****5678 & <b> -->"),
     ("<script>t='13812345678' && 1<2;</script>", "<script>t='138****5678' && 1<2;</script>"),
     ("<style>/*13812345678*/</style>", "<style>/*138****5678*/</style>"),
     ("<!DOCTYPE html><title>13812345678</title>", "<!DOCTYPE html><title>138****5678</title>"),
     ("<?php 13812345678 ?>", "<?php 138****5678 ?>"),
     ("<p>AT&T 13812345678 a < b", "<p>AT&T 138****5678 a &lt; b"),
     ("<p>x&y13812345678&z", "<p>x&amp;y138****5678&z"),
     ("<a/href='tel:13812345678'/>", '<a/href="tel:138****5678"/>'),
     ("<a 13812345678 b=x@y.cn c>", "<a 138****5678 b=x@y.cn c>"),
     ('<p title=a"13812345678>', '<p title="a&quot;138****5678">'),
     ("<textarea>138&#49;2345678 </b></textarea>", "<textarea>138****5678 &lt;/b&gt;</textarea>"),
     ("<!--> 13812345678 -->", "<!--> 138****5678 --&gt;"),
     ("<b c='13812345678", "<b c='138****5678"),
     ("<script>a</SCRIPT ><p>13812345678", "<script>a</SCRIPT ><p>138****5678"),
     ("</ 13812345678></>", "</ 138****5678></>"),
     ("</p 13812345678>", "</p 138****5678>"),
     ("<![CDATA[13812345678]]>", "<![CDATA[138****5678]]>"),
     ("13812345678", "138****5678"), ("", "")],
    ids=["text", "split", "comment within", "side by side", "two blocks", "line break", "signs",
         "link", "bare value", "quoted", "comment", "script", "style", "title", "instruction",
         "wrong signs", "no signs", "slash", "odd name",
         "mark in a value", "text area", "short comment", "open tag", "end of script", "no end tag",
         "end tag", "section", "no tag", "empty"],
)  # fmt: skip
def test_only_what_is_personal_is_changed(page: str, new: str) -> None:
    assert masked(page) == new


def test_files_in_a_page_are_of_a_kind_of_their_own() -> None:
    page = "<img src='data:image/png;base64,QUJD' alt=x><a style='background:url(data:x)'>"
    values = html_markup(page).values
    assert [one.text for one in values["data"]] == ["data:image/png;base64,QUJD"]
    assert [one.name for one in values["attribute"]] == ["alt"]


def test_a_page_without_anything_personal_stays_byte_for_byte() -> None:
    page = '<!doctype html>\r\n<HTML lang=zh>\t<p class="a  b"  id=x>A&nbsp;B &copy C<br/>\n<b>c'
    assert masked(page) == page


@pytest.mark.parametrize(
    "piece", ["<", "&", "<!--", "<a ", "<a b=", "<a b='", "</", "<!", "<script>"]
)
def test_every_page_is_read_in_one_pass(piece: str) -> None:
    page = piece * 50_000  # would take hours if each piece looked for its end anew
    assert html_markup(page).changed(lambda _, texts: texts) == page


PIECES = st.sampled_from([
    "13812345678", "<p>", "</p>", "<b", ">", "<!--", "-->", "&#49;", "38", "<a href='", "'", '"',
    "<script>", "</script>", " ", "=", "<![", "]>", "<?", "\n", "&", "x", "<style>", "</", "/>",
])  # fmt: skip


@given(st.lists(PIECES, max_size=14).map("".join))
def test_a_broken_page_loses_nothing_and_hides_no_number(page: str) -> None:
    assert html_markup(page).changed(lambda _, texts: texts) == page
    assert "13812345678" not in masked(page)
