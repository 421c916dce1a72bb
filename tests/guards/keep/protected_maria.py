"""A MariaDB server with a vault that keeps it, for drills."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.guards.keep.mariadbs import Maria, caught_up, maria
from tests.guards.keep.protected import DAY, USER

from hongxian.guards.keep.drill.mariadb.marks import mark
from hongxian.guards.keep.drill.settings import DrillSettings, MariaTried
from hongxian.guards.keep.vault.alarms import Alarms
from hongxian.guards.keep.vault.clock import VaultClock
from hongxian.guards.keep.vault.mariadb.bases import pull
from hongxian.guards.keep.vault.mariadb.stream import BinlogStream
from hongxian.guards.keep.vault.objects import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.guards.keep.drill.marks import Mark


@dataclass
class ProtectedMaria:
    """A shop, its vault, and the settings of its drills."""

    shop: Maria
    place: Path
    vault: Store
    stream: BinlogStream
    settings: DrillSettings

    @property
    def source(self) -> MariaTried:
        """The settings of the shop."""
        return self.settings.mariadb["shop"]

    def mark(self) -> Mark:
        """Mark the shop."""
        return mark(self.source, self.settings.folder / "marks" / "shop")

    def caught_up(self) -> None:
        """Wait until the vault has all that the shop has written."""
        caught_up(self.stream, self.shop)
        self.stream.gather()


@contextmanager
def protected_maria(*, files: bool = True, **told: Any) -> Iterator[ProtectedMaria]:
    """Run a shop that is kept, until the test is done.

    Args:
        files: whether the base is a copy of files, and no dump.
        told: further settings of the source.
    """
    place = Path(tempfile.mkdtemp(prefix="hx"))
    place.chmod(0o711)
    (place / "vault").mkdir()
    vault = Store(place / "vault", VaultClock(place / "vault" / "clock.json"))
    vault.clock.tick()
    with maria() as shop:
        shop.sql("create database shop; create table shop.orders (id int primary key, what text);"
                 "insert into shop.orders select seq, 'book' from shop.seq_1_to_5000;"
                 "create table shop.notes (id int, what text) engine = MyISAM")  # fmt: skip
        server = shop.copied if files else shop.server
        stream = BinlogStream(vault, Alarms(place / "alarms", vault.clock.now), server, DAY)
        source = MariaTried(
            name="shop", defaults=server.defaults, user=USER, patience=60,
            queries={"orders": "select count(*) from shop.orders"}, **told,
        )  # fmt: skip
        settings = DrillSettings(
            folder=place / "drills", vault=place / "vault", mariadb={"shop": source}
        )
        made = ProtectedMaria(shop, place, vault, stream, settings)
        try:
            stream.look()
            pull(vault, server, DAY)
            made.caught_up()
            yield made
        finally:
            stream.end()
            shutil.rmtree(place, ignore_errors=True)
