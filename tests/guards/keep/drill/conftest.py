"""Scratch servers of tests, which are ended whatever becomes of a test."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest

from hongxian.guards.keep.drill.scratch import ScratchServer


@pytest.fixture
def ended() -> Iterator[list[ScratchServer]]:
    """Those that are to end with the test."""
    made: list[ScratchServer] = []
    yield made
    for one in made:
        one.end(signal.SIGKILL)
