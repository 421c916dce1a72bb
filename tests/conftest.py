"""Fixtures that several folders of tests share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from bench.fetch_apks import fetch

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def real_apks() -> dict[str, Path]:
    """Real APKs by name, such as ``Yosemite.apk``; fetched on first use, then cached."""
    return fetch()
