import pytest

from hongxian.sensors.policy.reading.faults import LIMITS, Limits, ReadingError
from hongxian.sensors.policy.reading.html_survey import Survey, survey


def look(page: str) -> Survey:
    return survey(page, "p.html", LIMITS)


def test_title_pictures_scripts_and_mounts_are_counted() -> None:
    found = look(
        "<title> 隐私\n政策 </title><script src=a></script><script>b</script><div id=app></div>"
        "<div></div><main id=root> </main><img src=a><svg><path/></svg><canvas></canvas>"
    )
    assert found.title == "隐私 政策"
    assert (found.images, found.scripts, found.mounts) == (3, 2, 1)


def test_a_page_without_a_title_has_none() -> None:
    assert look("<p>a").title is None
    assert look("<title> </title><p>a").title is None
    assert look("").body is not None


def test_tables_with_headings_or_tables_inside_lay_out_the_page() -> None:
    page = "<table id=1><tr><td><table id=2><tr><td>a</table></table>"
    found = look(f"{page}<table id=3><tr><td><h2>b</h2></table>")
    ids = {node.attributes["id"] for node in found.tree.css("table") if node.mem_id in found.layout}
    assert ids == {"1", "3"}


def test_styles_are_found_by_element() -> None:
    found = look("<style>p {font-size:9px}</style><p>a</p>")
    (rule,) = found.rules.values()
    assert rule == {"font-size": "9px"}


def test_the_path_to_the_body_starts_at_the_root() -> None:
    found = look("<html><body><p>a")
    assert found.body is not None
    assert [node.tag for node in found.path(found.body)] == ["html", "body"]


def test_depth_that_only_the_parser_shows_is_refused() -> None:
    # unclosed paragraphs of a table do not nest in the source's own count
    page = "<table><tr><td>" * 30
    with pytest.raises(ReadingError, match="nested more than 20 deep"):
        survey(page, "p.html", Limits(depth=20))
