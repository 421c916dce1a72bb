from __future__ import annotations

import time
from pathlib import Path

from tests.guards.keep.clusters import Cluster
from tests.guards.keep.protected import USER, protected
from tests.sensors.store.sources.servers import folder
from tests.waiting import until

from hongxian.guards.keep.drill.copies import hand_over
from hongxian.guards.keep.drill.postgresql.ready import ASIDE, AUTO, ready
from hongxian.guards.keep.drill.postgresql.restore import restore


def recovered(place: Path) -> Cluster:
    """Start what was restored in a folder, and wait until it replays no more."""
    if USER:
        hand_over(place, USER)
    made = Cluster(place)
    made.start()
    try:
        until(lambda: made.sql("select pg_is_in_recovery()") == "f", (place / "log").read_text)
    except BaseException:
        made.stop()
        raise
    return made


def test_a_lost_server_goes_on_as_it_was_before_the_damage() -> None:
    with protected() as kept, folder() as place:
        kept.shop.sql("insert into orders values (5001, 'last')")
        time.sleep(0.1)
        moment = time.time()
        time.sleep(0.1)
        kept.shop.sql("drop table orders")
        kept.caught_up()
        restored = restore(kept.vault, "shop", place, moment)
        (restored.data / "standby.signal").touch()
        (restored.data / AUTO).write_text("archive_command = 'harm'\n")
        ready(restored, moment)
        assert (restored.data / ASIDE).read_text() == "archive_command = 'harm'\n"
        assert not (restored.data / "standby.signal").exists()
        back = recovered(place)
        try:
            assert back.sql("select count(*), max(id) from orders") == "5001|5001"
            back.sql("insert into orders values (5002, 'goes on')")
        finally:
            back.stop()
