"""Makes the traffic of a contact-matching interface: honest syncs and attackers, by seed.

All of it is made up; what stands behind the figures is said beside each. Where numbers were issued
is a fact of numbering, taken from the product's table. The gate is not asked for anything here.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from hongxian.info.mobile_regions import load_mobile_regions

if TYPE_CHECKING:
    import random

DAY = 86_400.0
START = 1_750_032_000.0
"""A midnight (UTC)."""
IN_USE = 0.60
"""Numbers of an issued segment that somebody has."""
REGISTERED = 0.55
"""Of those in use, how many the app knows."""
MADE = IN_USE * REGISTERED
"""The same of numbers that are made up within issued segments."""
KNOWN = 0.68
"""The same of people whom a user knows."""
CLIENTS = 40
"""Fingerprints of the app's versions on common systems."""


@dataclass(slots=True)
class Request:
    """One request: who, when, which numbers, and which of them the app knows."""

    at: float
    account: str
    ip: str
    client: str
    numbers: list[str]
    """As they are sent."""
    known: list[str]
    """Those that the app knows, as they are."""

    @property
    def hits(self) -> int:
        """How many the app knows."""
        return len(self.known)


@dataclass(slots=True)
class Actor:
    """One honest user, or one attack with all its accounts."""

    name: str
    kind: str
    requests: list[Request] = field(default_factory=list)


@cache
def segments() -> dict[int, list[int]]:
    """Return the issued segments by region."""
    table = load_mobile_regions()
    found: dict[int, list[int]] = {}
    for place, region in enumerate(table.segments):
        if region:
            found.setdefault(region, []).append(table.first + place)
    return found


@cache
def cities() -> tuple[list[int], list[float]]:
    """Return the regions and how many segments each has, which stands for its people."""
    rows = segments()
    return list(rows), [float(len(rows[region])) for region in rows]


@cache
def by_province() -> dict[str, list[int]]:
    """Return the regions of each province."""
    found: dict[str, list[int]] = {}
    names = load_mobile_regions().names
    for region in segments():
        found.setdefault(names[region][0], []).append(region)
    return found


def in_city(rng: random.Random, region: int) -> int:
    """Return a number issued in a city."""
    return rng.choice(segments()[region]) * 10_000 + rng.randrange(10_000)


def anywhere(rng: random.Random) -> int:
    """Return a number issued anywhere."""
    regions, weights = cities()
    return in_city(rng, rng.choices(regions, weights)[0])


def sent(
    rng: random.Random, numbers: list[str], chance: list[float], chunk: int, **who: str
) -> list[Request]:
    """Return the requests in which numbers are sent, all at no time yet."""
    both = list(zip(numbers, chance, strict=True))
    return [
        Request(at=0.0, numbers=numbers[start : start + chunk],
                known=[one for one, p in both[start : start + chunk] if rng.random() < p], **who)
        for start in range(0, len(numbers), chunk)
    ]  # fmt: skip


def at(start: float, gap: float, requests: list[Request]) -> list[Request]:
    """Give requests their times, in even steps."""
    for place, one in enumerate(requests):
        one.at = start + gap * place
    return requests


def address(rng: random.Random) -> str:
    """Return an address of a client."""
    return ".".join(str(rng.randrange(1, 255)) for _ in range(4))


def popular(rng: random.Random) -> str:
    """Return the fingerprint of a common client: few versions, most on the newest."""
    return f"client-{min(CLIENTS - 1, int(rng.paretovariate(0.9)) - 1)}"


def book(rng: random.Random, size: int) -> tuple[list[int], list[float]]:
    """Return an address book and how likely the app knows each number.

    Two thirds of a book are from the owner's city (Beta 6, 3); a quarter of the owners have moved
    and know two cities; 3 in 1,000 trade all over the country; 3 % have colleagues whose numbers
    stand side by side; a fifth of the numbers is stale (Beta 2, 8).
    """
    regions, weights = cities()
    names = load_mobile_regions().names
    home, second = rng.choices(regions, weights, k=2)
    near, moved, trade = rng.betavariate(6, 3), rng.random() < 0.25, rng.random() < 0.003
    stale = rng.betavariate(2, 8)
    province = by_province()[names[home][0]]
    found: dict[int, None] = {}
    if rng.random() < 0.03:
        first = in_city(rng, home)
        found |= dict.fromkeys(first + rng.randrange(200) for _ in range(rng.randint(5, 40)))
    if rng.random() < 0.3:
        couple = in_city(rng, home)
        found |= dict.fromkeys((couple, couple + 1))
    while len(found) < size:
        draw = rng.random()
        if trade or draw >= near + 0.4 * (1 - near):
            number = anywhere(rng)
        elif draw < near:
            number = in_city(rng, second if moved and rng.random() < 0.4 else home)
        else:
            number = in_city(rng, rng.choice(province))
        found[number] = None
    numbers = list(found)[: max(size, 2)]
    rng.shuffle(numbers)
    chance = [MADE if rng.random() < stale else KNOWN for _ in numbers]
    return numbers, chance


