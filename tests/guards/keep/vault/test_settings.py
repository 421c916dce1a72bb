from __future__ import annotations

from pathlib import Path

import pytest
from tests.guards.keep.vaults import PASSWORD

from hongxian.errors import HongxianError
from hongxian.guards.keep.vault.settings import load_vault, size_of

LEAST = '[vault]\nfolder = "v"\n'
WHOLE = f"""
[vault]
folder = "v"
name = "north"
reserve = "10GB"
retention = "14d"
webhook = "https://alarms.example.com/x"
tolerance = "1m"
longest_off = "2h"
[listen]
address = "0.0.0.0:8443"
[tls]
certificate = "cert"
key = "key"
[clients.shop]
password = "{PASSWORD}"
bytes_per_hour = "5GB"
objects_per_hour = 1000
silence = "26h"
retention = "7d"
reading_password_file = "reading"
longest_backup = "6h"
"""


def written(tmp_path: Path, text: str) -> Path:
    for name in ("cert", "key", "reading"):
        (tmp_path / name).write_text("secret\n")
    path = tmp_path / "vault.toml"
    path.write_text(text, "utf-8")
    return path


def test_everything_is_read(tmp_path: Path) -> None:
    told = load_vault(written(tmp_path, WHOLE))
    assert (told.folder, told.name, told.reserve) == (tmp_path / "v", "north", 10 * 10**9)
    assert (told.retention, told.tolerance, told.longest_off) == (14 * 86400, 60, 7200)
    assert (told.address, told.certificate) == (("0.0.0.0", 8443), tmp_path / "cert")
    shop = told.clients["shop"]
    assert (shop.bytes_per_hour, shop.objects_per_hour) == (5 * 10**9, 1000)
    assert (shop.silence, shop.retention, shop.longest_backup) == (93600, 604800, 21600)
    assert shop.reading_password == "secret"
    assert "secret" not in repr(told)


def test_little_is_enough(tmp_path: Path) -> None:
    told = load_vault(written(tmp_path, LEAST))
    assert (told.address, told.retention, dict(told.clients)) == (None, 30 * 86400, {})


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "vault"),
        (LEAST + 'evidence = "log"\n', "evidence_key"),
        ("vault = 1", "vault"),
        (LEAST + "[other]\n", "unknown key 'other'"),
        (LEAST + 'reserve = "ten"\n', "such as 500MB"),
        (LEAST + 'retention = "ten"\n', "ten"),
        (LEAST + 'webhook = "ftp://x"\n', "no address of https"),
        (LEAST + '[listen]\naddress = "x"\n', "x"),
        (LEAST + '[listen]\naddress = "0.0.0.0:1"\n', "needs [tls]"),
        (LEAST + f'[clients.a]\npassword = "{PASSWORD}"\n', "listen"),
        (LEAST + '[listen]\naddress = "127.0.0.1:1"\n[clients.a]\npassword = "x"\n', "prints"),
        (LEAST + '[listen]\naddress = "127.0.0.1:1"\n[clients]\na = 1\n', "a"),
        (LEAST + '[listen]\naddress = "127.0.0.1:1"\n[clients."A/B"]\n', "lower-case"),
        (WHOLE.replace('"cert"', '"gone"'), "No such file"),
        (WHOLE.replace('"reading"', '"gone"'), "No such file"),
    ],
)
def test_a_fault_is_named(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(HongxianError) as told:
        load_vault(written(tmp_path, text))
    assert fault in str(told.value.say("en"))
    assert told.value.say("zh")


@pytest.mark.parametrize(
    ("text", "size"), [("500MB", 5 * 10**8), ("1KB", 1000), ("0GB", 0), ("x", 0)]
)
def test_sizes(text: str, size: int) -> None:
    assert size_of(text) == size


def test_a_postgresql_server_is_told(tmp_path: Path) -> None:
    text = LEAST + (
        '[postgresql.shop]\nconnection = "host=db user=v"\nslot = "s"\nsynchronous = false\n'
        'base_every = "7d"\nretention = "14d"\nsilence = "1m"\nprograms = "/opt/pg/bin"\n'
    )
    shop = load_vault(written(tmp_path, text)).postgresql["shop"]
    assert (shop.server.name, shop.server.connection, shop.server.slot) == (
        "shop", "host=db user=v", "s",
    )  # fmt: skip
    assert (shop.synchronous, shop.base_every, shop.retention, shop.silence) == (
        False, 7 * 86400, 14 * 86400, 60,
    )  # fmt: skip
    assert shop.server.programs == Path("/opt/pg/bin")
    with pytest.raises(HongxianError) as told:
        load_vault(written(tmp_path, text.replace('"s"', '"S-1"')))
    assert "lower-case" in told.value.say("en")


def test_a_mariadb_server_is_told(tmp_path: Path) -> None:
    text = LEAST + '[mariadb.shop]\ndefaults = "key"\nreplica = 7\nprograms = "/opt/m"\n'
    text += 'backup = ["ssh", "db"]\n'
    told = load_vault(written(tmp_path, text))
    shop = told.mariadb["shop"]
    assert (shop.server.defaults, shop.server.replica) == (tmp_path / "key", 7)
    assert (shop.server.programs, shop.base_every, told.sources) == (Path("/opt/m"), 86400, 1)
    assert shop.server.backup == ("ssh", "db")
    with pytest.raises(HongxianError, match="No such file"):
        load_vault(written(tmp_path, text.replace('"key"', '"gone"')))


def test_a_bucket_is_told(tmp_path: Path) -> None:
    text = LEAST + '[s3]\nbucket = "second"\nprefix = "p/"\nendpoint = "https://s3.example.com"\n'
    told = load_vault(written(tmp_path, text)).s3
    assert told
    assert (told.bucket, told.prefix, told.endpoint, told.region) == (
        "second", "p/", "https://s3.example.com", None,
    )  # fmt: skip
