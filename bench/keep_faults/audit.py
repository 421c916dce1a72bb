"""The log of evidence edited, cut and written anew by whoever is root on the lane's host."""

from __future__ import annotations

import re
import shutil
import signal
import time
from typing import TYPE_CHECKING

from . import users
from .processes import KEEP, ended

if TYPE_CHECKING:
    from .world import World


def faults(world: World) -> None:
    """The log of evidence edited, cut, and written anew by whoever is root on the lane's host."""
    lane = world.lane
    for number in range(4):
        lane.psql(f"drop table public.orders -- {number}")
    lane.stop()
    lane.log.hold()
    path, heads = lane.log.path, lane.log.path.with_name("evidence.log.heads")
    whole, signed = path.read_bytes(), heads.read_bytes()
    lines = whole.splitlines(keepends=True)
    place = next(n for n, one in enumerate(lines) if b'"kind":"refused"' in one)
    edited = [*lines]
    edited[place] = edited[place].replace(b'"role":"dba"', b'"role":"abd"')
    verified(world, "a record edited", (b"".join(edited), signed), place + 1)
    removed = [*lines[:place], *lines[place + 1 :]]
    verified(world, "a record taken out", (b"".join(removed), signed), place + 1)
    verified(world, "the end cut off", (b"".join(lines[:place]), signed), place + 1)
    first = signed.split(b"\n\n\n")[0] if b"\n\n\n" in signed else b""
    cut = (b"".join(lines[:place]), first)
    verified(world, "the end cut off, with the heads beside it", cut, place + 1, starts=True)
    for one in (path, heads):
        one.unlink()
    lane.start()
    lane.stop()
    done = lane.log.verify(world.runner)
    world.refused(
        "the whole log written anew by the lane's own key",
        "found by the heads that others hold",
        done.text.splitlines()[0][-100:],
        "keep verify, exit 1",
        held=done.code == 1,
    )
    path.write_bytes(whole)
    heads.write_bytes(signed)
    lane.start()


def verified(
    world: World, fault: str, altered: tuple[bytes, bytes], line: int, *, starts: bool = False
) -> None:
    """Put an altered log in place; ``keep verify`` must point at it, and the lane not go on."""
    lane = world.lane
    path, beside = lane.log.path, lane.log.path.with_name("evidence.log.heads")
    whole, signed = path.read_bytes(), beside.read_bytes()
    path.write_bytes(altered[0])
    beside.write_bytes(altered[1])
    done = lane.log.verify(world.runner)
    told = done.text.splitlines()[0].replace(f"{world.place}/", "")
    named = re.search(rf"lines? {line}\b", told) is not None
    closed = starts
    if not starts:
        process = world.runner.start(
            "lane",
            "lane",
            [*KEEP, "guard", "--config", lane.place / "keep.toml"],
            lane.place / "out",
        )
        ends = time.monotonic() + 30
        while process.poll() is None and time.monotonic() < ends:
            time.sleep(0.1)
        closed = process.poll() not in (None, 0)
        ended(process, signal.SIGKILL)
    path.write_bytes(whole)
    beside.write_bytes(signed)
    for one in (path, beside):
        shutil.chown(one, users.name("lane"), users.name("lane"))
    rest = "" if starts else "; the lane does not start over it"
    world.refused(
        f"audit log: {fault}",
        "found, and where",
        f"{told}{rest}",
        f"keep verify: line {line}",
        held=done.code == 1 and named and closed,
    )
