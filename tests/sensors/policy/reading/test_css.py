import pytest

from hongxian.sensors.policy.reading.css import declarations, size_of, spacing_of


def test_the_wanted_declarations_are_kept_the_last_of_each() -> None:
    told = declarations("Font-Size: 12PX; margin: 0; color:#333; color: #999; nonsense")
    assert told == {"font-size": "12px", "color": "#999"}


def test_an_important_declaration_stands_against_later_ones() -> None:
    assert declarations("color: red !important; color: blue") == {"color": "red"}
    assert declarations("color: red !important; color: blue!important") == {"color": "blue"}


def test_the_short_form_for_fonts_sets_size_height_and_weight() -> None:
    assert declarations("font: bold 12px/1.5 SimSun, serif") == {
        "font-weight": "bold", "font-size": "12px", "line-height": "1.5",
    }  # fmt: skip
    assert declarations("font: 14px Arial") == {
        "font-weight": "normal", "font-size": "14px", "line-height": "normal",
    }  # fmt: skip
    assert declarations("font: inherit") == {"font-weight": "normal"}


@pytest.mark.parametrize(
    ("value", "around", "px"),
    [
        ("12px", None, 12),
        ("9pt", None, 12),
        (".5in", None, 48),
        ("small", None, 13),
        ("1.5em", 10, 15),
        ("80%", 20, 16),
        ("inherit", 11, 11),
        ("1.5em", None, None),
        ("1rem", 16, None),
        ("3vw", 16, None),
        ("0px", None, None),
        ("-4px", None, None),
        ("calc(1px + 2px)", None, None),
        ("larger", 12, None),
    ],
)
def test_font_sizes_in_pixels(value: str, around: float | None, px: float | None) -> None:
    assert size_of(value, around) == px


@pytest.mark.parametrize(
    ("value", "spacing"),
    [
        ("1.5", (1.5, None)),
        ("1.2em", (1.2, None)),
        ("150%", (1.5, None)),
        ("24px", (None, 24)),
        ("18pt", (None, 24)),
        ("normal", (None, None)),
        ("0", (None, None)),
    ],
)
def test_line_heights(value: str, spacing: tuple[float | None, float | None]) -> None:
    assert spacing_of(value, 12) == spacing
