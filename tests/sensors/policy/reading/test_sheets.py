import pytest
from selectolax.lexbor import LexborHTMLParser

from hongxian.sensors.policy.reading.sheets import rules_of

BODY = (
    "<div id=main class='text wide'><p>a</p><section><p class=small>b</p></section></div>"
    "<p title=x>c</p>"
)


def told(css: str, body: str = BODY, media: str = "") -> dict[str, dict[str, str]]:
    """What the sheet says of each paragraph, by its text."""
    tree = LexborHTMLParser(f"<style {media}>{css}</style>{body}")
    rules = rules_of(tree, tree.html.count("<") if tree.html else 0)
    return {node.text(): rules.get(node.mem_id, {}) for node in tree.css("p")}


def sizes(css: str, media: str = "") -> list[str | None]:
    return [one.get("font-size") for one in told(css, media=media).values()]


@pytest.mark.parametrize(
    ("selector", "hit"),
    [
        ("p", "abc"),
        (".text p", "ab"),
        (".text > p", "a"),
        ("#main section p.small", "b"),
        ("p.small, p[title=x]", "bc"),
        ("*", "abc"),
        (".missing p", ""),
        ("p:hover", ""),
        ("p + p", ""),
        ("p:not(.small)", ""),
        ("p..", ""),
    ],
)
def test_selectors_fall_on_their_elements(selector: str, hit: str) -> None:
    rules = told(f"{selector} {{ font-size: 9px }}")
    assert "".join(text for text, rule in rules.items() if rule) == hit


def test_the_weightier_selector_wins_then_the_later_rule() -> None:
    assert sizes("#main p {font-size:8px} p {font-size:9px} p.small {font-size:7px}") == [
        "8px", "8px", "9px",
    ]  # fmt: skip
    assert sizes("p {font-size:8px} p {font-size:9px}") == ["9px"] * 3


def test_rules_that_hold_elsewhere_are_left_out() -> None:
    assert sizes("@media print { p {font-size:8px} } p {font-size:9px}") == ["9px"] * 3
    assert sizes("@media (max-width: 600px) { p {font-size:8px} }") == [None] * 3
    assert sizes("@font-face { font-size: 8px } @import 'a.css'; p {font-size:9px}") == ["9px"] * 3
    assert sizes("p {font-size:8px}", media="media=print") == [None] * 3


def test_rules_for_the_screen_are_kept() -> None:
    assert sizes("@media screen { p {font-size:8px} }") == ["8px"] * 3
    assert sizes("p {font-size:8px}", media="media='screen'") == ["8px"] * 3


def test_comments_and_unclosed_rules_are_passed_over() -> None:
    assert sizes("/* p {font-size:1px} */ p {font-size:9px} /* open") == ["9px"] * 3
    assert sizes("<!-- p {font-size:9px} -->") == ["9px"] * 3
    assert sizes("p {font-size:9px} } } p {font-size:8px") == ["9px"] * 3


def test_a_page_without_sheets_has_no_rules() -> None:
    assert rules_of(LexborHTMLParser("<p>a</p>"), 4) == {}


def test_the_work_is_bounded() -> None:
    depth = 400
    body = "<div class=a>" * depth + "<p>a</p>" * 200
    css = "".join(f".a .a .a p {{font-size:{n}px}}" for n in range(1, 2000))
    assert told(css, body)["a"].keys() <= {"font-size"}
