from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from tests.guards.keep.lane.harness import Guarded, Server
from tests.waiting import until

from hongxian.errors import HongxianError
from hongxian.guards.keep.lane import serve
from hongxian.guards.keep.lane.serve import Lane, run
from hongxian.guards.keep.lane.settings import load_lane


def test_new_settings_are_adopted_and_faulty_ones_are_not(guarded: Guarded) -> None:
    path, lane = guarded.place / "keep.toml", guarded.lane
    text = path.read_text()

    def reload(changed: str) -> dict[str, int]:
        path.write_text(changed)

        async def work() -> None:
            lane.reload()

        guarded.call(work())
        return lane.host.metrics.counts

    assert reload(text + "sessions = 7\n")["reloads"] == 1
    assert lane.host.settings.sessions == 7
    for wrong in ("rubbish", text.replace('role = "me"', 'role = "you"'),
                  text.replace('"log"', '"log2"')):  # fmt: skip
        reload(wrong)
    assert lane.host.metrics.counts["reloads_refused"] == 3
    (guarded.place / "people.toml").write_text("")
    assert reload(text)["reloads_refused"] == 4
    assert lane.host.settings.sessions == 7
    with guarded.connect() as one:
        assert one.execute("select 1").fetchone() == (1,)


def test_evidence_that_was_altered_starts_nothing(guarded: Guarded) -> None:
    guarded.__exit__()
    log = guarded.place / "log"
    log.write_bytes(log.read_bytes().replace(b"started", b"startet"))
    with pytest.raises(HongxianError, match="altered"):
        Lane(load_lane(guarded.place / "keep.toml"), "en")
    (guarded.place / "tickets.db").write_text("something else" * 100)
    log.unlink()
    (guarded.place / "log.heads").unlink()
    with pytest.raises(HongxianError, match="tickets"):
        Lane(load_lane(guarded.place / "keep.toml"), "en")


COMMAND = "import sys; from hongxian.cli import main; sys.argv[0] = 'hongxian'; main()"


def test_a_lane_that_is_killed_fails_closed(server: Server, tmp_path: Path) -> None:
    with server.database() as name:
        Guarded(server, name, tmp_path)
        words = (
            sys.executable,
            "-c",
            COMMAND,
            "keep",
            "guard",
            "--config",
            "keep.toml",
            "--lang",
            "en",
        )
        with subprocess.Popen(words, cwd=tmp_path, stderr=subprocess.PIPE, text=True,
                              env={**os.environ}) as lane:  # fmt: skip
            assert lane.stderr
            port = int(lane.stderr.readline().rpartition(":")[2])
            told = {"host": "127.0.0.1", "port": port, "user": "operator", "dbname": name}
            with psycopg.connect(**told, autocommit=True) as one:  # type: ignore[arg-type]
                one.execute("select 1")
                lane.send_signal(signal.SIGHUP)
                until(lambda: b'"reloaded"' in (tmp_path / "log").read_bytes())
                one.execute("select 1")
                lane.kill()
                with pytest.raises(psycopg.OperationalError):
                    one.execute("select 1")
            with pytest.raises(psycopg.OperationalError):
                psycopg.connect(**told)  # type: ignore[arg-type]
            lane.stderr.close()


def test_it_runs_until_it_is_told_to_end(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Guarded(server, "made", tmp_path)
    told: list[str] = []

    def ready(line: str) -> None:
        told.append(line)
        if len(told) == 2:  # it takes clients, and signals
            os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr(serve, "warn", ready)
    run(load_lane(tmp_path / "keep.toml"), "en")
    assert told[0].startswith("the lane listens at 127.0.0.1:")
    assert told[1].endswith("/tickets")
