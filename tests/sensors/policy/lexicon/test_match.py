"""Which hits of the automaton stand."""

from hongxian.sensors.policy.lexicon.match import Hit, find_hits, select
from hongxian.sensors.policy.lexicon.normal import squeeze


def texts(text, kind) -> list[str]:
    even = squeeze(text)
    return [even.text[hit.start : hit.end] for hit in find_hits(even, text).get(kind, [])]


def test_the_leftmost_longest_stands() -> None:
    hits = [Hit(0, 2, "a", 1), Hit(0, 4, "b", 1), Hit(3, 6, "c", 1), Hit(4, 6, "d", 1)]
    assert [hit.key for hit in select(hits)] == ["b", "d"]


def test_a_longer_word_hides_what_lies_inside_it() -> None:
    assert select([Hit(1, 3, "a", 1)], [(0, 3)]) == []
    assert select([Hit(1, 4, "a", 1)], [(0, 3)]) == [Hit(1, 4, "a", 1)]


def test_english_words_have_edges_and_plurals() -> None:
    assert texts("macro cookies emailing passwords", "info") == ["cookies", "passwords"]


def test_chinese_needs_no_edges() -> None:
    assert texts("您的IMEI号", "info") == ["imei号"]


def test_hyphen_and_space_are_one() -> None:
    assert texts("wifi名称 wi-fi名称 Wi Fi名称", "info") == ["wifi名称", "wi-fi名称", "wi fi名称"]


def test_a_name_that_is_a_common_word_needs_its_capital() -> None:
    assert "adjust" not in texts("you may adjust settings", "party")
    assert "adjust" in texts("we use Adjust for attribution", "party")
