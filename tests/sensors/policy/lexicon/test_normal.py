"""Text made even, character for character."""

from hypothesis import given
from hypothesis import strategies as st

from hongxian.sensors.policy.lexicon.normal import normalise, squeeze


@given(st.text())
def test_the_length_stays(text) -> None:
    assert len(normalise(text)) == len(text)


@given(st.text(alphabet="您a 　信\n\t\u200b，1"))
def test_every_character_left_is_found_again(text) -> None:
    even = squeeze(text)
    assert len(even.index) == len(even.text)
    assert all(
        normalise(text)[place] == char for place, char in zip(even.index, even.text, strict=True)
    )


def test_width_case_and_traditional_characters() -> None:
    assert normalise("ＩＭＥＩ與ＭＡＣ（位址）") == "imei与mac（位址）"


def test_a_letter_that_grows_in_lower_case_stays_as_it_is() -> None:
    assert len(normalise("İstanbul")) == 8


def test_spaces_go_around_chinese_and_stay_in_english() -> None:
    assert squeeze("MAC 地址 是  a  b").text == "mac地址是a b"


def test_spans_lead_back_to_the_document() -> None:
    even = squeeze("您的 手 机 号")
    start = even.text.index("手机号")
    assert even.span(start, start + 3) == (3, 8)
