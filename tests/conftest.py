"""Fixtures that several folders of tests share."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from bench.fetch_apks import fetch
from hypothesis import settings

if TYPE_CHECKING:
    from pathlib import Path

settings.register_profile("ours", deadline=None)  # machines are noisy: no test asserts a time
settings.load_profile("ours")


@pytest.fixture(scope="module", autouse=True)
def _unread() -> None:
    """Each file of tests reads the product's lists itself, whatever others have read before."""
    ours = [module for name, module in sys.modules.items() if name.startswith("hongxian.")]
    for cached in {id(value): value for one in ours for value in vars(one).values()}.values():
        if hasattr(cached, "cache_clear"):
            cached.cache_clear()


@pytest.fixture(scope="session")
def real_apks() -> dict[str, Path]:
    """Real APKs by name, such as ``Yosemite.apk``; fetched on first use, then cached."""
    return fetch()
