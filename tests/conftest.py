"""Fixtures that several folders of tests share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from bench.fetch_apks import fetch
from hypothesis import settings

if TYPE_CHECKING:
    from pathlib import Path

settings.register_profile("ours", deadline=None)  # machines are noisy: no test asserts a time
settings.load_profile("ours")


@pytest.fixture(scope="session")
def real_apks() -> dict[str, Path]:
    """Real APKs by name, such as ``Yosemite.apk``; fetched on first use, then cached."""
    return fetch()
