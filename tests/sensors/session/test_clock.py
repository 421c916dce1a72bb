import math
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hongxian.sensors.session.bundle.manifest import Clock
from hongxian.sensors.session.clock import Clocks, Instant, as_date, zone_of

AHEAD = Clocks(offset=2.0, uncertainty=0.5)


def test_all_times_are_told_on_the_hosts_clock() -> None:
    assert AHEAD.seconds(Instant(device=12.0)) == 10.0
    assert AHEAD.seconds(Instant(device=99.0, host=10.0)) == 10.0
    assert AHEAD.seconds(Instant()) is None
    assert AHEAD.utc(Instant(device=12.0)) == datetime(1970, 1, 1, 0, 0, 10)  # noqa: DTZ001


def test_one_clock_is_certain_and_two_are_as_uncertain_as_the_offset() -> None:
    assert AHEAD.apart(Instant(device=5.0), Instant(device=4.0)) == (1.0, 0.0)
    assert AHEAD.apart(Instant(host=5.0), Instant(device=1.0, host=4.0)) == (1.0, 0.0)
    assert AHEAD.apart(Instant(device=7.0), Instant(host=4.0)) == (1.0, 0.5)
    assert AHEAD.apart(Instant(host=5.0, blur=0.25), Instant(host=4.0, blur=0.5)) == (1.0, 0.75)
    assert AHEAD.apart(Instant(), Instant(host=4.0)) is None


def test_an_offset_that_nobody_measured_can_be_anything() -> None:
    clocks = Clocks.of(Clock(offset=2.0))
    assert clocks.apart(Instant(device=7.0), Instant(host=4.0)) == (1.0, math.inf)


def test_instants_know_whether_they_have_a_time() -> None:
    assert Instant(host=1.0).known
    assert not Instant().known


def test_zones_have_names_or_differences() -> None:
    assert zone_of("+08:00").utcoffset(None) == timedelta(hours=8)
    assert zone_of("-0330").utcoffset(None) == -timedelta(hours=3, minutes=30)
    assert zone_of("Asia/Shanghai").key == "Asia/Shanghai"
    assert zone_of("no/where").utcoffset(None) == timedelta(0)
    assert zone_of("+99").utcoffset(None) == timedelta(0)


@given(st.floats() | st.none())
def test_what_is_no_date_is_none(seconds) -> None:
    found = as_date(seconds)
    assert found is None or found.tzinfo is None


@given(st.text(max_size=12))
def test_any_zone_can_be_asked_for(name: str) -> None:
    zone_of(name)
