"""What callers of the social app send: contacts from the generator, profiles, orders, searches."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent))

from traffic import DAY, START, Actor, Request, address, anywhere

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

WALKS = ("profile_walk", "order_walk", "search")
"""Kinds of attack that ask for one record at a time."""
FRIENDS = 6
"""Profiles that an honest user looks at, at most."""


@dataclass(slots=True, kw_only=True)
class Step:
    """One request as it is sent."""

    actor: str
    who: Request
    """Time, account, address and client."""
    path: str
    body: dict[str, list[str]] | None = None


@dataclass(slots=True, kw_only=True)
class World:
    """Who is in the app."""

    phones: dict[str, str]
    """Account -> number."""
    registered: list[str]
    everybody: list[str]
    users: dict[str, int]
    """Number -> number of the record."""
    orders: dict[int, int]
    """Owner -> number of an order."""


def contacts(actor: Actor) -> list[Step]:
    """Return the requests of an actor of the generator."""
    word = "hashes" if actor.kind == "hashed" else "numbers"
    return [Step(actor=actor.name, who=one, path="/contacts/match", body={word: one.numbers})
            for one in actor.requests]  # fmt: skip


def browsing(rng: random.Random, actor: Actor, world: World) -> list[Step]:
    """Return what an honest user looks at: the own profile and order, and some friends."""
    first = actor.requests[0]
    own = world.users[world.phones[first.account]]
    friends = [world.users[one] for one in first.known if one in world.users]
    seen = [own, *rng.sample(friends, min(len(friends), rng.randint(0, FRIENDS)))]
    paths = [f"/users/{one}" for one in seen]
    paths += [f"/orders/{world.orders[own]}"] if own in world.orders else []
    return [_step(actor, first, path, first.at + 30 + 20 * n) for n, path in enumerate(paths)]


def walker(rng: random.Random, kind: str, name: str) -> Actor:
    """Return an attacker that takes one record at a time; its paths are made when all are known."""
    client, size = f"tool-{name}", rng.randint(150, 400)
    begin, gap = START + rng.uniform(0, 0.6 * DAY), rng.uniform(0.2, 5)
    who = address(rng)
    return Actor(name, kind, [
        Request(at=begin + gap * n, account=f"{name}-0", ip=who, client=client, numbers=[],
                known=[]) for n in range(size)
    ])  # fmt: skip


def walked(rng: random.Random, actor: Actor, world: World) -> list[Step]:
    """Return the requests of a walker."""
    size = len(actor.requests)
    if actor.kind == "search":
        known = rng.sample(world.registered, size // 3)
        numbers = known + [str(anywhere(rng)) for _ in range(size - len(known))]
        rng.shuffle(numbers)
        paths = [f"/users/search?phone={one}" for one in numbers]
    else:
        rows = list(world.users.values() if actor.kind == "profile_walk" else world.orders.values())
        first = rng.randint(min(rows), max(min(rows), max(rows) - size))
        word = "users" if actor.kind == "profile_walk" else "orders"
        paths = [f"/{word}/{first + n}" for n in range(size)]
    return [
        _step(actor, one, path, one.at) for one, path in zip(actor.requests, paths, strict=True)
    ]


def _step(actor: Actor, like: Request, path: str, at: float) -> Step:
    who = Request(at=at, account=like.account, ip=like.ip, client=like.client, numbers=[], known=[])
    return Step(actor=actor.name, who=who, path=path)


def registered(actors: Sequence[Actor]) -> list[str]:
    """Return the numbers that the app knows: who was drawn first as known, stays so."""
    told: dict[str, bool] = {}
    for actor in actors:
        for one in actor.requests:
            known = set(one.known)
            for number in (*one.known, *one.numbers):
                told.setdefault(number, number in known)
    return [number for number, here in told.items() if here]


def accounts(rng: random.Random, actors: Sequence[Actor], taken: set[str]) -> dict[str, str]:
    """Return a number for each account, which nobody else has."""
    found: dict[str, str] = {}
    for account in dict.fromkeys(one.account for actor in actors for one in actor.requests):
        number = str(anywhere(rng))
        while number in taken:
            number = str(anywhere(rng))
        taken.add(number)
        found[account] = number
    return found
