"""Wall clocks moved: of vault and server by libfaketime, of the lane by an offset of its own."""

from __future__ import annotations

import signal
import time
from datetime import datetime
from typing import TYPE_CHECKING

from .processes import shifted, until

if TYPE_CHECKING:
    from .world import World


def faults(world: World) -> None:
    """One clock after the other, each forward and back."""
    of_vault(world)
    of_lane(world)
    of_server(world)


def of_vault(world: World) -> None:
    """Forward by 40 days, that everything were old; and back."""
    vault = world.vault
    before = set(vault.objects())
    for by in ("+40d", "-40d"):
        vault.stop()
        since = vault.log.size()
        vault.start(**shifted(by))
        until(lambda: vault.log.shown(since, ("alarm",), '"clock"'), "the vault tells of its clock")  # noqa: B023 - ends within the turn
        time.sleep(3)
        off = 0
        for line in (vault.folder / "alarms.jsonl").read_text().splitlines()[-1:]:
            at = line.split('"at": "')[1].split('"')[0]
            off = round(abs(datetime.fromisoformat(at).timestamp() - time.time()))
        gone = before - set(vault.objects())
        world.refused(
            f"the vault's wall clock moved by {by} (libfaketime)",
            "told, not followed, nothing freed",
            f"its own clock off by {off} s; {len(gone)} objects gone",
            vault.log.shown(since, ("alarm",), '"clock"'),
            held=off < 60 and not gone,
        )
    vault.stop()
    vault.start()


def of_lane(world: World) -> None:
    """Back by an hour, while it was down: its evidence goes on from where it was."""
    lane = world.lane
    last = lane.log.entries()[-1]["at"]
    lane.stop()
    since = lane.log.size()
    lane.start(off=-3_600)
    lane.psql("drop table public.orders")
    until(lambda: lane.log.shown(since, ("clock_moved",)), "the lane tells of its clock")
    times = [one["at"] for one in lane.log.entries()]
    world.refused(
        "the lane's wall clock moved by -1 h (own offset)",
        "told; evidence never goes back",
        f"{len(times)} records, times in order: {times == sorted(times)}",
        lane.log.shown(since, ("clock_moved",)),
        held=times == sorted(times) and times[-1] > last,
    )
    lane.stop()
    lane.start()


def of_server(world: World) -> None:
    """Back and forward by 40 days: what the vault holds and finds does not change."""
    server, vault = world.server, world.vault
    sums, objects = server.sums(), set(vault.objects())
    asked = "select count(*) from pg_stat_replication where sync_state = 'sync'"
    for by in ("-40d", "+40d"):
        trials = vault.drills.size()
        server.stop()
        server.start(**shifted(by))
        shown = server.sql("select round(extract(epoch from now()) / 86400)")
        until(lambda: server.sql(asked) == "1", "the vault takes WAL again", 120)
        vault.drill("mark")
        vault.caught_up()
        trial = vault.trial()
        gone = objects - set(vault.objects())
        days = round(int(shown) - time.time() / 86_400)
        world.healed(
            f"the server's clock moved by {by} (libfaketime)",
            "nothing freed, the drill passes",
            f"server is off by {days} days; drill {trial['outcome']}, "
            f"{len(gone)} objects gone, sums {'equal' if server.sums() == sums else 'differ'}",
            vault.drills.shown(trials, ("drill",)),
            held=trial["outcome"] == "passed" and not gone and server.sums() == sums,
        )
    server.stop(signal.SIGINT)
    server.start()
