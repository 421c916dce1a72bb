from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hongxian.info.tagging.grams import (
    WordTable,
    code_points,
    hash_grams,
    hash_words,
    is_han,
    read_clues,
)

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=4)


def table(*words: str) -> WordTable:
    return WordTable(hash_words(list(words)), np.arange(1, 1 + len(words), dtype=np.uint8))


def test_a_word_is_found_where_it_begins_in_a_text() -> None:
    hashes = hash_grams(code_points("我在杭州西湖"), 2)
    assert table("杭州", "西湖").classes(hashes).tolist() == [0, 0, 1, 0, 2, 0]


def test_words_of_different_lengths_are_kept_apart() -> None:
    known = table("杭州", "杭州市")
    assert known.classes(hash_words(["杭州", "杭州市", "杭"])).tolist() == [1, 2, 0]


def test_of_a_word_told_twice_the_last_class_counts() -> None:
    known = WordTable(hash_words(["高峰", "高峰"]), np.array([1, 6], np.uint8))
    assert known.classes(hash_words(["高峰"])).tolist() == [6]


@given(st.lists(HAN, min_size=1, max_size=30, unique=True), st.text(max_size=40))
def test_a_hash_within_a_text_is_that_of_the_word(words, around) -> None:
    for word, value in zip(words, hash_words(words), strict=True):
        text = around + word
        place = len(text) - len(word)
        assert hash_grams(code_points(text), len(word))[place] == value


def test_characters_beyond_the_basic_plane_and_lone_surrogates_are_read() -> None:
    codes = code_points("𠮷\ud800a")
    assert codes.tolist() == [0xFFFF, 0xD800, ord("a")]


def test_chinese_characters_are_told_from_kana_and_letters() -> None:
    assert is_han(code_points("中a。の〇龥")).tolist() == [True, False, False, False, True, True]


def test_clues_say_character_pair_and_words() -> None:
    characters = np.zeros(1 << 16, np.int32)
    characters[ord("杭")] = 7
    clues = read_clues(code_points("杭州"), characters, table("杭州"))
    assert clues.char.tolist() == [7, 0]
    assert [words.tolist() for words in clues.words] == [[1, 0], [0, 0], [0, 0]]
    other = read_clues(code_points("杭川"), characters, table("杭州"))
    assert clues.pair[0] != other.pair[0]


def test_a_text_shorter_than_a_gram_has_clues() -> None:
    assert hash_grams(code_points("一"), 4).shape == (1,)
    assert hash_grams(code_points(""), 3).shape == (0,)


def test_the_end_of_a_line_says_nothing_of_the_next_one() -> None:
    characters = np.zeros(1 << 16, np.int32)
    one, other = (
        read_clues(code_points(text), characters, table("\n州")) for text in ("\n州", "\n川")
    )
    assert one.pair[0] == other.pair[0]
    assert one.words[0][0] == 0
