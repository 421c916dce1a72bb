from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.guards.keep.vaults import DAY, Machine

from hongxian.guards.keep.vault.clock import Readings, VaultClock


def test_it_goes_with_the_machine(tmp_path: Path) -> None:
    machine = Machine()
    clock = machine.clock(tmp_path / "clock.json")
    assert clock.tick() is None
    began = clock.now()
    machine.passes(3600)
    assert clock.now() - began == 3600
    assert clock.tick() is None


@pytest.mark.parametrize("jump", [40 * DAY, -40 * DAY, 301.0, -301.0])
def test_a_wall_clock_that_was_set_moves_nothing_and_is_told(tmp_path: Path, jump: float) -> None:
    machine = Machine()
    clock = machine.clock(tmp_path / "clock.json")
    clock.tick()
    began = clock.now()
    machine.wall += jump
    machine.passes(60)
    told = clock.tick()
    assert told is not None
    assert round(told.ahead) == jump
    assert clock.now() - began == 60


def test_a_person_accepts_a_jump_by_name(tmp_path: Path) -> None:
    machine = Machine()
    clock = machine.clock(tmp_path / "clock.json")
    clock.tick()
    machine.wall += 5 * DAY
    assert clock.accept("Li Lei") == 5 * DAY
    assert clock.tick() is None
    assert clock.now() == machine.wall
    assert json.loads((tmp_path / "clock.log").read_text())["who"] == "Li Lei"


def test_it_never_goes_back_even_when_a_person_says_so(tmp_path: Path) -> None:
    machine = Machine()
    clock = machine.clock(tmp_path / "clock.json")
    clock.tick()
    began = clock.now()
    machine.wall -= DAY
    assert clock.accept("Han Meimei") == 0
    assert clock.now() == began


def test_a_short_while_switched_off_is_believed_once_a_day(tmp_path: Path) -> None:
    machine = Machine()
    clock = machine.clock(tmp_path / "clock.json")
    clock.tick()
    for boot, believed in (("second", True), ("third", False)):
        machine.boot, machine.up = boot, 20.0
        machine.wall += 1820
        told = clock.tick()
        assert (told is None) == believed
    machine.passes(DAY + 60)
    clock.accept("Li Lei")
    machine.boot, machine.up = "fourth", 20.0
    machine.wall += 1820
    assert clock.tick() is None


def test_a_long_while_switched_off_waits_for_a_person(tmp_path: Path) -> None:
    machine = Machine()
    clock = machine.clock(tmp_path / "clock.json")
    clock.tick()
    began = clock.now()
    machine.boot, machine.up = "second", 30.0
    machine.wall += 30 * DAY
    assert clock.tick() is not None
    assert clock.now() - began == 30


def test_a_small_difference_is_followed_slowly(tmp_path: Path) -> None:
    machine = Machine()
    clock = machine.clock(tmp_path / "clock.json")
    clock.tick()
    machine.wall += 100
    machine.passes(1000)
    assert clock.tick() is None
    assert 0 < clock.now() - (1_800_000_000 + 1000) <= 0.5


@pytest.mark.parametrize("left", [None, "", "{}", "[1]"])
def test_a_lost_file_begins_at_the_latest_time_known(tmp_path: Path, left: str | None) -> None:
    if left is not None:
        (tmp_path / "clock.json").write_text(left)
    machine = Machine()
    clock = machine.clock(tmp_path / "clock.json", floor=machine.wall - 90 * DAY)
    clock.tick()
    assert clock.now() == machine.wall - 90 * DAY
    assert clock.tick() is not None


@given(st.lists(st.tuples(st.sampled_from(["wall", "passes", "boot", "tick"]),
                          st.floats(-1e7, 1e7)), max_size=30))  # fmt: skip
def test_nothing_turns_it_back_or_hurries_it(tmp_path_factory, acts) -> None:
    machine = Machine()
    clock = machine.clock(tmp_path_factory.mktemp("c") / "clock.json")
    clock.tick()
    began = latest = clock.now()
    lived = 0.0
    for act, amount in acts:
        if act == "wall":
            machine.wall += amount
        elif act == "passes":
            machine.passes(abs(amount))
            lived += abs(amount)
        elif act == "boot":
            machine.boot, machine.up = machine.boot + "x", 0.0
        else:
            clock.tick()
        clock.tick()
        assert clock.now() >= latest
        latest = clock.now()
    assert latest - began <= lived * 1.001 + clock.longest_off * (1 + lived / DAY) + 1


def test_the_machine_itself_is_read(tmp_path: Path) -> None:
    readings = Readings()
    clock = VaultClock(tmp_path / "clock.json")
    clock.tick()
    assert abs(clock.now() - readings.wall()) < 60
    assert len(readings.boot()) == 36
