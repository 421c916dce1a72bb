"""A cluster with a vault that keeps it, for drills."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.guards.keep.clusters import Cluster, cluster
from tests.waiting import until

from hongxian.guards.keep.drill.marks import Mark
from hongxian.guards.keep.drill.postgresql.marks import mark
from hongxian.guards.keep.drill.settings import DrillSettings, SourceSettings
from hongxian.guards.keep.vault.alarms import Alarms
from hongxian.guards.keep.vault.clock import VaultClock
from hongxian.guards.keep.vault.objects import Store
from hongxian.guards.keep.vault.postgresql.bases import pull
from hongxian.guards.keep.vault.postgresql.server import Server
from hongxian.guards.keep.vault.postgresql.stream import Stream

if TYPE_CHECKING:
    from collections.abc import Iterator

USER = "nobody" if os.getuid() == 0 else None
"""Whom a scratch server runs as."""
DAY = 86_400.0


@dataclass
class Protected:
    """A shop, its vault, and the settings of its drills."""

    shop: Cluster
    place: Path
    vault: Store
    stream: Stream
    settings: DrillSettings

    @property
    def source(self) -> SourceSettings:
        """The settings of the shop."""
        return self.settings.postgresql["shop"]

    def mark(self) -> Mark:
        """Mark the shop."""
        return asyncio.run(mark(self.source, self.settings.folder / "marks" / "shop"))

    def caught_up(self) -> None:
        """Wait until the vault has all that the shop has written."""
        told = self.shop.sql("select pg_current_wal_flush_lsn()")
        asked = f"select coalesce(max(flush_lsn), '0/0') >= '{told}' from pg_stat_replication"

        def there() -> bool:
            self.stream.look()
            return self.shop.sql(asked) == "t"

        until(there, lambda: self.shop.sql("select * from pg_stat_replication"))

    def file(self, **told: object) -> Path:
        """Write the settings as a file."""
        rows = {"connection": self.shop.connection, "superuser": "me", **told}
        if USER:
            rows["user"] = USER
        lines = "\n".join(f'{key} = "{value}"' for key, value in rows.items())
        path = self.place / "drill.toml"
        path.write_text(
            f'[drill]\nfolder = "drills"\nvault = "vault"\n[postgresql.shop]\n{lines}\n', "utf-8"
        )
        return path


@contextmanager
def protected(**told: Any) -> Iterator[Protected]:
    """Run a shop that is kept, until the test is done."""
    place = Path(tempfile.mkdtemp(prefix="hx"))
    place.chmod(0o711)
    (place / "vault").mkdir()
    vault = Store(place / "vault", VaultClock(place / "vault" / "clock.json"))
    vault.clock.tick()
    with cluster() as shop:
        shop.sql("create table orders (id int primary key, what text)",
                 "insert into orders select g, 'book' from generate_series(1, 5000) g")  # fmt: skip
        server = Server(name="shop", connection=shop.connection, slot="s")
        stream = Stream(vault, Alarms(place / "alarms", vault.clock.now), server, DAY)
        source = SourceSettings(
            name="shop", connection=shop.connection, user=USER, superuser="me",
            queries={"orders": "select count(*) from orders"}, patience=60, **told,
        )  # fmt: skip
        settings = DrillSettings(
            folder=place / "drills", vault=place / "vault", postgresql={"shop": source}
        )
        try:
            stream.look()
            pull(vault, server, DAY)
            made = Protected(shop, place, vault, stream, settings)
            made.caught_up()
            yield made
        finally:
            stream.end()
            shutil.rmtree(place, ignore_errors=True)
