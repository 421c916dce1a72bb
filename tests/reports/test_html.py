from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from tests.reports.conftest import _fact, app_facts, coverage, make_report
from tests.reports.story import CONSENT, read, story_coverage

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


def section(text: str, name: str, after: str) -> str:
    return text[text.index(f'id="s1-{name}"') : text.index(f'id="s1-{after}"')]


def test_every_mark_of_a_timeline_leads_to_a_row(storied: Report, lang: str) -> None:
    page = Outline(render(storied, lang))
    assert len(page.ids) == len(set(page.ids))
    assert {target[1:] for target in page.targets} <= set(page.ids)


def test_each_session_has_a_picture_and_a_table_by_phase(storied: Report) -> None:
    part = section(render(storied, "zh"), "timeline", "permissions")
    assert part.count('<svg class="strip"') == 2
    assert "第 1 次运行" in part
    assert "first-start.zip" in part
    assert "本次运行没有同意" in part
    assert part.count('<details class="phase ') == 6
    assert "\u221254.5 秒" not in part
    assert "\u22128.3 秒" in part


def test_a_row_says_who_what_when_to_whom_and_which_rule(storied: Report) -> None:
    part = section(render(storied, "en"), "timeline", "permissions")
    row = part[part.index("tsis.jpush.cn") - 900 : part.index("tsis.jpush.cn") + 400]
    for told in ("\u22121:13.2", "10:00:01.1", "JPush", "sent", "Android ID", "clear",
                 "capture.har entry 11", ">3.1</a>"):  # fmt: skip
        assert told in row


def test_what_is_too_close_to_consent_is_told_so(storied: Report) -> None:
    part = section(render(storied, "zh"), "timeline", "permissions")
    assert "与同意相距过近，先后不明" in part
    assert "≈ +0.1 秒" in part


def test_a_finding_has_its_call_stacks_folded(storied: Report) -> None:
    text = render(storied, "en")
    finding = text[text.index('id="s1-r3.1"') :]
    stack = finding[finding.index('<details class="calls">') :]
    inner = stack.index("<b>android.provider.Settings$Secure.getString</b>")
    deciding = stack.index("at cn.jpush.android.service.Ids.read")
    assert inner < deciding < stack.index("decides whose code")
    assert stack.index("decides whose code") < stack.index("LanternApp.attachBaseContext")
    assert "4 more frames further out" in finding


def test_moments_beyond_the_page_are_counted() -> None:
    many = [read(CONSENT + n, "amap", phase="after_consent") for n in range(400)]
    text = render(make_report([*app_facts(), *many], story_coverage()), "en")
    assert "160 more events are counted in the picture" in text


def test_a_hundred_times_more_events_do_not_make_a_larger_picture(storied: Report) -> None:
    many = [read(CONSENT + n / 4, ("amap", "jpush")[n % 2]) for n in range(4000)]
    crowded = render(make_report([*app_facts(), *many], story_coverage()), "zh")
    sizes = [
        len(text.split('<svg class="strip"')[1].split("</svg>")[0])
        for text in (crowded, render(storied, "zh"))
    ]
    assert sizes[0] < sizes[1] < 50_000


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
