from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.guards.keep.protected_maria import ProtectedMaria, protected_maria

from hongxian.errors import HongxianError
from hongxian.guards.keep.drill.mariadb.restore import restore


@pytest.fixture(scope="module")
def kept() -> Iterator[ProtectedMaria]:
    with protected_maria() as made:
        made.shop.sql("insert into shop.orders values (6001, 'x'); flush binary logs")
        made.shop.sql("insert into shop.orders values (6002, 'x'); flush binary logs")
        time.sleep(2)
        made.shop.sql("insert into shop.orders values (6003, 'x')")
        made.caught_up()
        yield made


def test_base_and_logs_come_back(kept: ProtectedMaria, tmp_path: Path) -> None:
    back = restore(kept.vault, "shop", tmp_path)
    assert (back.data / "ibdata1").is_file()
    assert back.dump is None
    assert [one.name for one in back.logs] == kept.shop.server.logs()
    assert time.time() - 300 < back.latest <= time.time()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["data", "logs"]


def test_what_was_made_after_a_moment_stays_out(kept: ProtectedMaria, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    newest = restore(kept.vault, "shop", tmp_path / "a").latest
    (tmp_path / "b").mkdir()
    back = restore(kept.vault, "shop", tmp_path / "b", newest)
    assert back.latest < newest - 1
    assert [one.name for one in back.logs] == kept.shop.server.logs()[:-1]


def test_half_a_transaction_at_the_end_stays_out(kept: ProtectedMaria, tmp_path: Path) -> None:
    spooled = kept.stream.spool / kept.shop.server.logs()[-1]
    data = spooled.read_bytes()
    spooled.write_bytes(data[:-5])
    try:
        back = restore(kept.vault, "shop", tmp_path)
    finally:
        spooled.write_bytes(data)
    assert [one.name for one in back.logs] == kept.shop.server.logs()[:-1]


def test_a_missing_log_is_named(kept: ProtectedMaria, tmp_path: Path) -> None:
    missing = kept.shop.server.logs()[1]
    entry = kept.vault.ledger.find("mariadb/shop", f"binlog/{missing}")
    path = kept.vault.path("mariadb/shop", f"binlog/{missing}")
    assert entry is not None
    live = kept.vault.ledger.live

    class Ledger:
        def live(self, area: str, prefix: str = ""):  # noqa: ANN202
            return (one for one in live(area, prefix) if one.name != entry.name)

    own, kept.vault.ledger = kept.vault.ledger, Ledger()
    try:
        with pytest.raises(HongxianError, match=str(int(missing[-6:]))):
            restore(kept.vault, "shop", tmp_path)
    finally:
        kept.vault.ledger = own
    assert path.exists()


def test_an_altered_log_is_named(kept: ProtectedMaria, tmp_path: Path) -> None:
    log = kept.shop.server.logs()[1]
    path = kept.vault.path("mariadb/shop", f"binlog/{log}")
    data = path.read_bytes()
    path.chmod(0o600)
    path.write_bytes(data[:-1] + b"!")
    try:
        with pytest.raises(HongxianError, match=log):
            restore(kept.vault, "shop", tmp_path)
    finally:
        path.write_bytes(data)


@pytest.mark.parametrize(("name", "until"), [("other", None), ("shop", 1.0)])
def test_without_a_base_nothing_comes_back(kept: ProtectedMaria, tmp_path, name, until) -> None:
    with pytest.raises(HongxianError, match="no base"):
        restore(kept.vault, name, tmp_path, until)
