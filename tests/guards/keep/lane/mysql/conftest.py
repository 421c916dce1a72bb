"""A MariaDB for the tests of its lane, and a lane that several of them share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.guards.keep.lane.mysql.harness import GuardedShop, Shop, running_shop
from tests.guards.keep.lane.test_link import certificate
from tests.sensors.store.sources.servers import folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    with folder() as place:  # which the server's own user can read
        made = tmp_path_factory.mktemp("tls")
        certificate(made)
        for name in ("tls.pem", "tls.key"):
            (place / name).write_bytes((made / name).read_bytes())
            (place / name).chmod(0o644)
        with running_shop(place) as one:
            yield one


@pytest.fixture
def guarded(shop: Shop, tmp_path: Path) -> Iterator[GuardedShop]:
    with GuardedShop(shop, tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def shared(shop: Shop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GuardedShop]:
    """A lane that several tests use."""
    with GuardedShop(shop, tmp_path_factory.mktemp("lane")) as made:
        yield made
