"""Attacks on a real app through the real gate: who is stopped, and what was really given away.

The traffic of `traffic.py` and walks over profiles, orders and searches are replayed, a day in a
minute, against the social app of `app/` on a PostgreSQL of its own (the Debian package): without
anything before it, and through `hongxian gate`. Records lost are what the app's answers held when
they reached the caller. The best open peer's rule (50 values by source IP within 5 minutes) is
counted on the answers of the app alone, as if it could read bodies. The gate learned contact
matching and logins from another seed; walks it meets unlearned.

Run: ``python bench/attacks/live.py [--honest 300] [--attackers 3] [--learn 1500] [--seed 21]
[--kinds random,split]``; ``--attackers`` is by kind.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parent))

import aiohttp
import orjson
from bench.attacks.app.people import FIRST_ORDER, PASSWORD, fill, orders, people
from bench.attacks.gate_with_clock import Clock
from bench.gate_live import cpu_of
from detect import Peer, observation
from detect import actors as syncing
from laboratory import SECRET, app, database, gate
from steps import WALKS, Step, World, accounts, browsing, contacts, registered, walked, walker
from traffic import ATTACKS, HELD_OUT, Actor, Request, anywhere, attack, honest

from hongxian.guards.gate.core import Gate
from hongxian.guards.gate.policy import GatePolicy
from hongxian.guards.gate.policy_file import dump_cohorts
from hongxian.signals.observation import Identifier, Observation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MOST = 16
"""Requests under way at a time."""
CARD = re.compile(rb'"id_card":"\d{17}[\dX]"')
HELD = (403, 429)


@dataclass(slots=True)
class Outcome:
    """What became of one actor."""

    kind: str
    lost: int = 0
    """Records given to it."""
    bare: int = 0
    """Profiles given with an identity card that can be read."""
    sent: int = 0
    stopped: bool = False
    where: str = ""
    """What it asked when it was stopped first."""


@dataclass(slots=True)
class Given:
    """What one request was answered."""

    step: Step
    status: int
    records: int


@dataclass(slots=True)
class Arm:
    """One replay."""

    outcomes: dict[str, Outcome]
    given: list[Given] = field(default_factory=list)
    cpu: float = 0.0
    faults: int = 0
    """Answers that should not be: of a server that failed, or none."""


class Replay:
    """Sends steps by the time of the traffic, each account one after the other.

    Args:
        port: where to.
        world: who is in the app.
        arm: takes what is seen.
        clock: is set to the time of each request; ``None`` without a gate.
    """

    def __init__(self, port: int, world: World, arm: Arm, clock: Clock | None) -> None:
        """Send nothing yet."""
        self._at, self._world, self._arm, self._clock = (
            f"http://127.0.0.1:{port}",
            world,
            arm,
            clock,
        )
        self._room = asyncio.Semaphore(MOST)
        self._turns: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._tokens: dict[str, str] = {}
        self._gone: set[str] = set()

    async def play(self, steps: Iterable[Step]) -> None:
        """Send all."""
        jar = aiohttp.DummyCookieJar()
        session = aiohttp.ClientSession(cookie_jar=jar)
        async with session as self._session, asyncio.TaskGroup() as group:
            for step in sorted(steps, key=lambda one: one.who.at):
                await self._room.acquire()
                if self._clock is not None:
                    self._clock.set(step.who.at)
                group.create_task(self._sent(step))

    async def _sent(self, step: Step) -> None:
        try:
            async with self._turns[step.who.account]:
                if step.who.account not in self._gone:
                    await self._answered(step)
        finally:
            self._room.release()

    async def _answered(self, step: Step) -> None:
        own = self._arm.outcomes[step.actor]
        token = self._tokens.get(step.who.account) or await self._login(step)
        own.sent += 1
        path, body = step.path if token else "/login", b""
        status = HELD[0]
        if token:
            status, body = await self._ask(step.who, path, step.body, token)
        if status in HELD:
            own.stopped = True
            own.where = own.where or f"{step.actor} {status} {path}"
            self._gone.add(step.who.account)
            return
        self._arm.faults += status not in (200, 404)
        records = records_in(step.path, status, body)
        own.lost += records
        own.bare += bool(CARD.search(body))
        self._arm.given.append(Given(step, status, records))

    async def _login(self, step: Step) -> str:
        told = {"phone": self._world.phones[step.who.account], "password": PASSWORD}
        status, body = await self._ask(step.who, "/login", told, "")
        self._arm.faults += status not in (200, *HELD)
        token = self._tokens[step.who.account] = (
            str(orjson.loads(body)["token"]) if status == 200 else ""
        )
        return token

    async def _ask(
        self, who: Request, path: str, body: Mapping[str, Any] | None, token: str
    ) -> tuple[int, bytes]:
        headers = {"X-Forwarded-For": who.ip, "User-Agent": who.client,
                   "Content-Type": "application/json"}  # fmt: skip
        if token:
            headers["Authorization"] = f"Bearer {token}"
        data = None if body is None else orjson.dumps(body)
        method = "GET" if body is None else "POST"
        async with self._session.request(
            method, self._at + path, data=data, headers=headers
        ) as answer:
            return answer.status, await answer.read()


def records_in(path: str, status: int, body: bytes) -> int:
    """Return how many people an answer tells of."""
    if status != 200:
        return 0
    return len(orjson.loads(body)["matched"]) if path.startswith("/contacts") else 1


def made(args: argparse.Namespace) -> tuple[list[Actor], list[Step], World]:
    """Return who acts, what they send, and who is in the app."""
    rng = random.Random(args.seed)  # noqa: S311 - made up traffic
    kinds = args.kinds.split(",") if args.kinds else [*ATTACKS, *WALKS]
    syncs = [honest(rng, f"user-{n}") for n in range(args.honest)]
    attacks = [attack(rng, kind, f"{kind}-{n}") for kind in kinds if kind in ATTACKS | HELD_OUT
               for n in range(args.attackers)]  # fmt: skip
    walks = [walker(rng, kind, f"{kind}-{n}") for kind in kinds if kind in WALKS
             for n in range(args.attackers)]  # fmt: skip
    actors = [*syncs, *attacks, *walks]
    known = registered(actors)
    phones = accounts(rng, actors, set(known))
    everybody = [*known, *phones.values()]
    rows = list(people(everybody, args.seed))
    world = World(
        phones=phones, registered=known, everybody=everybody,
        users={str(row[1]): int(str(row[0])) for row in rows},
        orders={int(str(row[1])): int(str(row[0])) for row in orders(rows, args.seed)},
    )  # fmt: skip
    steps = [step for actor in [*syncs, *attacks] for step in contacts(actor)]
    steps += [step for actor in syncs for step in browsing(rng, actor, world)]
    steps += [step for actor in walks for step in walked(rng, actor, world)]
    return actors, steps, world


def usual(many: int) -> str:
    """Return what the gate learned of contact matching and logins from honest users, as JSON."""
    rng = random.Random(1)  # noqa: S311 - made up traffic
    core = Gate(GatePolicy(), secret=SECRET)
    for actor in syncing(1, many, 0, ()):
        first = actor.requests[0]
        core.judge(Observation(
            at=first.at, endpoint="POST /login", hits=0, status=200,
            principals={"ip": first.ip, "fingerprint": first.client},
            identifiers=(Identifier("basic.phone", str(anywhere(rng))),),
        ))  # fmt: skip
        for one in actor.requests:
            core.judge(observation(one))
    return dump_cohorts(core.learn())


def peer(arm: Arm) -> dict[str, Outcome]:
    """Return what the peer's rule would have made of what the app alone answered."""
    found = {name: Outcome(one.kind) for name, one in arm.outcomes.items()}
    rule, gone = Peer(), set()
    for one in sorted(arm.given, key=lambda row: row.step.who.at):
        step, own = one.step, found[one.step.actor]
        if step.who.account in gone:
            continue
        values = next(iter(step.body.values())) if step.body else [step.path]
        who = step.who
        if rule.flags(Request(who.at, who.account, who.ip, who.client, values, [])):
            own.stopped = True
            gone.add(who.account)
            continue
        own.lost += one.records
    return found


