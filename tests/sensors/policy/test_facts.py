from __future__ import annotations

from datetime import date

import pytest

from hongxian.sensors.policy.declarations import Declaration, Span
from hongxian.sensors.policy.document import Block, Document
from hongxian.sensors.policy.facts import EXCERPT, About, declared_facts, excerpt, section_facts
from hongxian.sensors.policy.findings import Finding

TEXT = (
    "友盟SDK会收集您的IMEI用于统计分析，保存30天。如有疑问，请致电13800138000。" + "补充说明" * 60
)
ABOUT = About("app:cn.example@1.0#0123456789ab", "f" * 64)


@pytest.fixture
def document() -> Document:
    return Document(
        name="policy.html", text=TEXT, blocks=(Block("paragraph", 0, len(TEXT)),),
        format="html", charset="utf-8", language="zh-Hans",
    )  # fmt: skip


def test_a_declaration_becomes_a_fact_with_its_clause(document: Document) -> None:
    said = Declaration(
        act="collect", info="device.imei", actor="umeng_analytics", purpose="statistics",
        days=30, condition="consent", possible=True, span=Span(0, 28),
    )  # fmt: skip
    (fact,) = declared_facts(ABOUT, document, [said])
    assert (fact.sensor, fact.kind, fact.item) == ("policy", "declare", "collect")
    assert (fact.info, fact.actor, fact.purpose) == ("device.imei", "umeng_analytics", "statistics")
    assert fact.party == "友盟同欣（北京）科技有限公司" or fact.party
    assert (fact.amount, fact.unit, fact.basis) == (30, "day", "consent")
    assert fact.locator == "policy.html chars 0-28"
    assert fact.detail["excerpt"] == TEXT[:28]
    assert fact.detail["possible"] is True
    assert "referred" not in fact.detail


def test_the_operator_has_no_party_of_its_own(document: Document) -> None:
    said = Declaration(act="share", info=None, actor="first_party", recipient="named:灯油公司")
    (fact,) = declared_facts(ABOUT, document, [said])
    assert (fact.party, fact.info, fact.recipient) == (None, None, "named:灯油公司")
    assert (fact.amount, fact.unit) == (None, None)


def test_a_part_becomes_a_fact_with_its_date_and_figure(document: Document) -> None:
    parts = [
        Finding(item="effective_date", start=0, end=4, day=date(2026, 3, 1)),
        Finding(item="response_time", start=0, end=4, amount=15, unit="working_day"),
    ]
    dated, timed = section_facts(ABOUT, document, parts)
    assert dated.effective_at is not None
    assert dated.effective_at.isoformat() == "2026-03-01T00:00:00"
    assert (timed.amount, timed.unit) == (15, "working_day")


def test_the_operator_is_the_party_of_its_section(document: Document) -> None:
    named = Finding(item="operator_identity", start=0, end=4, recipient="灯笼科技有限公司")
    abroad = Finding(item="cross_border", start=0, end=4, recipient="US")
    operator, border = section_facts(ABOUT, document, [named, abroad])
    assert (operator.party, operator.recipient) == ("灯笼科技有限公司", None)
    assert (border.party, border.recipient) == (None, "US")


def test_a_figure_of_the_whole_text_has_no_place(document: Document) -> None:
    length = Finding(item="length", start=0, end=0, amount=300, unit="character")
    (fact,) = section_facts(ABOUT, document, [length])
    assert fact.locator is None
    assert "excerpt" not in fact.detail


def test_a_quote_is_short_and_masked(document: Document) -> None:
    quote = excerpt(document, 28, len(TEXT))
    assert "13800138000" not in quote
    assert len(quote) == EXCERPT
    assert quote.endswith("…")
