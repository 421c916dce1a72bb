import pytest

from hongxian.sensors.policy.reading import Limits, ReadingError, read_bytes
from hongxian.sensors.policy.reading.faults import LIMITS
from hongxian.sensors.policy.reading.html_bounds import check_bounds


def test_a_page_with_too_many_tags_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(ReadingError, match="more than 100000 HTML tags"):
        read_bytes("p.html", b"<p>a" * 100_001)


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td", "ul><li", "section"])
def test_a_page_nested_too_deep_is_refused(tag: str) -> None:
    with pytest.raises(ReadingError, match=r"nested more than 1000 deep|left open"):
        read_bytes("p.html", f"<{tag}>".encode() * 5_000)


def test_formatting_left_open_is_refused_where_it_would_cost() -> None:
    with pytest.raises(ReadingError, match="too many formatting tags"):
        check_bounds("<b>" * 500 + "<p>x</p>" * 3_000, "p", LIMITS)


def test_what_looks_like_tags_in_scripts_comments_and_text_areas_counts_not() -> None:
    few = Limits(depth=10)
    script = "<script>" + "'<div>'+" * 2_000 + "</script><p>a</p>"
    check_bounds(script, "p", few)
    check_bounds("<!--" + "<div>" * 2_000 + "--><p>a</p>", "p", few)
    check_bounds("<p>a</p><!--" + "<div>" * 2_000, "p", few)
    check_bounds("<textarea>" + "<div>" * 2_000, "p", few)


def test_an_ordinary_long_page_is_let_through() -> None:
    check_bounds("<div><p><b>a</b><br></p></div>" * 10_000, "p", LIMITS)
