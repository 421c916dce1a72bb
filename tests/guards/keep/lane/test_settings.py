from __future__ import annotations

from pathlib import Path

import pytest
from tests.guards.keep.lane.test_link import certificate

from hongxian.errors import HongxianError
from hongxian.guards.keep.lane.settings import LaneSettings, load_lane

LEAST = """
[listen]
address = "127.0.0.1:6432"
[server]
address = "db.example:5432"
[guard]
role = "keeper"
[evidence]
log = "log"
key = "log.key"
[tickets]
people = "people.toml"
file = "tickets.db"
"""


def read(place: Path, text: str) -> LaneSettings:
    (place / "keep.toml").write_text(text)
    return load_lane(place / "keep.toml")


def test_the_least_and_what_is_assumed(tmp_path: Path) -> None:
    found = read(tmp_path, LEAST)
    assert (found.address, found.admin, found.server) == (
        ("127.0.0.1", 6432),
        None,
        ("db.example", 5432),
    )
    assert (found.log, found.tls, found.front_tls(), found.back_tls()) == (
        tmp_path / "log",
        None,
        None,
        None,
    )
    assert (found.replication, found.heads_every, found.catalog_every) == (False, 600.0, 30.0)
    assert found.reach() == {
        "user": "keeper",
        "password": None,
        "host": "db.example",
        "port": 5432,
        "ssl": False,
    }


def test_all_that_may_be_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate(tmp_path)
    (tmp_path / "word").write_text("secret\n")
    text = (
        LEAST.replace('"keeper"', '"keeper"\npassword_file = "word"')
        .replace('"log.key"', '"log.key"\nheads = ["second", "https://a.example/"]\nevery = "1m"')
        .replace('5432"', '5432"\ntls = "verify"\nca = "tls.pem"\nname = "localhost"')
    )
    more = (
        '[tls]\ncertificate = "tls.pem"\nkey = "tls.key"\nleast = "1.3"\n[lane]\nlang = "zh"\n'
        'replication = true\n[limits]\nsessions = 5\ndrain = "1s"\n'
    )
    found = read(tmp_path, text + more)
    assert (found.password, found.heads) == (
        "secret",
        (str(tmp_path / "second"), "https://a.example/"),
    )
    assert (found.replication, found.sessions, found.lang, found.server_name) == (
        True,
        5,
        "zh",
        "localhost",
    )
    front, back = found.front_tls(), found.back_tls()
    assert front
    assert back
    assert back.check_hostname
    assert found.reach()["ssl"]
    monkeypatch.setenv("WORD", "other")
    text = LEAST.replace('"keeper"', '"keeper"\npassword_env = "WORD"').replace(
        'address = "db.example:5432"', 'socket = "/run/pg/.s.PGSQL.5433"\ntls = "require"'
    )
    found = read(tmp_path, text)
    assert found.reach() == {
        "user": "keeper",
        "password": "other",
        "host": "/run/pg",
        "port": 5433,
        "ssl": False,
    }
    back = found.back_tls()
    assert back
    assert not back.check_hostname


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('role = "keeper"', "", "role"),
        ("[guard]", "[gard]", "gard"),
        ("[listen]", "[listen]\nadmin_tls = true", "certificate"),
        ("[listen]", "[lane]", "listen"),
        ('"127.0.0.1:6432"', '"6432"', "6432"),
        ('"log"', '"log"\nevery = "soon"', "soon"),
        ('"log"', '"log"\nheads = ["http://a.example/"]', "https"),
        ('"log"', '"log"\nstamps = "http://a.example/"', "https"),
        ('5432"', '5432"\nsocket = "x"', "address"),
        ('5432"', '5432"\ntls = "maybe"', "maybe"),
        ('5432"', '5432"\nca = "none.pem"', "none.pem"),
        ("[tickets]", '[lane]\nlang = "de"\n[tickets]', "de"),
        ("[tickets]", '[tls]\ncertificate = "none.pem"\n[tickets]', "No such file"),
        ("[tickets]", '[tls]\ncertificate = "keep.toml"\n[tickets]', "keep.toml"),
        ("[tickets]", '[tls]\ncertificate = "x"\nleast = "1.1"\n[tickets]', "1.1"),
        ("\n[listen]", "\nlimits = 1\n[listen]", "limits"),
    ],
)
def test_faults_are_told(tmp_path: Path, old: str, new: str, fault: str) -> None:
    with pytest.raises(HongxianError) as raised:
        read(tmp_path, LEAST.replace(old, new, 1))
    assert fault in raised.value.say("en")  # type: ignore[attr-defined]


MARIADB = LEAST.replace("[server]", '[server]\nkind = "mariadb"')


def test_a_mariadb_is_reached_by_its_own_driver(tmp_path: Path) -> None:
    found = read(tmp_path, MARIADB)
    wanted = {"user": "keeper", "password": "", "host": "db.example", "port": 5432}
    assert (found.kind, found.reach()) == ("mariadb", wanted)
    found = read(tmp_path, MARIADB.replace('5432"', '5432"\ntls = "require"'))
    assert found.reach()["ssl"]
    text = MARIADB.replace('address = "db.example:5432"', 'socket = "/run/mysqld/mysqld.sock"')
    found = read(tmp_path, text)
    wanted = {"user": "keeper", "password": "", "unix_socket": "/run/mysqld/mysqld.sock"}
    assert found.reach() == wanted


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ('[quarantine]\nmode = "refuse"\n', "no quarantine"),
        ("[lane]\nreplication = true\n", "replication"),
    ],
)
def test_what_a_mariadb_has_not_is_a_fault(tmp_path: Path, more: str, says: str) -> None:
    with pytest.raises(HongxianError, match=says):
        read(tmp_path, MARIADB + more)
    with pytest.raises(HongxianError, match="kind"):
        read(tmp_path, MARIADB.replace('"mariadb"', '"oracle"'))
