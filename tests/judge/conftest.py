"""A store with one app that reads the IMEI before the person agrees."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from hongxian.facts import Coverage, Fact, Run, Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

APP = "app:com.example.lamp@1.0#0123456789ab"
ON = datetime(2026, 11, 1)  # noqa: DTZ001 - the store keeps times without a zone


def fill(store: Store, subject: str = APP) -> None:
    """Write what a test session saw of an app, as one run."""
    run = Run(sensor="session", subject=subject, started_at=ON)
    store.begin(run)
    read = Fact(
        subject=subject, sensor="session", kind="collect", item="TelephonyManager.getImei",
        info="device.imei", actor="first_party", phase="before_prompt", locator="frame 3",
        artefact="ab" * 32,
    )  # fmt: skip
    store.add_facts(run, [read])
    store.add_coverage(run, [Coverage(subject=subject, scope="session.start", status="ran")])
    store.finish(run)


@pytest.fixture
def store() -> Iterator[Store]:
    """A store in memory, filled."""
    opened = Store()
    fill(opened)
    yield opened
    opened.close()


@pytest.fixture
def filled() -> Callable[[Store], None]:
    """Fill another store."""
    return fill
