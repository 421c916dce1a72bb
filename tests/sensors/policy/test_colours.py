import pytest

from hongxian.sensors.policy.colours import Colour, colour_of, contrast, ground_of


@pytest.mark.parametrize(
    ("value", "colour"),
    [
        ("#333", (51, 51, 51)),
        ("#FFAA00", (255, 170, 0)),
        ("#abcf", (170, 187, 204)),
        ("#112233ff", (17, 34, 51)),
        (" White ", (255, 255, 255)),
        ("rgb(1, 2, 300)", (1, 2, 255)),
        ("rgb(12 34 56 / 100%)", (12, 34, 56)),
        ("rgba(0,0,0,1)", (0, 0, 0)),
    ],
)
def test_colours_as_pages_write_them(value: str, colour: Colour) -> None:
    assert colour_of(value) == colour


@pytest.mark.parametrize(
    "value", ["rgba(0,0,0,.5)", "#00000080", "#0008", "var(--text)", "hsl(1,2%,3%)", "#12", ""]
)
def test_a_colour_that_lets_others_through_or_is_not_understood_is_unknown(value: str) -> None:
    assert colour_of(value) is None


@pytest.mark.parametrize(
    ("value", "ground"),
    [
        ("#fff no-repeat", {"ground": (255, 255, 255)}),
        ("rgb(0, 0, 0)", {"ground": (0, 0, 0)}),
        ("url(a.png) #fff", {"ground": None}),
        ("linear-gradient(#fff, #000)", {"ground": None}),
        ("var(--ground)", {"ground": None}),
        ("transparent", {}),
        ("no-repeat transparent", {}),
        ("none", {}),
    ],
)
def test_what_a_background_says_of_the_ground(value: str, ground: dict[str, object]) -> None:
    assert ground_of(value) == ground


def test_contrast_as_wcag_works_it_out() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == 21
    assert contrast((255, 255, 255), (255, 255, 255)) == 1
    assert contrast((255, 255, 255), (119, 119, 119)) == 4.48
    assert contrast((5, 5, 5), (255, 255, 255)) == pytest.approx(20.38, abs=0.05)
