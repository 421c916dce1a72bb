from __future__ import annotations

import http.client
from typing import TYPE_CHECKING

from tests.guards.keep.lane.mysql.harness import GuardedShop

if TYPE_CHECKING:
    from pathlib import Path

    from tests.guards.keep.lane.mysql.harness import Shop


def asked(guarded: GuardedShop, path: str) -> tuple[int, str]:
    one = http.client.HTTPConnection("127.0.0.1", guarded.admin, timeout=20)
    one.request("GET", path)
    told = one.getresponse()
    found = told.status, told.read().decode()
    one.close()
    return found


def test_all_databases_are_one_place(shared: GuardedShop) -> None:
    host = shared.lane.host
    assert shared.call(host.place("shop")) is shared.call(host.place("*"))
    assert host.control("shop") is host.control("other")
    found = shared.call(host.warden.assess("truncate `shop`.`t`", "shop", "operator"))
    assert (found.verdict, found.objects) == ("destructive", ("shop.t",))
    assert 900 < found.rows < 1_100
    found = shared.call(host.warden.assess("drop database shop", "shop", "operator"))
    assert (found.objects, found.rows > 1_000) == (("shop",), True)


def test_there_is_no_quarantine(shared: GuardedShop) -> None:
    assert shared.lane.host.keeper is None
    assert asked(shared, "/quarantine") == (404, '{"error":"no_quarantine"}')
    assert "hongxian_keep_sessions_open" in asked(shared, "/metrics")[1]
    assert asked(shared, "/ready")[0] == 200


def test_a_server_behind_a_socket(shop: Shop, tmp_path: Path) -> None:
    with GuardedShop(shop, tmp_path, back=f'socket = "{shop.socket}"') as guarded:
        assert guarded.run("mariadb", "-N", "-e", "select 5").stdout.split() == ["5"]
        assert guarded.lane.host.warden.lang == "en"
