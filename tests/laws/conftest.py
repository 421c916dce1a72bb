"""Each test reads the lists itself, whatever other tests have read before."""

from __future__ import annotations

import pytest

from hongxian.laws import libraries


@pytest.fixture(autouse=True)
def _unread() -> None:
    libraries.load_libraries.cache_clear()
