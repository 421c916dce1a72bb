"""Sentences by their punctuation."""

from hongxian.sensors.policy.lexicon.text import Breaks


def test_the_sentence_around_a_place() -> None:
    text = "一二。三四五\n六"
    assert Breaks(text).around(0) == (0, 2)
    assert Breaks(text).around(4) == (3, 6)
    assert Breaks(text).around(7) == (7, 8)


def test_a_full_stop_in_a_number_ends_nothing() -> None:
    text = "v1.2 is out. Next"
    assert Breaks(text).around(0) == (0, 11)


def test_a_text_without_punctuation_is_cut() -> None:
    start, end = Breaks("字" * 5000).around(2500)
    assert start < 2500 < end
    assert end - start < 1000