def share(rows: list[Outcome]) -> float:
    """Return how many of these were stopped."""
    return sum(one.stopped for one in rows) / max(len(rows), 1)


def tell(alone: Arm, gated: Arm) -> None:
    """Print a line for each kind."""
    by_rule = peer(alone)
    print(f"{'kind':18}{'n':>5}{'requests':>10}   {'stopped':>7}{'peer':>6}   "
          f"{'lost':>7}{'peer':>8}{'no gate':>9}   cards read (no gate)")  # fmt: skip
    for kind in dict.fromkeys(one.kind for one in alone.outcomes.values()):
        names = [name for name, one in alone.outcomes.items() if one.kind == kind]
        ours, theirs, none = (
            [found[name] for name in names] for found in (gated.outcomes, by_rule, alone.outcomes)
        )
        lost = [median(one.lost for one in rows) for rows in (ours, theirs, none)]
        bare = [sum(one.bare for one in rows) for rows in (ours, none)]
        print(f"{kind:18}{len(names):5}{sum(one.sent for one in none):10}   {share(ours):7.3f}"
              f"{share(theirs):6.2f}   {lost[0]:7.0f}{lost[1]:8.0f}{lost[2]:9.0f}   "
              f"{bare[0]} ({bare[1]})")  # fmt: skip
    disturbed = [one.where for one in gated.outcomes.values() if one.kind == "honest" and one.where]
    print(f"honest disturbed: {', '.join(disturbed) or 'nobody'}")
    attackers = [one.lost for one in gated.outcomes.values() if one.kind != "honest"]
    if attackers:
        print(f"records lost by attacker through the gate, median: {median(attackers):.0f}")


