"""A PostgreSQL for the tests of the lane, and a guarded database of each test's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.guards.keep.lane.harness import Guarded, Server, running_server


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with running_server() as made:
        yield made


@pytest.fixture
def guarded(server: Server, tmp_path: Path) -> Iterator[Guarded]:
    with server.database() as database, Guarded(server, database, tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def shared(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    """A lane that several tests use, none of which changes anything."""
    place = tmp_path_factory.mktemp("lane")
    with server.database() as database, Guarded(server, database, place) as made:
        yield made
