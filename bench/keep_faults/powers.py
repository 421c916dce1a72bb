"""What protects data is turned off by a superuser, through the lane and past it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from .statements import attempt

if TYPE_CHECKING:
    from .world import World

OFF: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "triggers and foreign keys off for a session",
        ("set session_replication_role = replica", "delete from public.orders"),
    ),
    (
        "triggers of a table off",
        ("alter table public.lines disable trigger all", "delete from public.orders"),
    ),
    ("archiving off", ("alter system set archive_mode = off",)),
    ("archive command replaced by a no-op", ("alter system set archive_command = '/bin/true'",)),
    (
        "commits wait for the vault no more",
        ("alter system set synchronous_standby_names = ''", "select pg_reload_conf()"),
    ),
    (
        "slot of the vault dropped",
        (
            "select pg_terminate_backend(active_pid) from pg_replication_slots",
            "select pg_drop_replication_slot('hongxian_vault')",
        ),
    ),
    ("a superuser of one's own", ("create role other superuser login",)),
    (
        "rules of access replaced",
        ("copy (select 'host all all 0.0.0.0/0 trust') to '/tmp/pg_hba.conf'",),
    ),
)


def faults(world: World) -> None:
    """Through the lane each alone; then the same by whoever owns the server's host."""
    for name, texts in OFF:
        attempt(world, name, lambda t=texts: world.lane.psql(*t))  # type: ignore[misc]
    past_the_lane(world)


def past_the_lane(world: World) -> None:
    """Archiving a no-op, slot dropped, no standby: the vault tells, mends, and misses nothing."""
    server, vault, since = world.server, world.vault, world.vault.log.size()
    trials = vault.drills.size()
    server.sql(
        "alter system set archive_command = '/bin/true'",
        "alter system set synchronous_standby_names = ''",
        "select pg_reload_conf()",
    )
    ends = time.monotonic() + 60
    while server.sql("select count(*) from pg_replication_slots") != "0":
        server.tried(
            "select pg_terminate_backend(pid, 5000) from pg_stat_replication",
            "select pg_drop_replication_slot('hongxian_vault')",
        )
        if time.monotonic() > ends:
            raise TimeoutError("the slot is dropped")
    server.sql(
        "insert into public.notes values (0, 'while the slot was away')",
        "select pg_switch_wal()",
        database="shop",
    )
    while "alarm" not in {one["kind"] for one in vault.log.entries(since)}:
        if time.monotonic() > ends:
            raise TimeoutError("the vault tells")
        time.sleep(0.2)
    while server.sql("select count(*) from pg_stat_replication") != "1":
        time.sleep(0.2)
        if time.monotonic() > ends:
            raise TimeoutError("the vault takes WAL again")
    vault.drill("mark")
    vault.caught_up()
    trial = vault.trial()
    world.healed(
        "archive command a no-op and slot dropped, on the server's own host",
        "alarm, slot made anew, the drill finds nothing missing",
        f"slot made anew; drill {trial['outcome']} ({len(trial['checks'])} checks)",
        f"{vault.log.shown(since, ('alarm',))}, {vault.drills.shown(trials, ('drill',))}",
        held=trial["outcome"] == "passed",
    )