async def replayed(port: int, pid: int, told: tuple[list[Actor], list[Step], World],
                   clock: Clock | None = None) -> Arm:  # fmt: skip
    """Replay the traffic; return what was seen."""
    actors, steps, world = told
    arm = Arm({actor.name: Outcome(actor.kind) for actor in actors})
    before = cpu_of(pid)
    await Replay(port, world, arm, clock).play(steps)
    arm.cpu = cpu_of(pid) - before
    return arm


def main() -> None:
    """Fill, learn, replay, print."""
    read = argparse.ArgumentParser(description=__doc__)
    read.add_argument("--honest", type=int, default=300)
    read.add_argument("--attackers", type=int, default=3)
    read.add_argument("--learn", type=int, default=1_500)
    read.add_argument("--seed", type=int, default=21)
    read.add_argument("--kinds", default="")
    args = read.parse_args()
    told = made(args)
    _, steps, world = told
    cohorts = usual(args.learn)
    with tempfile.TemporaryDirectory() as name, database() as address:
        asyncio.run(fill(address, world.everybody, args.seed))
        with app(address) as (port, pid):
            alone = asyncio.run(replayed(port, pid, told))
            with gate(Path(name), port, cohorts) as (front, guard, clock):
                gated = asyncio.run(replayed(front, guard, told, Clock(clock)))
    print(f"seed {args.seed}: {len(steps)} requests, {len(world.users)} people in the app, orders "
          f"from {FIRST_ORDER}")  # fmt: skip
    tell(alone, gated)
    sent = sum(one.sent for one in gated.outcomes.values())
    print(f"CPU of the app alone {alone.cpu:.1f} s, of the gate {gated.cpu:.1f} s "
          f"({gated.cpu / max(sent, 1) * 1e6:.0f} us a request, logins included); answers that "
          f"failed: {alone.faults} alone, {gated.faults} through the gate")  # fmt: skip


if __name__ == "__main__":
    main()
