"""How many attackers the gate stops, how many honest syncs it disturbs, what is lost before.

The gate learns from one seed of honest traffic, and is measured on others: on the kinds of attack
on which its defaults were set, and on kinds that were held out. Beside it stands the best open
peer's rule: 50 different values of one URL parameter by source IP within 5 minutes; as it is, and
as if it could read bodies.

Run: ``python bench/attacks/detect.py [--honest 20000] [--attackers 4000] [--seeds 11,12]``
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import defaultdict, deque
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent))

from traffic import ATTACKS, HELD_OUT, Actor, Request, attack, honest

from hongxian.guards.gate.core import Gate
from hongxian.guards.gate.policy import GatePolicy
from hongxian.signals.observation import Identifier, Observation

if TYPE_CHECKING:
    from collections.abc import Iterable

ENDPOINT = "POST /contacts/match"
STOPPED = ("challenge", "block")
TARGETS = {"sequential": 0.99, "random": 0.99, "leaked_list": 0.99, "one_province": 0.90,
           "split": 0.90}  # fmt: skip


@dataclass(slots=True)
class Outcome:
    """What became of one actor."""

    kind: str
    lost: int = 0
    whole: int = 0
    stopped: bool = False
    reasons: set[str] = field(default_factory=set)


class Peer:
    """50 different values by source IP within 5 minutes."""

    def __init__(self) -> None:
        """Start with nothing seen."""
        self.seen: dict[str, deque[tuple[float, list[str]]]] = defaultdict(deque)

    def flags(self, request: Request) -> bool:
        """Count a request; return whether its source is over the limit."""
        rows = self.seen[request.ip]
        rows.append((request.at, request.numbers))
        while rows[0][0] < request.at - 300:
            rows.popleft()
        return len({one for _, numbers in rows for one in numbers}) > 50


def observation(request: Request) -> Observation:
    """Return a request as the gate sees it."""
    return Observation(
        at=request.at, endpoint=ENDPOINT, hits=request.hits, given={"netid.user_id": request.hits},
        principals={"account": request.account, "ip": request.ip, "fingerprint": request.client},
        identifiers=tuple(Identifier("basic.phone", one) for one in request.numbers), status=200,
    )  # fmt: skip


def played(actors: Iterable[Actor], gate: Gate | None) -> dict[str, Outcome]:
    """Play all requests by time; whoever is stopped gets no answer to that and later ones."""
    found, peer = {}, Peer()
    rows: list[tuple[float, str, Request]] = []
    for actor in actors:
        found[actor.name] = Outcome(actor.kind, whole=sum(one.hits for one in actor.requests))
        rows += [(one.at, actor.name, one) for one in actor.requests]
    gone: set[str] = set()
    for _, name, request in sorted(rows, key=lambda row: row[0]):
        own = found[name]
        if request.account in gone:
            continue
        if gate is None:
            stops = peer.flags(request)
        else:
            seen = observation(request)
            decision = gate.ask(seen)
            stops = decision.advised in STOPPED
            own.reasons |= {one.kind for one in decision.findings if one.action in STOPPED}
        if stops:
            own.stopped = True
            gone.add(request.account)
            continue
        own.lost += request.hits
        if gate is not None:
            gate.answer(seen)
    return found


def actors(seed: int, many: int, attackers: int, kinds: Iterable[str]) -> list[Actor]:
    """Return the honest and the attackers of a seed."""
    rng = random.Random(seed)  # noqa: S311 - made up traffic
    made = [honest(rng, f"user-{number}") for number in range(many)]
    named = list(kinds)
    each = max(1, attackers // max(1, len(named)))
    made += [attack(rng, kind, f"{kind}-{n}") for kind in named for n in range(each)]
    return made


def learned(seed: int, many: int) -> GatePolicy:
    """Return a policy whose cohort was learned from honest traffic."""
    gate = Gate(GatePolicy(), secret=b"bench")
    for actor in actors(seed, many, 0, ()):
        for request in actor.requests:
            gate.ask(observation(request))
            gate.answer(observation(request))
    return replace(gate.policy, cohorts=gate.learn())


def told(title: str, found: dict[str, Outcome], peer: dict[str, Outcome]) -> bool:
    """Print a table; return whether every target is met."""
    good = True
    print(f"\n{title}\n{'kind':20s} {'n':>6s} {'stopped':>8s} {'peer':>8s} {'lost':>7s} "
          f"{'lost/all':>8s}  found by")  # fmt: skip
    for kind in dict.fromkeys(one.kind for one in found.values()):
        rows = [one for one in found.values() if one.kind == kind]
        theirs = [one for one in peer.values() if one.kind == kind]
        share = sum(one.stopped for one in rows) / len(rows)
        their = sum(one.stopped for one in theirs) / len(theirs)
        lost = median(one.lost for one in rows)
        part = sum(one.lost for one in rows) / max(1, sum(one.whole for one in rows))
        reasons = sorted({reason for one in rows for reason in one.reasons})
        mark = ""
        if kind in TARGETS:
            met = share >= TARGETS[kind] and lost <= 150
            good, mark = good and met, "" if met else "  MISSED"
        if kind == "honest":
            good, mark = good and share <= 0.001, "" if share <= 0.001 else "  MISSED"
        print(f"{kind:20s} {len(rows):6d} {share:8.4f} {their:8.4f} {lost:7.0f} {part:8.4f}  "
              f"{', '.join(reasons)}{mark}")  # fmt: skip
    lost = median(one.lost for one in found.values() if one.kind != "honest")
    print(f"records lost per attacker, median of all: {lost:.0f}")
    return good


def main() -> None:
    """Learn, play, print."""
    read = argparse.ArgumentParser(description=__doc__)
    read.add_argument("--honest", type=int, default=20_000)
    read.add_argument("--attackers", type=int, default=4_000)
    read.add_argument("--learn", type=int, default=5_000)
    read.add_argument("--seeds", default="11")
    read.add_argument("--held-out", action="store_true")
    asked = read.parse_args()
    policy = learned(1, asked.learn)
    print(policy.cohort(ENDPOINT))
    good = True
    for seed in map(int, asked.seeds.split(",")):
        for title, kinds in (("tuned on these kinds", ATTACKS), ("held out", HELD_OUT)):
            if title == "held out" and not asked.held_out:
                continue
            made = actors(seed, asked.honest, asked.attackers, kinds)
            start = time.process_time()
            gate = Gate(policy, secret=b"bench")
            found = played(made, gate)
            spent = time.process_time() - start
            many = sum(len(one.numbers) for actor in made for one in actor.requests)
            good &= told(f"seed {seed}: {title}", found, played(made, None))
            print(f"{many} numbers in all, {spent:.1f} s CPU; the peer as it is sees no body: "
                  "0 stopped of every kind")  # fmt: skip
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
