from __future__ import annotations

import time
from pathlib import Path

import psycopg
import pytest
from tests.guards.keep.lane.harness import Guarded, Server
from tests.guards.keep.lane.test_link import certificate

from hongxian.guards.keep.evidence.verify import verify_log
from hongxian.guards.keep.lane import host as module


def wait(condition) -> None:
    end = time.monotonic() + 15
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_heads_clock_and_catalog_are_looked_after(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "TICK", 0.05)
    with server.database() as name:
        guarded = Guarded(server, name, tmp_path, '[lane]\ncatalog = "100ms"\n')
        text = (tmp_path / "keep.toml").read_text()
        heads = '"log.key"\nheads = ["second", "no/where"]\nevery = "100ms"'
        (tmp_path / "keep.toml").write_text(text.replace('"log.key"', heads))
        with guarded:
            with guarded.direct() as one, guarded.connect() as two:
                two.execute("select 1")
                one.execute("create table later (a int)")
                place = guarded.call(guarded.lane.host.place(name))
                before = place.snapshots
                wait(lambda: place.snapshots > before + 1)
                assert two.execute("select count(*) from later").fetchone() == (0,)
            clock = guarded.lane.host.log.clock
            real = clock._wall
            clock._wall = lambda: real() + 500
            wait(lambda: guarded.evidence("clock_moved"))
            wait(lambda: guarded.evidence("head_not_copied"))
    assert guarded.evidence("clock_moved")[0]["body"]["seconds"] == 500
    found = verify_log(tmp_path / "log", [tmp_path / "second"])
    assert (found.faults, found.heads > 0) == ([], True)


def test_tls_to_the_server(server: Server, tmp_path: Path) -> None:
    certificate(tmp_path)
    back = f'address = "localhost:{server.port}"\ntls = "require"'
    with (
        Guarded(server, "made", tmp_path, back=back) as guarded,
        pytest.raises(psycopg.OperationalError, match="cannot reach"),
    ):
        guarded.connect()  # this server speaks no TLS


def test_a_server_behind_a_socket(server: Server, tmp_path: Path) -> None:
    back = f'socket = "{server.folder}/.s.PGSQL.{server.port}"'
    with Guarded(server, "made", tmp_path, back=back) as guarded, guarded.connect() as one:
        assert one.execute("select count(*) from t").fetchone() == (1000,)


def test_draining_lets_transactions_end(guarded: Guarded) -> None:
    host = guarded.lane.host
    idle, busy = guarded.connect(), guarded.connect(autocommit=False)
    busy.execute("insert into t values (4000, 'x')")
    idle.execute("select 1")
    wait(lambda: len(host.links) == 2)
    guarded.loop.call_soon_threadsafe(guarded.lane.ended.set)
    with pytest.raises(psycopg.OperationalError, match="stopping"):
        wait(lambda: idle.execute("select 1") is None)
    busy.commit()
    guarded.__exit__()
    idle.close()
    busy.close()
    assert guarded.value("select count(*) from t where a = 4000") == 1
