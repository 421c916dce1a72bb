from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from hongxian.errors import HongxianError
from hongxian.info.source import CONFIDENCES, read
from hongxian.laws.documents import (
    KINDS,
    STATUSES,
    find_document,
    load_clauses,
    load_documents,
)


def clause(document: str, article: str, on: date) -> list[str]:
    return [
        one.text("en")
        for one in load_clauses()
        if (one.document.key, one.article) == (document, article) and one.in_force(on)
    ]


def test_every_document_is_named_dated_and_has_its_confidence() -> None:
    rows = read("hongxian.laws", "documents")["document"]
    documents = load_documents()
    assert len(rows) == len(documents) >= 44
    for one in documents.values():
        assert one.name("zh") != one.name("en")
        assert one.kind in KINDS
        assert one.status in STATUSES
        assert one.confidence in CONFIDENCES
        assert (one.valid_from is None) == (one.status == "draft")
        assert one.valid_to is None or (
            one.valid_from is not None and one.valid_from < one.valid_to
        )
        if len(one.issued) == len("2021-11-01"):
            assert date.fromisoformat(one.issued) <= (one.valid_from or date.max)


def test_the_weightiest_documents_come_first_and_drafts_last() -> None:
    keys = list(load_documents())
    assert keys[:3] == ["PIPL", "NDR", "CSL"]
    drafts = [one.status == "draft" for one in load_documents().values()]
    assert drafts == sorted(drafts)


def test_every_clause_is_complete_and_stands_once() -> None:
    seen = Counter(
        (one.document.key, one.article, one.topic_en, one.valid_from) for one in load_clauses()
    )
    assert [key for key, count in seen.items() if count > 1] == []
    for one in load_clauses():
        assert one.topic("zh")
        assert one.topic("en")
        assert one.text("zh")
        assert one.text("en")
        assert bool(one.limit("zh")) == bool(one.limit("en"))
        assert one.confidence in CONFIDENCES


def test_the_cybersecurity_law_has_old_and_new_numbers() -> None:
    last_day, first_day = date(2025, 12, 31), date(2026, 1, 1)
    assert "public rules" in clause("CSL", "41", last_day)[0]
    assert "public rules" in clause("CSL", "43", first_day)[0]
    assert clause("CSL", "41", first_day) == []
    assert clause("CSL", "43", last_day) == ["user right"]
    assert clause("CSL", "45", first_day) == ["user right"]
    assert "10,000-100,000" in clause("CSL", "59", last_day)[0]
    assert "50,000-500,000" in clause("CSL", "61", first_day)[0]


def test_a_draft_is_never_in_force() -> None:
    drafts = [one for one in load_clauses() if one.document.status == "draft"]
    assert drafts
    assert not any(one.in_force(date(2030, 1, 1)) for one in drafts)
    assert not load_documents()["APP2026"].in_force(date(2030, 1, 1))


@pytest.mark.parametrize(
    ("document", "article", "zh", "en"),
    [
        ("PIPL", "14", "《个人信息保护法》第14条", "PIPL art. 14"),
        ("PIPL", "28-30", "《个人信息保护法》第28条至第30条", "PIPL arts 28-30"),
        ("MIIT164", "2.1", "《纵深推进APP侵害用户权益专项整治行动的通知》 2.1", "MIIT164 2.1"),
        ("GB35273", "8.5", "《信息安全技术 个人信息安全规范》 8.5", "GB35273 8.5"),
        (
            "APP2026",
            "",
            "《互联网应用程序个人信息收集使用规定(征求意见稿)》",
            "APP2026",
        ),
    ],
)
def test_how_a_clause_is_cited(document: str, article: str, zh: str, en: str) -> None:
    one = next(
        one for one in load_clauses() if (one.document.key, one.article) == (document, article)
    )
    assert one.cite("zh") == zh
    assert one.cite("en") == en


def test_a_document_is_found_by_key_number_and_name() -> None:
    assert find_document("pipl").key == "PIPL"
    assert find_document("《个人信息保护法》").key == "PIPL"
    assert find_document("GB/T 45574-2025").key == "GB45574"
    assert find_document("网络安全法").key == "CSL"
    assert find_document("人脸识别技术").key == "FACE"


def test_an_unknown_or_unclear_name_is_one_line() -> None:
    with pytest.raises(HongxianError, match="no document 'GDPR'"):
        find_document("GDPR")
    with pytest.raises(HongxianError, match="fits several documents: "):
        find_document("个人信息")
