from __future__ import annotations

from dataclasses import replace

import pytest

from hongxian.reports import wording
from hongxian.reports.model import Behaviour, Report, Scope
from hongxian.rules.load import find_rule


def behaviour(report: Report, number: str) -> Behaviour:
    return next(b for b in report.subjects[0].behaviours if b.rule.number == number)


def test_a_message_has_names_not_keys(watched: Report) -> None:
    one = behaviour(watched, "3.1")
    texts = [wording.message(point, one.rule, "zh") for point in one.points]
    assert any("极光推送" in text and "Android ID" in text for text in texts)
    assert not any("device." in text or "None" in text or "{" in text for text in texts)


def test_brackets_go_when_there_is_nothing_to_put_in_them(watched: Report) -> None:
    one = behaviour(watched, "3.1")
    point = one.points[0]
    bare = replace(point, finding=point.finding._replace(columns={"info": None, "actor": None}))
    rule = replace(one.rule, says={point.verdict: {"zh": "{actor} 读取 {info}（{item}）：{gap}。"}})
    assert wording.message(bare, rule, "zh") == "归属不明的代码读取个人信息：—。"


def test_figures_are_short(watched: Report) -> None:
    one = behaviour(watched, "3.1")
    point = one.points[0]
    told = replace(point, finding=point.finding._replace(columns={"a": 3.0, "b": None, "c": "x"}))
    rule = replace(one.rule, says={point.verdict: {"en": "{a} {b} {c}"}})
    assert wording.message(told, rule, "en") == "3 — x"


def test_a_unit_is_said_in_words(watched: Report) -> None:
    one = behaviour(watched, "3.1")
    point = one.points[0]
    columns = {"amount": 16.0, "unit": "working_day"}
    told = replace(point, finding=point.finding._replace(columns=columns))
    rule = replace(
        one.rule, says={point.verdict: {"zh": "{amount}{unit}", "en": "{amount} {unit}"}}
    )
    assert wording.message(told, rule, "zh") == "16个工作日"
    assert wording.message(told, rule, "en") == "16 working days"


@pytest.mark.parametrize(
    ("rule", "columns", "said"),
    [
        ("3.9", {"promise": "not_collect"}, {"zh": "声明“不收集”", "en": '"is not collected"'}),
        ("3.9", {"promise": "hashed"}, {"zh": "声明“哈希", "en": '"hashed'}),
        ("3.5", {"item": "READ_SMS", "earlier": "denied", "later": "granted"},
         {"zh": "更新前为已拒绝，更新后变为已授权", "en": "was denied before the update and"}),
        ("3.3", {"purpose": "ads"}, {"zh": "广告", "en": "advertising"}),
        ("3.7", {"purpose": "as they put it"}, {"zh": "as they put it", "en": "as they put it"}),
        ("4.2", {"item": "policy", "app_type": "map"}, {"zh": "（地图导航类）", "en": "map"}),
        ("4.2", {"item": "policy", "app_type": "new"}, {"zh": "（new）", "en": "(new)"}),
        ("4.2", {"item": "policy", "app_type": None}, {"zh": "（未指定）", "en": "(not given)"}),
    ],
)  # fmt: skip
def test_words_of_closed_lists_are_said_in_the_readers_language(
    watched: Report, rule: str, columns: dict[str, str], said: dict[str, str]
) -> None:
    point = behaviour(watched, "3.1").points[0]
    finding = point.finding._replace(verdict="violated", columns=columns)
    told = replace(point, finding=finding, evidence=())
    for lang, words in said.items():
        assert words in wording.message(told, find_rule(rule), lang)


def test_one_line_for_every_verdict(static: Report, watched: Report) -> None:
    for report in (static, watched):
        for one in report.subjects[0].behaviours:
            for lang in ("zh", "en"):
                line = wording.headline(one, lang)
                assert line
                assert "None" not in line
                assert "\n" not in line


