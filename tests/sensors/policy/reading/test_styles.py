import pytest

from hongxian.sensors.policy.document import Look
from hongxian.sensors.policy.reading.styles import NONE, Style, apply, look_of, style_of

FOUND = Style(font_px=10, spacing=1.5, colour=(0, 0, 0), ground=(255, 255, 255))


def test_a_style_as_the_look_of_a_block() -> None:
    assert look_of(FOUND) == Look(font_px=10, contrast=21, line_spacing=1.5)
    assert look_of(Style(font_px=10, line_px=14)) == Look(font_px=10, line_spacing=1.4)
    assert look_of(NONE) == Look()


def test_an_element_without_a_word_of_style_is_as_what_is_around_it() -> None:
    assert style_of(FOUND, "p", {}, None) is FOUND


@pytest.mark.parametrize("tag", ["b", "strong", "u", "th", "h3"])
def test_elements_that_set_bold(tag: str) -> None:
    assert style_of(NONE, tag, {}, None).bold


def test_a_browser_s_own_sizes_are_not_known() -> None:
    assert style_of(FOUND, "small", {}, None).font_px is None
    assert style_of(FOUND, "h1", {"style": "font-size: 30px"}, None).font_px == 30


def test_attributes_of_old_pages() -> None:
    font = style_of(NONE, "font", {"size": "2", "color": "#888"}, None)
    assert (font.font_px, font.colour) == (13, (136, 136, 136))
    assert style_of(NONE, "font", {"size": "-2"}, None).font_px == 10
    assert style_of(NONE, "font", {"size": "+9"}, None).font_px == 48
    assert style_of(FOUND, "font", {"size": "big"}, None).font_px == 10
    for odd in ("--9", "+-1", "²", "999"):
        assert style_of(FOUND, "font", {"size": odd}, None).font_px == 10
    assert style_of(NONE, "td", {"bgcolor": "black"}, None).ground == (0, 0, 0)


def test_the_style_attribute_stands_above_the_sheets() -> None:
    rules = {"font-size": "20px", "color": "red"}
    style = style_of(NONE, "p", {"style": "font-size: 9px"}, rules)
    assert (style.font_px, style.colour) == (9, (255, 0, 0))


@pytest.mark.parametrize(
    "given", [{"hidden": None}, {"style": "display:none"}, {"style": "visibility: hidden"}]
)
def test_hidden_text(given: dict[str, str | None]) -> None:
    assert style_of(NONE, "div", given, None).hidden


def test_what_is_visible_again_inside_of_something_invisible() -> None:
    invisible = apply(NONE, {"visibility": "hidden"})
    assert not apply(invisible, {"visibility": "visible"}).hidden
    gone = apply(NONE, {"display": "none"})
    assert apply(gone, {"display": "block"}).hidden


@pytest.mark.parametrize(
    ("value", "bold"), [("bold", True), ("700", True), ("bolder", True), ("400", False)]
)
def test_weights(value: str, bold: bool) -> None:
    assert apply(NONE, {"font-weight": value}).bold is bold
    assert apply(Style(bold=True), {"font-weight": "inherit"}).bold


def test_an_underline_marks_as_bold_does() -> None:
    assert apply(NONE, {"text-decoration": "underline dotted"}).bold
    assert not apply(NONE, {"text-decoration": "none"}).bold


def test_display_says_for_one_element_whether_it_is_a_block() -> None:
    span = apply(NONE, {"display": "block"})
    assert span.block
    assert style_of(span, "i", {}, None).block is None
    assert apply(NONE, {"display": "inline-block"}).block is False
    assert apply(NONE, {"display": "contents"}).block is None


def test_line_breaks_of_the_source_are_kept_where_the_page_says_so() -> None:
    assert apply(NONE, {"white-space": "pre-wrap"}).lines
    assert not apply(Style(lines=True), {"white-space": "normal"}).lines


def test_what_is_inherited_stays_and_what_is_not_understood_becomes_unknown() -> None:
    assert apply(FOUND, {"color": "inherit"}).colour == (0, 0, 0)
    assert apply(FOUND, {"color": "var(--x)"}).colour is None
    assert apply(FOUND, {"line-height": "normal"}).spacing is None
    assert apply(FOUND, {"z-index": "3"}) is FOUND
