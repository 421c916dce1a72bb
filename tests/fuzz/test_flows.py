"""Bodies of network flows: mutated, and large ones made to be slow."""

from __future__ import annotations

import pytest
from tests.fuzz.flows import FLOWS, SLOW
from tests.fuzz.readers import READERS, Fuzzed, run

INPUTS = 1500
SIZE = 1 << 20


def test_mutated_bodies_are_taken_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(READERS, "flow", FLOWS["flow"])
    count = run("flow", INPUTS)
    assert (count.inputs, count.refused) == (INPUTS, 0)


@pytest.mark.parametrize("piece", SLOW)
def test_large_bodies_made_to_be_slow_are_taken_apart(
    piece: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = piece * (SIZE // len(piece))
    monkeypatch.setitem(
        READERS, "flow", Fuzzed(FLOWS["flow"].read, lambda: [data], lambda seeds, _: seeds[0])
    )
    assert run("flow", 1).inputs == 1
