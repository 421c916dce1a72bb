"""Readers of what a device prints: mutated, hostile and random inputs end in one line at worst."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.fuzz.devices import DEVICES, SLOW
from tests.fuzz.readers import READERS, Fuzzed, run

from hongxian.errors import ArtefactError

INPUTS = 1500
SIZE = 2 << 20


@pytest.mark.parametrize("name", DEVICES)
def test_mutated_outputs_are_read_or_refused_in_one_line(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(READERS, name, DEVICES[name])
    count = run(name, INPUTS)
    assert count.inputs == INPUTS
    assert count.refused < INPUTS


@pytest.mark.parametrize("name", DEVICES)
def test_the_seeds_themselves_are_read(name: str) -> None:
    for seed in DEVICES[name].seeds():
        DEVICES[name].read(seed)


@pytest.mark.parametrize(("name", "frame", "piece"), SLOW)
def test_large_outputs_made_to_be_slow_are_read_or_refused(
    name: str, frame: str, piece: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = frame.format(piece * (SIZE // len(piece))).encode()
    large = Fuzzed(DEVICES[name].read, lambda: [data], lambda seeds, _: seeds[0])
    monkeypatch.setitem(READERS, name, large)
    assert run(name, 1).inputs == 1


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(DEVICES)), st.integers(0, 3), st.binary(max_size=300))
def test_any_bytes_behind_a_good_beginning(name: str, seed: int, data: bytes) -> None:
    seeds = DEVICES[name].seeds()
    with contextlib.suppress(ArtefactError):
        DEVICES[name].read(seeds[seed % len(seeds)][:200] + data)