def honest(rng: random.Random, name: str) -> Actor:
    """Return an honest sync: one book, in chunks; two in five send it again the same day."""
    actor = Actor(name, "honest")
    size = min(max(round(rng.lognormvariate(math.log(150), 0.9)), 5), 5_000)
    numbers, chance = book(rng, size)
    texts, chunk = [str(one) for one in numbers], rng.choice((50, 100, 200, 500))
    ip = f"10.64.{rng.randrange(2)}.{rng.randrange(250)}" if rng.random() < 0.3 else address(rng)
    client = popular(rng)
    for _ in range(2 if rng.random() < 0.4 else 1):
        start = START + DAY * min(0.98, rng.betavariate(4, 3))
        made = sent(rng, texts, chance, chunk, account=name, ip=ip, client=client)
        actor.requests += at(start, rng.uniform(0.3, 3), made)
    actor.requests.sort(key=lambda one: one.at)
    return actor


_STEPS = {"sequential": 1, "stride": 7, "shuffled": 2}


@dataclass(frozen=True, slots=True)
class Attack:
    """How an attacker goes about it."""

    pick: str = "random"
    """sequential, stride, shuffled, random, province, city, list, local_list, mixed."""
    accounts: int = 1
    gap: tuple[float, float] = (0.2, 5.0)
    """Seconds between requests."""
    chunk: tuple[int, int] = (20, 500)
    hashed: bool = False
    mimic: bool = False
    """Whether it has the fingerprint of a common client."""
    sizes: tuple[int, int] = (300, 20_000)


ATTACKS = {
    "sequential": Attack("sequential"), "random": Attack("random"),
    "one_province": Attack("province"), "leaked_list": Attack("list"),
    "slow": Attack("random", gap=(600, 1_200), chunk=(5, 30)),
    "split": Attack("random", accounts=50), "hashed": Attack("random", hashed=True),
    "burst": Attack("random", gap=(0.0, 0.05), chunk=(1_000, 2_000), sizes=(20_000, 60_000)),
}  # fmt: skip
"""Those on which the product's defaults were set."""

HELD_OUT = {
    "stride": Attack("stride"), "shuffled_block": Attack("shuffled"),
    "one_city": Attack("city"), "local_list": Attack("local_list"),
    "mixed_with_honest": Attack("mixed"),
    "split_sequential": Attack("sequential", accounts=50),
    "split_list": Attack("list", accounts=50),
    "split_mimic": Attack("random", accounts=50, mimic=True),
    "split_200": Attack("random", accounts=200),
    "list_mimic": Attack("list", mimic=True),
    "slow_sequential": Attack("sequential", gap=(600, 1_200), chunk=(5, 30)),
}  # fmt: skip
"""Those that nothing was set on."""


def attack(rng: random.Random, kind: str, name: str) -> Actor:
    """Return an attack."""
    how = (ATTACKS | HELD_OUT)[kind]
    low, high = how.sizes
    size = round(math.exp(rng.uniform(math.log(low), math.log(high))))
    numbers, chance = picked(rng, how.pick, size)
    texts = [str(one) for one in numbers]
    actor = Actor(name, kind)
    tool = f"tool-{name}"
    each = math.ceil(size / how.accounts)
    for place in range(how.accounts):
        part = slice(place * each, (place + 1) * each)
        low, high = how.chunk
        chunk = round(math.exp(rng.uniform(math.log(low), math.log(high))))
        start = START + rng.uniform(0, 0.6 * DAY if how.gap[0] < 60 else 60)
        made = sent(rng, texts[part], chance[part], chunk, account=f"{name}-{place}",
                    ip=address(rng), client=popular(rng) if how.mimic else tool)  # fmt: skip
        if how.hashed:
            for one in made:
                one.numbers = [digest(number) for number in one.numbers]
        actor.requests += at(start, rng.uniform(*how.gap), made)
    actor.requests = [one for one in actor.requests if one.at < START + DAY]
    actor.requests.sort(key=lambda one: one.at)
    return actor


def digest(number: str) -> str:
    """Return a number as apps send it that hash address books."""
    return hashlib.md5(number.encode()).hexdigest()  # noqa: S324 - as sent


def picked(rng: random.Random, pick: str, size: int) -> tuple[list[int], list[float]]:
    """Return the numbers of an attack and how likely the app knows each."""
    if pick in _STEPS:
        first = anywhere(rng) // 10_000 * 10_000
        numbers = list(range(first, first + size * _STEPS[pick], _STEPS[pick]))
        if pick == "shuffled":
            rng.shuffle(numbers)
        return numbers, [MADE] * size
    if pick == "mixed":
        own, chance = book(rng, size // 3)
        rest = size - len(own)
        both = list(zip(own, chance, strict=True)) + [(anywhere(rng), MADE) for _ in range(rest)]
        rng.shuffle(both)
        return [one for one, _ in both], [p for _, p in both]
    region = rng.choices(*cities())[0]
    near = [region] if pick == "city" else by_province()[load_mobile_regions().names[region][0]]
    if pick in ("list", "random"):
        near = cities()[0]
    weights = [len(segments()[one]) for one in near]
    numbers = [in_city(rng, one) for one in rng.choices(near, weights, k=size)]
    return numbers, [fresh(rng) if pick.endswith("list") else MADE] * size


def fresh(rng: random.Random) -> float:
    """Return how many of a leaked list the app knows: lists are old, or new and well sorted."""
    return rng.uniform(0.55, 0.9)
