from __future__ import annotations

import base64
import hashlib
import http.client
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.guards.keep.vaults import Restic, serving, settings_file

from hongxian.guards.keep.vault.check import check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.guards.keep.vault.serve import Server

TOKEN = base64.b64encode(b"shop:open sesame").decode()


def asked(
    server: Server, method: str, path: str, body: bytes | None = None, **heads: str
) -> tuple[int, bytes, dict[str, str]]:
    connection = http.client.HTTPConnection(server.address)
    told = {"authorization": f"Basic {TOKEN}", **heads}
    connection.request(method, path, body, {name.replace("_", "-"): v for name, v in told.items()})
    answer = connection.getresponse()
    found = answer.status, answer.read(), dict(answer.getheaders())
    connection.close()
    return found


def number(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.fixture(scope="module")
def served(tmp_path_factory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("vault")
    with serving(settings_file(folder)) as server:
        yield server


def alarms(server: Server) -> list[str]:
    text = (server.vault.settings.folder / "alarms.jsonl").read_text("utf-8")
    return [json.loads(line)["kind"] for line in text.splitlines()]


def test_restic_backs_up_restores_and_cannot_take_back(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("reading")
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.bin").write_bytes(bytes(range(256)) * 40_000)
    (source / "b.txt").write_text("orders")
    with serving(settings_file(tmp_path, reading_password_file="key")) as server:
        restic = Restic(server.address, tmp_path)
        restic("init")
        restic("backup", str(source))
        (source / "b.txt").write_text("orders of today")
        restic("backup", str(source))
        snapshots = [one["id"] for one in json.loads(restic("snapshots", "--json"))]
        before = check(server.vault.store)
        restic.refused("forget", snapshots[0], until="403")
        restic("unlock")
        restic("key", "list")
        restic.refused("backup", "--time", "2031-01-01 00:00:00", str(source), until="403")
        restic.refused("backup", "--time", "2001-01-01 00:00:00", str(source), until="403")
        restic("unlock", "--remove-all")
        restic("check", "--read-data")
        restic("restore", "latest", "--target", str(tmp_path / "back"))
        after = check(server.vault.store)
        held = server.vault.store.ledger
        kept = {entry.name.rpartition("/")[2] for entry in held.live("restic/shop", "snapshots/")}
    assert (tmp_path / "back" / source.relative_to("/") / "b.txt").read_text() == "orders of today"
    assert kept == set(snapshots)
    assert (before.whole, after.whole) == (True, True)
    assert after.objects >= before.objects
    kinds = set(alarms(server))
    assert kinds >= {"refused_delete", "refused_future", "refused_past"}


def test_an_object_is_written_once_and_read_in_ranges(served: Server) -> None:
    data = b"0123456789" * 1000
    path = f"/shop/data/{number(data)}"
    assert asked(served, "POST", path, data)[0] == 200
    assert asked(served, "POST", path, data)[0] == 403
    assert asked(served, "HEAD", path)[2]["content-length"] == "10000"
    assert asked(served, "GET", path)[:2] == (200, data)
    status, part, heads = asked(served, "GET", path, range="bytes=5-14")
    assert (status, part, heads["content-range"]) == (206, b"5678901234", "bytes 5-14/10000")
    assert asked(served, "GET", path, range="bytes=9990-")[1] == b"0123456789"
    assert asked(served, "GET", path, range="bytes=10000-")[0] == 416
    assert asked(served, "DELETE", path)[0] == 403
    assert asked(served, "GET", path)[1] == data


@pytest.mark.parametrize(
    ("version", "kind"),
    [("application/vnd.x.restic.rest.v2", dict), ("application/vnd.x.restic.rest.v1", str)],
    ids=["v2", "v1"],
)
def test_objects_are_listed(served: Server, version: str, kind: type) -> None:
    data = b"an index"
    asked(served, "POST", f"/shop/index/{number(data)}", data)
    status, text, heads = asked(served, "GET", "/shop/index/", accept=version)
    assert (status, heads["content-type"]) == (200, version)
    assert {type(one) for one in json.loads(text)} == {kind}
    assert number(data) in text.decode()


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("DELETE", "/shop/config", 403),
        ("DELETE", "/shop/", 403),
        ("DELETE", f"/shop/keys/{'0' * 64}", 403),
        ("DELETE", f"/shop/snapshots/{'0' * 64}", 403),
        ("DELETE", f"/shop/locks/{'0' * 64}", 404),
        ("GET", "/other/config", 404),
        ("GET", "/shop/config/", 404),
        ("GET", "/shop/data/..%2f..%2fledger.sqlite", 404),
        ("GET", f"/shop/data/{'0' * 64}", 404),
        ("GET", f"/shop/strange/{'0' * 64}", 404),
        ("GET", "/shop/strange/", 404),
        ("PUT", f"/shop/data/{'0' * 64}", 404),
        ("POST", "/shop/data/short", 404),
        ("POST", "/shop/?create=true", 200),
    ],
)
def test_what_a_client_may_not(served: Server, method: str, path: str, status: int) -> None:
    assert asked(served, method, path, b"" if method == "POST" else None)[0] == status


def test_an_object_is_what_its_name_says(served: Server) -> None:
    assert asked(served, "POST", f"/shop/data/{'a' * 64}", b"other")[0] == 400
    assert asked(served, "GET", f"/shop/data/{'a' * 64}")[0] == 404
    assert list((served.vault.store.root / "incoming").iterdir()) == []


def test_keys_and_snapshots_have_a_size(served: Server) -> None:
    assert asked(served, "POST", f"/shop/keys/{'b' * 64}", b"x" * ((1 << 24) + 1))[0] == 413


def test_locks_come_and_go(served: Server) -> None:
    data = b"a lock"
    path = f"/shop/locks/{number(data)}"
    assert asked(served, "POST", path, data)[0] == 200
    assert asked(served, "POST", path, data)[0] == 403
    assert number(data) in asked(served, "GET", "/shop/locks/")[1].decode()
    assert asked(served, "GET", path)[1] == data
    assert asked(served, "DELETE", path)[0] == 200
    assert asked(served, "GET", path)[0] == 404
    assert asked(served, "POST", f"/shop/locks/{'c' * 64}", b"x" * (1 << 17))[0] == 413


@pytest.mark.parametrize(
    "authorization",
    ["", "Bearer x", "Basic ?", "Basic " + base64.b64encode(b"shop:no").decode(),
     "Basic " + base64.b64encode(b"nobody:open sesame").decode()],
    ids=["none", "other", "broken", "wrong", "unknown"],
)  # fmt: skip
def test_a_stranger_is_nobody(served: Server, authorization: str) -> None:
    status, body, heads = asked(served, "GET", "/shop/config", authorization=authorization)
    assert (status, body, "www-authenticate" in heads) == (401, b"", True)


def test_a_flood_is_refused_and_told(tmp_path: Path) -> None:
    with serving(settings_file(tmp_path, bytes_per_hour="500KB", objects_per_hour=3)) as server:
        big = b"x" * 600_000
        assert asked(server, "POST", f"/shop/data/{number(big)}", big)[0] == 429
        for word in (b"1", b"2"):
            assert asked(server, "POST", f"/shop/data/{number(word)}", word)[0] == 200
        assert asked(server, "POST", f"/shop/data/{number(b'3')}", b"3")[0] == 429
        assert alarms(server).count("refused_flood") == 1
    assert check(server.vault.store).objects == 2
