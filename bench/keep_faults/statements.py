"""Statements that lose data, sent through the lane by an operator who is a superuser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from . import undo

if TYPE_CHECKING:
    from collections.abc import Callable

    from .processes import Done
    from .world import World

WIPE = """create function public.wipe() returns void language plpgsql as
  $$ begin delete from public.orders; end $$"""
LOSING: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("DROP TABLE", "shop", ("drop table public.lines",)),
    ("DROP TABLE CASCADE", "shop", ("drop table public.orders cascade",)),
    ("TRUNCATE CASCADE", "shop", ("truncate public.orders cascade",)),
    ("DELETE without WHERE", "shop", ("delete from public.lines",)),
    ("DELETE WHERE true", "shop", ("delete from public.orders where true",)),
    ("UPDATE without WHERE", "shop", ("update public.orders set what = ''",)),
    ("UPDATE WHERE true", "shop", ("update public.lines set what = 'x' where true",)),
    ("DROP DATABASE from another", "postgres", ("drop database shop with (force)",)),
    ("DROP OWNED", "shop", ("drop owned by clerk cascade",)),
    ("DROP SCHEMA CASCADE", "shop", ("drop schema attic cascade",)),
    ("DO hides DELETE", "shop", ("do $$ begin delete from public.lines; end $$",)),
    (
        "EXECUTE hides DELETE",
        "shop",
        ("do $$ begin execute 'del' || 'ete from public.lines'; end $$",),
    ),
    ("PREPARE hides DELETE", "shop", ("prepare p as delete from public.lines", "execute p")),
    ("a new function hides DELETE", "shop", (WIPE, "select public.wipe()")),
    ("an old function hides DELETE", "shop", ("select public.purge()",)),
    ("a second statement behind a harmless one", "shop", ("select 1; truncate attic.letters",)),
    (
        "COPY runs a program that removes files",
        "shop",
        ("copy (select 1) to program 'rm -rf base'",),
    ),
)
"""Name, database, statements of one session."""
EXTENDED = ("DELETE, prepared (extended protocol)", "delete from public.notes where what <> ''")
_CODE = re.compile(r"\bKP00[1-6]\b")


def faults(world: World) -> None:
    """Send each, and hold all tables against what they were."""
    for name, database, texts in LOSING:
        attempt(world, name, lambda d=database, t=texts: world.lane.psql(*t, database=d))  # type: ignore[misc]
    name, text = EXTENDED
    attempt(world, name, lambda: world.lane.extended(text))


def attempt(world: World, name: str, act: Callable[[], Done]) -> None:
    """Do something through the lane: it is refused, or moved and can be brought back.

    Args:
        world: to which.
        name: of the fault.
        act: does it; returns what the operator saw.
    """
    before, since = world.server.sums(), world.lane.log.size()
    said = act()
    after = world.server.sums()
    expected = "refused, or moved and brought back"
    code = _CODE.search(said.text)
    if code and after == before:
        record = world.lane.log.shown(since, ("refused",))
        world.refused(name, expected, f"{code[0]}; all sums equal", record, held=True)
        return
    told, record = undo.undone(world, since)  # also where but a part of it was refused
    back = world.server.sums()
    same = "all sums equal" if back == before else f"lost: {changed(before, back)}"
    ran = f"{code[0]}, the rest ran" if code else "ran"
    tried = f"{ran} ({changed(before, after) or 'no row lost yet'}); {told}; {same}"
    world.healed(name, expected, tried, record, held=back == before and bool(record))


def changed(before: dict[str, str], after: dict[str, str]) -> str:
    """Return which tables are not as they were."""
    return ", ".join(f"{one} {after[one]}" for one in before if before[one] != after[one])
