from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.guards.mask.copies.made import PHONE, copied
from tests.guards.mask.tables import plan

from hongxian.errors import HongxianError
from hongxian.guards.mask.many import Wanted, mask_source
from hongxian.guards.mask.plan import Named
from hongxian.guards.mask.run import Asked

if TYPE_CHECKING:
    from pathlib import Path

PAGE = (
    "<!DOCTYPE html>\n<html><head><title>户</title></head><body>\n"
    "<p>联系人：张三，电话 138<b>1234</b>5678</p>"
    f'\n<a href="tel:{PHONE}">x</a></body></html>\n'
)
SHOWN = (
    PAGE.replace("张三", "张*").replace("<b>1234</b>", "<b>****</b>").replace(PHONE, "138****5678")
)
IN_BIG5 = {
    "<title>户": '<meta charset="big5"><title>人', "联系人": "人", "张三": "王小明", "张*": "王**",
    "电话": "甲",
}  # fmt: skip


@pytest.mark.parametrize("coding", ["utf-8", "gb18030", "utf-16", "big5"])
def test_a_page_is_covered_in_its_own_encoding(tmp_path: Path, coding: str) -> None:
    page, shown = PAGE, SHOWN
    for old, new in IN_BIG5.items() if coding == "big5" else ():
        page, shown = page.replace(old, new), shown.replace(old, new)
    (tmp_path / "in.html").write_bytes(page.encode(coding))
    found = copied(tmp_path / "in.html", tmp_path / "out.html")
    assert (tmp_path / "out.html").read_bytes().decode(coding) == shown
    assert found.outcomes[0].rows >= 2


def test_bytes_that_are_no_characters_stay(tmp_path: Path) -> None:
    (tmp_path / "in.html").write_bytes(b"\xef\xbb\xbf<p>\xff\xfe x</p>" + PAGE.encode())
    copied(tmp_path / "in.html", tmp_path / "out.html")
    out = (tmp_path / "out.html").read_bytes()
    assert out.startswith(b"\xef\xbb\xbf<p>\xff\xfe x</p>")
    assert PHONE.encode() not in out


def test_signs_that_the_encoding_does_not_have_are_spelled(tmp_path: Path) -> None:
    page = '<html><meta charset="iso-8859-1"><p>caf\xe9 x@example.com</p></html>'
    (tmp_path / "in.html").write_bytes(page.encode("latin-1"))
    named = {"line": Named("basic.name", "suppress")}
    copied(tmp_path / "in.html", tmp_path / "out.html", **named)
    assert (tmp_path / "out.html").read_bytes().endswith(b"<p></p></html>")


def test_a_page_has_no_column_to_measure(tmp_path: Path) -> None:
    (tmp_path / "in.html").write_text(PAGE)
    with pytest.raises(HongxianError, match="no column 'age'"):
        mask_source(str(tmp_path / "in.html"), tmp_path / "out.html", plan(named={}),
                    Wanted(asked=Asked(quasi=("age",))))  # fmt: skip
