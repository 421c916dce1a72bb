from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hongxian.sensors.app.dex.flow import Body, read_tries

RETURN = 0x000E


def test_a_branch_goes_both_ways_unless_it_is_cut() -> None:
    body = Body([0x0038, 3, 0x0000, RETURN])  # if-eqz v0 -> 3; nop; return
    assert body.running() == {0, 2, 3}
    assert body.running({(0, 2)}) == {0, 3}
    assert body.running({(0, 3), (0, 2)}) == {0}


def test_jumps_of_every_width() -> None:
    assert Body([0x0228, 0x0000, RETURN]).running() == {0, 2}
    assert Body([0x0029, 2, RETURN]).running() == {0, 2}
    assert Body([0x002A, 4, 0, 0x0000, RETURN]).running() == {0, 4}
    assert Body([0x0000, 0xFF28, RETURN]).running() == {0, 1}


def test_switches_reach_all_their_cases() -> None:
    packed = [0x002B, 4, 0, RETURN, 0x0100, 2, 0, 0, 3, 0, 3, 0]
    assert Body(packed).running() == {0, 3}
    sparse = [0x002C, 4, 0, RETURN, 0x0200, 1, 5, 0, 3, 0]
    assert Body(sparse).running() == {0, 3}


def test_a_handler_runs_only_when_its_block_does() -> None:
    units = [0x0228, RETURN, 0x0000, RETURN, RETURN]
    assert 4 in Body(units, [(2, 3, (4,))]).running()
    assert 4 not in Body(units, [(1, 2, (4,))]).running()


def test_written_registers() -> None:
    assert Body([0x050A]).written(0) == 5  # move-result v5
    assert Body([0x3512]).written(0) == 5  # const/4 v5, 3
    assert Body([RETURN]).written(0) is None


def test_tries_with_typed_and_catch_all_handlers() -> None:
    head = (1).to_bytes(4, "little") + (2).to_bytes(2, "little") + (1).to_bytes(2, "little")
    typed = bytes([1, 0x01, 7, 9])  # one list; one typed handler of type 7 at 9
    both = bytes([1, 0x7F, 7, 9, 11])  # one typed handler and a catch-all
    assert read_tries(b"\0" * 4 + head + typed, 0, 2, 1) == [(1, 3, (9,))]
    assert read_tries(b"\0" * 4 + head + both, 0, 2, 1) == [(1, 3, (9, 11))]
    assert read_tries(b"\0" * 4 + head[:3], 0, 2, 1) == []


@given(st.lists(st.integers(0, 0xFFFF), max_size=60))
def test_any_units_end(units: list[int]) -> None:
    body = Body(units)
    assert all(0 <= place < len(units) for place in body.running())
