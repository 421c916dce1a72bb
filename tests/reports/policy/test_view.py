from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.facts import Fact
from hongxian.reports.policy.view import build_views, cut, place
from hongxian.sensors.policy.reading import read_bytes
from hongxian.sensors.policy.sense import sense_documents

if TYPE_CHECKING:
    from hongxian.reports.policy import PolicyView


def fact(start: int, end: int, item: str = "collect") -> Fact:
    return Fact(
        subject="policy:p#0", sensor="policy", kind="declare", item=item,
        locator=f"page 2, chars {start}-{end}",
    )  # fmt: skip


def test_a_place_is_read_from_the_locator() -> None:
    assert place(fact(3, 9)) == (3, 9)
    assert place(Fact(subject="policy:p#0", sensor="policy", kind="section")) == (0, 0)


def test_a_text_is_cut_where_facts_begin_and_end() -> None:
    outer, inner = fact(2, 10), fact(4, 6, "use")
    stretches = cut(12, [outer, inner])
    assert [(s.start, s.end) for s in stretches] == [(0, 2), (2, 4), (4, 6), (6, 10), (10, 12)]
    assert [{f.item for f in s.facts} for s in stretches] == [
        set(), {"collect"}, {"collect", "use"}, {"collect"}, set(),
    ]  # fmt: skip


def test_a_text_without_facts_is_one_stretch() -> None:
    assert [(s.start, s.end) for s in cut(5, [])] == [(0, 5)]
    assert cut(0, []) == []


def test_a_good_policy_lacks_nothing(clean: PolicyView) -> None:
    assert [part.item for part in clean.parts if part.state == "missing"] == []


def test_nobody_is_blamed_for_not_writing_of_what_he_does_not_do(poor: PolicyView) -> None:
    assert "cookies" not in {part.item for part in poor.parts}


def test_a_poor_policy_lacks_what_it_leaves_out(poor: PolicyView) -> None:
    states = {part.item: part.state for part in poor.parts}
    assert states["collection_rules"] == "there"
    for item in ("withdraw", "cancel_account", "delete", "complaint_channel", "sdk_list"):
        assert states[item] == "missing", item
    assert states["implied_consent_wording"] == "there"


def test_nothing_is_missing_in_a_text_that_could_not_be_read(shell: PolicyView) -> None:
    assert {part.state for part in shell.parts} == {"unclear"}


def test_declared_facts_stand_in_the_order_of_the_text(clean: PolicyView) -> None:
    places = [place(fact) for fact in clean.declared]
    assert places == sorted(places)
    assert places


def test_a_list_is_a_view_of_its_own_and_parts_are_told_once() -> None:
    policy = "隐私政策\n我们会收集您的手机号，用于登录。\n" + "我们依法保护您的个人信息。\n" * 30
    listed = "<h1>第三方SDK清单</h1><p>友盟SDK会收集IMEI，用于统计分析。</p>"
    sensed = sense_documents([
        read_bytes("p.txt", policy.encode()), read_bytes("list.html", listed.encode()),
    ])  # fmt: skip
    first, second = build_views(sensed)
    assert second.title == "第三方SDK清单"
    assert {fact.info for fact in first.declared} == {"basic.phone"}
    assert {fact.info for fact in second.declared} == {"device.imei"}
    states = {part.item: part.state for part in first.parts}
    assert states["collection_rules"] == "there"
    assert states["minors"] == "missing"
    assert second.parts == second.figures == second.coverage == ()
    assert first.stretches[-1].end == len(first.document.text)


def test_a_part_of_half_a_text_may_be_there() -> None:
    shell = read_bytes("p.html", "<title>隐私政策</title><script src=a.js>".encode())
    [view] = build_views(sense_documents([shell]))
    assert {part.state for part in view.parts} <= {"unclear", "there"}
