"""A fake adb server for the tests of the recorder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.sensors.session.record.fake_adb import SERIAL, FakeAdb

from hongxian.sensors.session.record.adb import Device

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def adb(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeAdb]:
    server = FakeAdb().use(monkeypatch)
    yield server
    server.die()


@pytest.fixture
def device(adb: FakeAdb) -> Device:
    assert adb.port
    return Device(SERIAL)
