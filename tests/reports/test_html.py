from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from tests.reports.conftest import _fact, app_facts, coverage, make_report

from hongxian.reports.html import render
from hongxian.reports.model import Report


class Outline(HTMLParser):
    """Collects headings, ids, links and anything that would load something."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.loads: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag == "a":
            self.targets.append(str(given["href"]))
        if tag in ("script", "link", "img", "iframe", "object") or "src" in given:
            self.loads.append(tag)


@pytest.fixture(params=["zh", "en"])
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_it_loads_nothing_and_forbids_it(both: Report, lang: str) -> None:
    text = render(both, lang)
    assert Outline(text).loads == []
    assert "default-src 'none'" in text
    assert "url(" not in text
    assert "@import" not in text


def test_headings_are_in_order_and_links_lead_somewhere(both: Report, lang: str) -> None:
    page = Outline(render(both, lang))
    assert page.headings[0] == 1
    assert page.headings.count(1) == 1
    steps = zip(page.headings, page.headings[1:], strict=False)
    assert all(after <= before + 1 for before, after in steps)
    assert len(page.ids) == len(set(page.ids))
    assert {target[1:] for target in page.targets} <= set(page.ids)


def test_limits_come_first_and_the_law_before_the_method(static: Report) -> None:
    text = render(static, "zh")
    order = [text.index(f'id="s1-{name}"') for name in ("limits", "summary", "principles", "flows")]
    assert order == sorted(order)
    finding = text[text.index('id="s1-r3.1"') :]
    assert finding.index("《个人信息保护法》第13条") < finding.index("行为认定方法》第三条第1项")
    assert "未核实" in finding


def test_paths_read_like_a_stack_api_on_top(static: Report) -> None:
    text = render(static, "en")
    top = text.index("<b>android.telephony.TelephonyManager.getImei</b>")
    entry = text.index("at com.lantern.map.LanternApp.onCreate", top)
    assert top < text.index("at com.umeng.commonsdk.UMConfigure.init", top) < entry


def test_what_one_path_reads_is_told_at_one_stack() -> None:
    path = ["a.Main.onCreate", "a.Main.requestPermissions"]
    asked = [
        _fact("request", item=f"android.permission.{name}", actor="first_party", info=info,
              phase="before_prompt", certainty="reachable", detail={"path": path})
        for name, info in (("CAMERA", None), ("READ_SMS", None), ("READ_CONTACTS", "basic.name"))
    ]  # fmt: skip
    text = render(make_report([*app_facts(), *asked], coverage(session=False)), "zh")
    part = text[text.index('id="s1-paths"') : text.index('id="s1-timeline"')]
    assert part.count("a.Main.requestPermissions") == 1
    assert "姓名" in part


def test_without_a_session_the_timeline_says_so(static: Report, watched: Report) -> None:
    assert "没有提供运行记录" in render(static, "zh")
    assert "没有提供运行记录" not in render(watched, "zh")
    assert "同意前 5.4 秒" in render(watched, "zh")


def test_several_subjects_begin_with_an_overview(both: Report) -> None:
    text = render(both, "zh")
    assert text.index("审计对象一览") < text.index('id="s1"') < text.index('id="s2"')
    assert "没有任何检查范围的记录" in text


def test_what_a_package_says_is_text_never_markup() -> None:
    trick = _fact("address", item="<script>alert(1)</script>", certainty="reachable")
    report = make_report([*app_facts(), trick], coverage(session=False))
    text = render(report, "zh")
    assert "<script" not in text
    assert "&lt;script&gt;" in text


def test_long_lists_are_cut_and_say_so() -> None:
    many = [_fact("address", item=f"h{n}.example", certainty="reachable") for n in range(320)]
    text = render(make_report([*app_facts(), *many], coverage(session=False)), "en")
    assert "24 more; the JSON report has them all." in text


def test_values_never_appear() -> None:
    leak = _fact("reach", info="basic.phone", actor="unknown", item="a.B.c 13812345678",
                 phase="before_prompt", certainty="reachable", locator="li.lei@mail.example.com",
                 detail={"path": ["a.B.c", "11010519491231002X"], "edges": ["call"]})  # fmt: skip
    report = make_report([*app_facts(), leak], coverage(session=False))
    text = render(report, "zh")
    for value in ("13812345678", "11010519491231002X", "li.lei@mail"):
        assert value not in text
    assert "***" in text