def test_a_satisfied_one_without_findings_says_how_far_it_reaches(watched: Report) -> None:
    one = replace(behaviour(watched, "1.2"), points=())
    assert wording.headline(one, "zh") == "已检查范围内没有相反的事实。"


def test_what_is_missing_is_named_scope_by_scope(static: Report) -> None:
    one = replace(behaviour(static, "1.1"), points=())
    ruling = replace(one.ruling, missing=(("policy.text",), ("session.hooks", "session.network")))
    assert wording.headline(replace(one, ruling=ruling), "en") == (
        "Not looked at: text of the policy; calls to sensitive APIs while running or network "
        "traffic while running."
    )
    unclear = replace(one, ruling=replace(one.ruling, missing=()))
    assert wording.headline(unclear, "zh") == "现有证据不足以判断。"


def test_an_answer_names_who_and_from_when(static: Report) -> None:
    one = behaviour(static, "6.4")
    assert wording.headline(one, "zh") == "由人工判断确定：L. Chen，自 2026-11-01 起。"


def test_moments_count_from_consent(watched: Report) -> None:
    first, *_, last = watched.subjects[0].timeline
    assert wording.moment(first, "zh") == "同意前 6.1 秒"
    assert wording.moment(last, "en") == "3.3 s after consent"
    assert wording.moment(replace(last, since_consent=None), "zh") == "同意之后"


def test_a_fact_in_words(watched: Report) -> None:
    first = watched.subjects[0].timeline[0]
    assert wording.what(first, "zh") == "收集 · Android ID · Settings$Secure.getString"
    told = replace(first, kind="control", info=None, item="delete", outcome="fails", amount=5.0)
    assert wording.what(told, "en") == "control · delete · fails · 5"


def test_what_was_not_looked_at(static: Report) -> None:
    assert "运行记录" in wording.unlooked(static.subjects[0], "zh")
    assert "安装包" not in wording.unlooked(static.subjects[0], "zh")


def test_a_scope_with_its_reason() -> None:
    part = Scope(scope="app.code", status="partial", reason="packed", detail={})
    assert wording.scope_line(part, "zh") == "DEX 代码、调用图、调用点: 部分检查 — packed"
    assert wording.scope_line(replace(part, reason=None), "en").endswith("in part")


@pytest.mark.parametrize(
    ("seconds", "options", "told"),
    [(0, {}, "0 s"), (6.5, {}, "6.5 s"), (7.0, {}, "7 s"), (7.0, {"exact": True}, "7.0 s"),
     (59.96, {}, "1:00"), (65, {}, "1:05"), (3661, {}, "1:01:01"),
     (-3.2, {"signed": True, "exact": True}, "\u22123.2 s"), (3.2, {"signed": True}, "+3.2 s"),
     (-73.94, {"signed": True, "exact": True}, "\u22121:13.9"), (0, {"signed": True}, "0 s"),
     (119.97, {"exact": True}, "2:00.0")],
)  # fmt: skip
def test_lengths_of_time_read_like_a_clock(
    seconds: float, options: dict[str, bool], told: str
) -> None:
    assert wording.clock(seconds, "en", **options) == told


def test_a_moment_too_close_to_a_choice_is_told_so(watched: Report) -> None:
    first = watched.subjects[0].timeline[0]
    near = replace(first, since_consent=None, detail={"near": "refuse"})
    assert wording.moment(near, "en") == "too close to refusal to tell which was first"


def test_a_deed_leaves_out_the_pi_and_the_host(watched: Report) -> None:
    first, second = watched.subjects[0].timeline[:2]
    assert (
        wording.deed(replace(first, amount=3.0), "zh") == "收集 · Settings$Secure.getString · × 3"
    )
    assert wording.deed(second, "zh") == "发出"
    assert wording.host_of(second) == "tsis.jpush.cn"
    assert wording.host_of(replace(second, detail={"host": "a.example"})) == "a.example"
    assert wording.host_of(first) == ""
    assert wording.deed(replace(first, kind="request", outcome="denied"), "en").endswith("denied")
