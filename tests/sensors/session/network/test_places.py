import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.sensors.session.network.places import (
    fitting,
    paired,
    places_of,
    readings,
    scaled,
    to_bd,
    to_gcj,
)

PLACES = places_of(["39.904211,116.407395"])


def test_a_position_is_shifted_as_chinese_maps_do() -> None:
    # Tiananmen as published for the three systems (C, converters on the web agree to 1e-5)
    latitude, longitude = to_gcj(39.907375, 116.391349)
    assert math.isclose(latitude, 39.908778, abs_tol=2e-5)
    assert math.isclose(longitude, 116.397591, abs_tol=2e-5)
    north, east = to_bd(latitude, longitude)
    assert 0.005 < north - latitude < 0.008
    assert 0.005 < east - longitude < 0.008


@pytest.mark.parametrize(
    ("text", "decimals"),
    [
        ("39.904211,116.407395", 6),
        ('{"lng": 116.4074, "lat": 39.9042}', 4),
        ("39.904,116.407", 3),
        ("(39.90 116.41)", 2),
        ("{:.6f},{:.6f}".format(*to_gcj(39.904211, 116.407395)), 6),
        ("{:.5f},{:.5f}".format(*to_bd(*to_gcj(39.904211, 116.407395))), 5),
    ],
)
def test_a_position_is_found_rounded_and_shifted(text: str, decimals: int) -> None:
    pair = paired(readings(PLACES, text))
    assert pair is not None
    assert pair[1] == decimals


@pytest.mark.parametrize(
    "text",
    ["39.904211,117.5", "39.9042" + " " * 99 + "116.4074", "1.39.9042,116.4074", "39.9,116.4"],
)
def test_other_numbers_are_no_position(text: str) -> None:
    assert paired(readings(PLACES, text)) is None


def test_whole_millionths_are_degrees_too() -> None:
    assert [one.latitude for n in scaled("39904211") for one in fitting(PLACES, n)] == [True]
    assert scaled("39.9042") == ["39.9042"]
    assert scaled("text") == []


def test_a_test_value_that_is_no_position_is_left_out() -> None:
    assert places_of(["somewhere", "7"]) == []
    assert places_of(["116.4,39.9"])[0].latitude == 39.9


@given(st.floats(-89, 89), st.floats(-179, 179))
def test_any_position_is_found_again(latitude: float, longitude: float) -> None:
    places = places_of([f"{latitude:.6f},{longitude:.6f}"])
    assert paired(readings(places, f"{latitude:.6f},{longitude:.6f}"))
