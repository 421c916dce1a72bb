from __future__ import annotations

from hongxian.guards.keep.evidence.clock import TOLERANCE, TrustedClock


class Hands:
    def __init__(self) -> None:
        self.wall = 1_000.0
        self.steady = 5.0

    def pass_by(self, seconds: float) -> None:
        self.wall += seconds
        self.steady += seconds

    def clock(self, last: float = 0.0) -> TrustedClock:
        return TrustedClock(last, lambda: self.wall, lambda: self.steady)


def test_time_goes_on() -> None:
    hands = Hands()
    clock = hands.clock()
    hands.pass_by(10)
    assert clock.now() == 1_010.0
    assert clock.moved() == 0


def test_a_clock_that_is_set_back_gains_no_time() -> None:
    hands = Hands()
    clock = hands.clock()
    hands.wall -= 500
    hands.pass_by(10)
    assert clock.now() == 1_010.0
    assert clock.moved() == -500
    assert clock.moved() == 0, "told once"
    hands.wall -= 500
    assert clock.moved() == -1_000
    hands.wall += 1_000
    assert clock.moved() == 0
    hands.wall -= 500
    assert clock.moved() == -500


def test_a_clock_that_is_set_forward_is_believed_and_told() -> None:
    hands = Hands()
    clock = hands.clock()
    hands.wall += 500
    assert clock.now() == 1_500.0
    assert clock.moved() == 500
    assert clock.moved() == 0
    hands.wall -= 500
    hands.pass_by(10)
    assert clock.now() == 1_510.0, "and time that was there does not come again"


def test_small_steps_are_not_told() -> None:
    hands = Hands()
    clock = hands.clock()
    hands.wall += TOLERANCE
    assert clock.moved() == 0
    hands.wall -= TOLERANCE
    assert clock.moved() == 0


def test_it_goes_on_from_the_last_time_in_evidence() -> None:
    hands = Hands()
    clock = hands.clock(2_000.0)
    hands.pass_by(1)
    assert clock.now() == 2_001.0
    clock.not_before(3_000.0)
    clock.not_before(10.0)
    hands.pass_by(1)
    assert clock.now() == 3_001.0
