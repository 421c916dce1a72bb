from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from tests.guards.keep.lane.harness import Guarded, Server, cancelled


def test_a_server_behind_a_socket(server: Server, tmp_path: Path) -> None:
    back = f'socket = "{server.folder}/.s.PGSQL.{server.port}"'
    with Guarded(server, "made", tmp_path, back=back) as guarded, guarded.connect() as one:
        assert one.execute("select count(*) from t").fetchone() == (1000,)


def test_a_request_to_cancel_waits_for_what_is_decided_on(guarded: Guarded) -> None:
    with guarded.connect() as one, cancelled(one), pytest.raises(psycopg.errors.QueryCanceled):
        one.execute("select pg_sleep(60)")  # the first of a database: its catalog is read first
