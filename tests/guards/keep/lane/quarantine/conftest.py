"""A lane that runs what loses data in quarantine, before tables that hang together."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.guards.keep.lane.harness import Guarded, Server, running_server
from tests.guards.keep.lane.quarantine.shop import MADE

LATE = '[lane]\ncatalog = "1h"\n'


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with running_server() as made:
        with made.connect("made") as one:
            one.execute(MADE)
        yield made


@pytest.fixture
def shop(server: Server, tmp_path: Path) -> Iterator[Guarded]:
    with (
        server.database() as name,
        Guarded(server, name, tmp_path, LATE, quarantine='mode = "quarantine"') as made,
    ):
        yield made
