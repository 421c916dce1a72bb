"""Tickets that are not what they should be."""

from __future__ import annotations

import hashlib
import re
import shutil
import sqlite3
import time
from typing import TYPE_CHECKING

from . import users

if TYPE_CHECKING:
    from pathlib import Path

    from .world import World

TEXT = "truncate attic.spare"
FILLED = "insert into attic.spare select i from generate_series(1, 500) i"
NUMBER = re.compile(r"^\S+", re.MULTILINE)


def faults(world: World) -> None:
    """Try tickets one after the other."""
    world.server.sql(
        "create table attic.spare (id int primary key)",
        FILLED,
        "analyze attic.spare",
        database="shop",
    )
    world.lane.stop()  # so that it knows the new table at once
    world.lane.start()
    signed(world)
    replayed(world)
    altered(world)
    expired(world)
    grown(world)


def proposed(world: World, name: str, text: str = TEXT, *more: str) -> str:
    """Let a person propose a ticket; its number."""
    path = world.place / "owner" / "text.sql"
    path.write_text(text)
    path.chmod(0o644)
    done = world.lane.person(
        name, "propose", "--database", "shop", "--role", "dba", "--why", "test", "-f", path, *more
    )
    found = NUMBER.search(done.text)
    if done.code or found is None:
        raise RuntimeError(done.text)
    return found[0]


def good(world: World, text: str = TEXT, *more: str) -> str:
    """Let one person propose a ticket and another sign it; its number."""
    number = proposed(world, "li", text, *more)
    done = world.lane.person("wang", "approve", number, "--yes")
    if done.code:
        raise RuntimeError(done.text)
    return number


def tried(world: World, fault: str, expected: str, text: str = TEXT, why: str = "") -> None:
    """Run a statement whose ticket must not be taken."""
    before = world.server.sums() | {"spare": spare(world)}
    since = world.lane.log.size()
    said = world.lane.psql(text)
    same = world.server.sums() | {"spare": spare(world)} == before
    lines = [one for one in said.text.splitlines() if "Hongxian" in one]
    part = f'"reason": "{why}"' if why else ""
    record = world.lane.log.shown(since, ("ticket_refused", "refused"), part)
    told = (lines or said.text.splitlines() or [""])[0].removeprefix("ERROR:  ")[:120]
    world.refused(fault, expected, told, record, held=same and bool(lines))


def spare(world: World) -> str:
    """Return how many rows the table of the tickets has."""
    return world.server.sql("select count(*) from attic.spare", database="shop")


def signed(world: World) -> None:
    """Signatures of people who may not: the proposer, one without the right, the same device."""
    for fault, proposer, signer, machine in (
        ("ticket signed by its proposer", "qian", "qian", ""),
        ("ticket signed without the right", "qian", "li", ""),
        ("ticket signed on the proposer's device", "li", "wang", "li"),
    ):
        since = world.lane.log.size()
        number = proposed(world, proposer)
        done = world.lane.person(signer, "approve", number, "--yes", machine=machine)
        record = world.lane.log.shown(since, ("ticket_refused",))
        before = spare(world)
        run = world.lane.psql(TEXT)
        held = done.code != 0 and "Hongxian" in run.text and spare(world) == before
        world.refused(
            fault, "the signature is refused", done.text.splitlines()[-1], record, held=held
        )
        world.lane.person(proposer, "withdraw", number)


def replayed(world: World) -> None:
    """A used ticket again: by the same text, and with the file of tickets from before."""
    good(world)
    saved = world.place / "tickets.saved"
    world.lane.stop()
    copied(world.place / "lane" / "tickets.db", saved)
    world.lane.start()
    ran = world.lane.psql(TEXT)
    if ran.code or spare(world) != "0":
        raise RuntimeError(f"a good ticket does not work: {ran.text}")
    world.server.sql(FILLED, database="shop")
    tried(world, "used ticket replayed", "used once and no more", why="used")
    world.lane.stop()
    copied(saved, world.place / "lane" / "tickets.db")
    world.lane.start()
    tried(
        world,
        "file of tickets put back to before the use",
        "evidence knows of the use",
        why="used",
    )


def copied(source: Path, target: Path) -> None:
    """Copy the file of tickets, as somebody who is root on the lane's host can."""
    for one in target.parent.glob(f"{target.name}-*"):
        one.unlink()
    shutil.copyfile(source, target)
    user = users.name("lane")
    shutil.chown(target, user, user)


def altered(world: World) -> None:
    """The file of tickets written to by somebody who is root on the lane's host."""
    harm = "drop table public.orders cascade"
    number = good(world)
    world.lane.psql("select 1")
    base = sqlite3.connect(world.place / "lane" / "tickets.db")
    [(body,)] = base.execute("select body from tickets where id = ?", (number,)).fetchall()
    digest = hashlib.sha256(harm.encode()).hexdigest()
    old = hashlib.sha256(TEXT.encode()).hexdigest()
    base.execute(
        "update tickets set text = ?, text_hash = ?, body = ? where id = ?",
        (harm, digest, body.replace(old, digest), number),
    )
    base.commit()
    tried(world, "approved ticket altered to another text", "signatures are checked again", harm)
    forged = proposed(world, "li", harm)
    base.execute("update tickets set state = 'approved' where id = ?", (forged,))
    base.execute(
        "insert into approvals select ?, person, signature, device, session, at"
        " from approvals where ticket = ?",
        (forged, number),
    )
    base.commit()
    base.close()
    tried(world, "signature of one ticket under another", "signatures are checked again", harm)
    tried(
        world,
        "approved text with a word more",
        "a ticket is for exactly one text",
        f"{TEXT} cascade",
    )


def expired(world: World) -> None:
    """A ticket after its time, also when the lane's clock is set back."""
    good(world, TEXT, "--lifetime", "3s")
    time.sleep(4)
    tried(world, "ticket after its time", "refused as expired", why="expired")
    world.lane.stop()
    world.lane.start(off=-3_600)
    tried(
        world,
        "the lane's clock set back by 1 h for it (own offset)",
        "evidence never goes back",
        why="expired",
    )
    world.lane.stop()
    world.lane.start()


def grown(world: World) -> None:
    """A ticket for some rows, when there are many more by now."""
    good(world)
    world.server.sql(
        "insert into attic.spare select i from generate_series(1000, 60000) i",
        "analyze attic.spare",
        database="shop",
    )
    tried(
        world,
        "ticket for 500 rows when there are 59,501",
        "refused for the number of rows",
        why="rows",
    )
