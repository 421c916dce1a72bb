"""Each test reads the catalogues itself, whatever other tests have read before."""

from __future__ import annotations

import pytest

from hongxian.sensors.app.catalogue import (
    apis,
    edges,
    entries,
    gates,
    known_uses,
    permissions_used,
    source,
    whole,
)


@pytest.fixture(autouse=True)
def _unread() -> None:
    for module in (source, apis, edges, entries, gates, known_uses, permissions_used, whole):
        for value in vars(module).values():
            if hasattr(value, "cache_clear"):
                value.cache_clear()
