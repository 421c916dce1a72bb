from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from tests.guards.keep.lane.harness import Guarded, Server, Wire, cancelled
from tests.waiting import until

from hongxian.guards.keep.lane import frames


def test_a_server_without_tls_is_not_spoken_to_in_clear(server: Server, tmp_path: Path) -> None:
    back = f'address = "localhost:{server.port}"\ntls = "require"'
    with (
        Guarded(server, "made", tmp_path, back=back) as guarded,
        pytest.raises(psycopg.OperationalError, match="cannot reach"),
    ):
        guarded.connect()


def test_a_server_behind_a_socket(server: Server, tmp_path: Path) -> None:
    back = f'socket = "{server.folder}/.s.PGSQL.{server.port}"'
    with Guarded(server, "made", tmp_path, back=back) as guarded, guarded.connect() as one:
        assert one.execute("select count(*) from t").fetchone() == (1000,)


def test_a_request_to_cancel_waits_for_what_is_decided_on(guarded: Guarded) -> None:
    with guarded.connect() as one, cancelled(one), pytest.raises(psycopg.errors.QueryCanceled):
        one.execute("select pg_sleep(60)")  # the first of a database: its catalog is read first


def test_a_key_to_cancel_that_is_none_of_ours_is_passed_over(guarded: Guarded) -> None:
    with Wire(guarded.port) as wire:
        wire.send(frames.first_packet(frames.CANCEL, b"\0\0\0\7" + b"x" * 4))
        assert wire.closed()
    assert guarded.lane.host.metrics.counts["cancels"] == 1


def test_a_server_that_is_gone_cannot_be_asked_to_cancel(
    guarded: Guarded, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = guarded.lane.host

    async def gone(*_: object) -> None:
        raise ConnectionRefusedError

    with guarded.connect() as one:
        monkeypatch.setattr(host, "reach", gone)
        one.cancel_safe()
        until(lambda: host.metrics.counts["server_failures"] == 1)
        assert one.execute("select 1").fetchone() == (1,)


def test_other_settings_are_those_of_the_quarantine_too(guarded: Guarded) -> None:
    path = guarded.place / "keep.toml"
    path.write_text(path.read_text().replace('mode = "refuse"', 'mode = "refuse"\nkeep_days = 9'))

    async def reloaded() -> None:
        guarded.lane.reload()

    guarded.call(reloaded())
    assert guarded.lane.host.metrics.counts["reloads"] == 1
    assert guarded.lane.host.keeper.settings.keep_days == 9
