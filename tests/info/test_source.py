from __future__ import annotations

from datetime import date

from hongxian.info.source import CONFIDENCES, confidence_word, covers, read


def test_a_list_is_read_from_the_data_of_its_package() -> None:
    assert read("hongxian.info", "sensitivity")["standard"]
    assert read("hongxian.laws", "documents")["document"]


def test_memory_alone_prints_as_unverified() -> None:
    assert confidence_word("M", "zh") == "未核实"
    assert confidence_word("M", "en") == "unverified"
    assert all(confidence_word(one, lang) for one in CONFIDENCES for lang in ("zh", "en"))


def test_a_validity_includes_its_first_and_last_day() -> None:
    first, last = date(2017, 6, 1), date(2025, 12, 31)
    assert covers(first, first, last)
    assert covers(last, first, last)
    assert not covers(date(2026, 1, 1), first, last)
    assert not covers(date(2017, 5, 31), first, last)
    assert covers(date(2099, 1, 1), first, None)


def test_without_a_first_day_nothing_is_in_force() -> None:
    assert not covers(date(2026, 1, 1), None, None)
