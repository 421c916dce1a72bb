"""The offset between two clocks, and how wrong it can be."""

from __future__ import annotations

from itertools import count

import pytest
from tests.sensors.session.record.fake_adb import FakeAdb

from hongxian.sensors.session.record.adb import Device, LostError
from hongxian.sensors.session.record.clock import COMMAND, Offset, read_offset


def test_the_quickest_of_several_readings_counts(adb: FakeAdb, device: Device) -> None:
    adb.answers[COMMAND] = b"1795482005.500000000\n"
    times = iter([0.0, 4.0, 10.0, 10.5, 20.0, 23.0, 30.0, 33.0, 40.0, 43.0])
    offset = read_offset(device, lambda: 1795482000.0 + next(times))
    assert offset.ahead == pytest.approx(5.5 - 10.25)
    assert offset.uncertainty == pytest.approx(0.25)


def test_a_shell_that_tells_whole_seconds_is_surer_of_less(adb: FakeAdb, device: Device) -> None:
    adb.answers[COMMAND] = b"1795482005.N\n"
    offset = read_offset(device, lambda: 1795482000.0)
    assert (offset.ahead, offset.uncertainty) == (5.5, 0.5)


def test_clocks_drift_between_two_readings() -> None:
    joined = Offset(5.0, 0.1).joined(Offset(5.4, 0.05))
    assert joined.ahead == pytest.approx(5.2)
    assert joined.uncertainty == pytest.approx(0.3)


def test_a_device_without_a_time_is_told(adb: FakeAdb, device: Device) -> None:
    adb.answers[COMMAND] = b"date: bad format\n"
    ticks = count()
    with pytest.raises(LostError, match="no_time"):
        read_offset(device, lambda: float(next(ticks)))
