"""Waits of tests: for what is to come, never for a time."""

from __future__ import annotations

import time
from collections.abc import Callable

SECONDS = 120.0
"""Far above what anything takes on a loaded machine; who waits goes on at once when it is there."""


def until(fits: Callable[[], object], told: Callable[[], object] = str) -> None:
    """Wait until something is so.

    Args:
        fits: whether it is.
        told: what is said when it does not come.
    """
    ends = time.monotonic() + SECONDS
    while not fits():
        assert time.monotonic() < ends, told()
        time.sleep(0.02)
