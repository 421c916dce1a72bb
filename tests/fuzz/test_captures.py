"""Readers of captures: mutated, hostile and random inputs end in one line at worst."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.fuzz.captures import CAPTURES, SLOW
from tests.fuzz.readers import READERS, Fuzzed, run

from hongxian.errors import ArtefactError

INPUTS = {"har": 1500, "mitm": 1500, "packet": 1500, "pcap": 15}
SIZE = 1 << 20


@pytest.mark.parametrize("name", CAPTURES)
def test_mutated_captures_are_read_or_refused_in_one_line(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(READERS, name, CAPTURES[name])
    count = run(name, INPUTS[name])
    assert count.inputs == INPUTS[name]
    assert count.refused < INPUTS[name]


@pytest.mark.parametrize("name", CAPTURES)
def test_the_seeds_themselves_are_read(name: str) -> None:
    for seed in CAPTURES[name].seeds():
        CAPTURES[name].read(seed)


@pytest.mark.parametrize(("name", "frame", "piece"), SLOW)
def test_large_captures_made_to_be_slow_are_read_or_refused(
    name: str, frame: bytes, piece: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = frame.replace(b"%s", piece * (SIZE // len(piece)))
    large = Fuzzed(CAPTURES[name].read, lambda: [data], lambda seeds, _: seeds[0])
    monkeypatch.setitem(READERS, name, large)
    assert run(name, 1).inputs == 1


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(["har", "mitm", "packet"]), st.integers(0, 3), st.binary(max_size=300))
def test_any_bytes_behind_a_good_beginning(name: str, seed: int, data: bytes) -> None:
    seeds = CAPTURES[name].seeds()
    with contextlib.suppress(ArtefactError):
        CAPTURES[name].read(seeds[seed % len(seeds)][:200] + data)
