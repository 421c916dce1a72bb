from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from hongxian.reports.policy import render
from hongxian.reports.policy.html import passages

if TYPE_CHECKING:
    from hongxian.reports.policy import PolicyView


def test_every_declared_fact_can_be_jumped_to(clean: PolicyView) -> None:
    page = render([clean], "html", "zh")
    places = set(re.findall(r'<mark id="(v\d+c\d+)"', page))
    asked = set(re.findall(r'href="#(v\d+c\d+)"', page))
    assert asked
    assert asked <= places


def test_the_text_is_whole(poor: PolicyView) -> None:
    shown = "".join(
        piece.text
        for passage in passages(poor)
        for piece in [*passage.pieces, *(p for row in passage.rows for cell in row for p in cell)]
    )
    assert len(shown) >= len(poor.document.text.replace("\n", ""))
    page = unescape(re.sub(r"<[^>]+>", "", render([poor], "html", "zh")))
    assert "我们不会向任何第三方提供您的个人信息" in page


def test_the_operators_address_is_masked(clean: PolicyView) -> None:
    assert "privacy@hongxian-lantern.cn" not in render([clean], "html", "zh")


def test_a_highlight_says_what_it_is(clean: PolicyView) -> None:
    page = unescape(render([clean], "html", "en"))
    titles = re.findall(r'title="([^"]+)"', page)
    assert any("collect" in title and "IMEI" in title for title in titles)


def test_nothing_is_fetched(clean: PolicyView) -> None:
    page = render([clean], "html", "zh")
    assert "<script" not in page
    assert not re.search(r'(src|href)="https?:', page)
