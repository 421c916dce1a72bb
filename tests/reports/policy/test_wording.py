from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from hongxian.facts import Fact
from hongxian.reports.policy import build_views, wording
from hongxian.reports.policy.view import Part
from hongxian.sensors.policy.reading import read_bytes
from hongxian.sensors.policy.sense import sense_documents

if TYPE_CHECKING:
    from hongxian.reports.policy import PolicyView


def fact(kind: str = "section", **columns: Any) -> Fact:
    return Fact(subject="policy:p#0", sensor="policy", kind=kind, certainty="declared", **columns)


def part(*facts: Fact, known: bool = True) -> Part:
    return Part(item="retention", group="handling", rules=(), facts=facts, known=known)


@pytest.mark.parametrize(
    ("lang", "missing", "unclear"),
    [
        ("zh", "没有找到", "不明：正文未能读全"),
        ("en", "not found", "unclear: the text was not read in full"),
    ],
)
def test_a_part_that_was_not_found(lang: str, missing: str, unclear: str) -> None:
    assert wording.part(part(), lang) == missing
    assert wording.part(part(known=False), lang) == unclear


def test_a_part_gives_its_figure_and_its_words() -> None:
    kept = fact(item="retention", amount=30.0, unit="day", detail={"excerpt": "保存三十日"})
    again = fact(item="retention", amount=180.0, unit="day", detail={"excerpt": "六个月"})
    assert wording.part(part(kept), "zh") == "30 天 · 保存三十日"
    assert wording.part(part(kept, again), "en") == "30 days · 保存三十日 · 1 more"


def test_a_figure_stands_among_other_policies() -> None:
    length = fact(item="length", amount=9000.0, unit="character", detail={"percentile": 71.4})
    assert wording.figure(length, "zh") == "9000 字符 (超过 71% 的政策)"
    assert wording.figure(fact(item="length"), "zh") == ""


def test_parties_are_named_as_the_policy_names_them() -> None:
    assert wording.party("first_party", "zh") == "运营者"
    assert wording.party("named:灯油公司", "zh") == "灯油公司"
    assert "友盟" in wording.party("umeng_analytics", "zh")


def test_what_is_only_possible_is_said_so() -> None:
    said = fact("declare", item="share", info="device.imei", actor="first_party",
                recipient="third_party", detail={"possible": True})  # fmt: skip
    act, info, actor, recipient, purpose, _ = wording.columns(said, "zh")
    assert act.startswith("可能")
    assert (actor, purpose) == ("运营者", "–")
    assert info
    assert recipient
    assert "→" in wording.title((said,), "zh")


def test_the_measure_names_what_was_read(clean: PolicyView) -> None:
    assert "简体中文" in wording.measure(clean, "zh")
    assert "simplified Chinese" in wording.measure(clean, "en")


def test_limits_name_what_was_not_looked_at(clean: PolicyView, shell: PolicyView) -> None:
    assert any("更早" in line for line in wording.limits(clean, "zh"))
    assert any("脚本" in line for line in wording.limits(shell, "zh"))


def test_alike_facts_of_a_clause_are_one_row() -> None:
    sensed = sense_documents([
        read_bytes("p.txt", ("隐私政策\n我们会收集您的手机号、邮箱，用于登录。\n"
                             "未经您的单独同意，我们不会向友盟提供您的IMEI。\n" * 9).encode())
    ])  # fmt: skip
    [view] = build_views(sensed)
    table = [cells for _, cells in wording.rows(view, "zh")]
    assert "、" in table[0][1]
    assert any("须经单独同意" in cells[0] for cells in table)
    assert "友盟" in {cells[3] for cells in table if cells[3]}.pop()


@pytest.mark.parametrize(
    ("locator", "zh", "en"),
    [
        ("p.html chars 3-9", "3–9 字", "3–9"),
        ("p.pdf page 2, chars 3-9", "第 2 页 3–9 字", "p. 2, 3–9"),
        (None, "", ""),
    ],
)
def test_a_place_is_told_without_the_file(locator: str | None, zh: str, en: str) -> None:
    said = fact("declare", locator=locator)
    assert (wording.where(said, "zh"), wording.where(said, "en")) == (zh, en)
