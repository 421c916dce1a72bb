from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner
from tests.guards.keep.evidence.authority import made
from tests.guards.keep.lane.harness import Guarded, Server, Wire
from tests.guards.keep.receiver import receiver
from tests.waiting import until

from hongxian.cli.keep import verify
from hongxian.errors import HongxianError
from hongxian.guards.keep.evidence.stamps import stamps_beside
from hongxian.guards.keep.evidence.verify import verify_log
from hongxian.guards.keep.lane import any_host as module
from hongxian.guards.keep.lane import frames


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
                until(lambda: place.snapshots > before + 1)
                assert two.execute("select count(*) from later").fetchone() == (0,)
            clock = guarded.lane.host.log.clock
            real = clock._wall
            clock._wall = lambda: real() + 500
            until(lambda: guarded.evidence("clock_moved"))
            until(lambda: guarded.evidence("head_not_copied"))
    assert guarded.evidence("clock_moved")[0]["body"]["seconds"] == 500
    found = verify_log(tmp_path / "log", [tmp_path / "second"])
    assert (found.faults, found.heads > 0) == ([], True)


def test_heads_are_stamped_as_soon_as_the_authority_is_there(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    monkeypatch.setattr(module, "TICK", 0.05)
    authority = made(tmp_path / "tsa")
    with receiver(got=authority), server.database() as name:
        guarded = Guarded(server, name, tmp_path)
        text = (tmp_path / "keep.toml").read_text()
        told = f'"log.key"\nstamps = "{authority.address}"\nevery = "100ms"'
        (tmp_path / "keep.toml").write_text(text.replace('"log.key"', told))
        authority.status = 503
        with guarded:
            until(lambda: guarded.evidence("head_not_stamped"))

            def used(fits: Callable[[], bool]) -> bool:  # a head is signed over what is new alone
                with guarded.connect() as one:
                    one.execute("create table if not exists later (a int)")
                return fits()

            until(lambda: used(lambda: len(authority.bodies) > 2))
            authority.status = 200
            until(lambda: used(stamps_beside(tmp_path / "log").exists))
    assert len(guarded.evidence("head_not_stamped")) == 1
    assert capsys.readouterr().err.count("HTTP 503") == 1
    done = CliRunner().invoke(verify, [str(tmp_path / "log"), "--tsa-ca", str(authority.ca)])
    assert done.exit_code == 0, done.output
    assert "time stamps (RFC 3161) hold" in done.output


def test_draining_lets_transactions_end(guarded: Guarded) -> None:
    host, busy = guarded.lane.host, guarded.connect(autocommit=False)
    with Wire(guarded.port) as idle:
        assert idle.start(guarded.name)[-1][0] == b"Z"
        busy.execute("insert into t values (4000, 'x')")
        assert len(host.links) == 2
        guarded.loop.call_soon_threadsafe(guarded.lane.ended.set)
        told = [frames.read_error(body)["M"] for kind, body in idle.until(b"\0") if kind == b"E"]
    assert "stopping" in told[0]
    busy.commit()
    guarded.__exit__()
    busy.close()
    assert guarded.value("select count(*) from t where a = 4000") == 1


def test_settings_and_people_are_adopted(guarded: Guarded) -> None:
    host = guarded.lane.host
    people = replace(host.office.people, alarms=("https://a.example/",))

    async def adopt() -> None:
        host.adopt(replace(host.settings, lang="zh", sessions=9), people)

    guarded.call(adopt())
    assert (host.warden.lang, host.office.people.alarms) == ("zh", ("https://a.example/",))
    with guarded.connect() as one, pytest.raises(psycopg.Error, match="红线"):
        one.execute("delete from t")
    with pytest.raises(HongxianError, match="cannot be read"):
        guarded.call(host.place("nowhere"))


def test_what_is_told_of_it(shared: Guarded) -> None:
    host = shared.lane.host
    with shared.connect() as one:
        one.execute("select 1")
        assert host.told()["ok"]
        assert "hongxian_keep_sessions_open 1\n" in host.counted()
    shared.call(host.cancel(b"nobody's"))
    assert host.metrics.counts["server_failures"] == 0


def test_a_database_is_left_and_forgotten(guarded: Guarded) -> None:
    host = guarded.lane.host
    place, control = guarded.call(host.place(guarded.name)), host.control(guarded.name)
    seen = place.snapshots

    async def work() -> None:
        host.renew(guarded.name)
        host.renew("of nobody")
        host.leave(guarded.name)
        host.leave("of nobody")

    guarded.call(work())
    until(lambda: place.snapshots > seen)

    async def forget() -> None:
        host.forget(guarded.name)

    guarded.call(forget())
    assert host.control(guarded.name) is not control
    assert guarded.call(host.place(guarded.name)) is not place


def test_what_hangs_on_the_kind_of_server_is_not_here() -> None:
    assert module.AnyHost.__abstractmethods__ == {"link", "known_as", "control"}
