"""The people of the app and their orders: made up, and written to PostgreSQL."""

from __future__ import annotations

import hashlib
import random
from typing import TYPE_CHECKING

import asyncpg

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TABLES = """
create table users (id integer primary key, phone text not null, phone_md5 text not null,
 nickname text not null, real_name text not null, id_card text not null, address text not null,
 password bytea not null);
create table orders (id integer primary key, owner integer not null, item text not null,
 receiver text not null, phone text not null, address text not null);
"""
INDEXES = """
create unique index on users (phone); create unique index on users (phone_md5);
analyze users; analyze orders;
"""
FIRST_USER, FIRST_ORDER = 10_001, 500_001
"""Numbers of records run on, as they do in most apps."""
PASSWORD = "correct horse battery staple"  # noqa: S105 - of people who are made up
_FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰梅建国志文"
_STREETS = "北京市海淀区中关村大街 上海市浦东新区世纪大道 广州市天河区体育西路 成都市武侯区人民南路"
_ITEMS = "tea phone-case umbrella keyboard rice-cooker notebook".split()  # noqa: SIM905 - words
_REGIONS = "110108 310115 440106 510107 330106 420106".split()  # noqa: SIM905 - words


def hashed(password: str) -> bytes:
    """Return a password as it is kept; the cost is low, since all of them are the same."""
    return hashlib.scrypt(password.encode(), salt=b"laboratory", n=256, r=8, p=1, dklen=32)


def resident(rng: random.Random) -> str:
    """Return a number of an identity card with its check digit (GB 11643)."""
    day = f"{rng.randint(1955, 2005)}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}"
    body = f"{rng.choice(_REGIONS)}{day}{rng.randrange(1000):03d}"
    total = sum(2 ** (17 - place) * int(digit) for place, digit in enumerate(body))
    return body + "10X98765432"[total % 11]


def person(rng: random.Random, number: int, phone: str, password: bytes) -> tuple[object, ...]:
    """Return the row of somebody."""
    name = rng.choice(_FAMILY) + "".join(rng.choices(_GIVEN, k=rng.choice((1, 2, 2))))
    where = f"{rng.choice(_STREETS.split())}{rng.randint(1, 400)}号{rng.randint(101, 3009)}室"
    digest = hashlib.md5(phone.encode()).hexdigest()  # noqa: S324 - as apps match them
    return number, phone, digest, f"user{number}", name, resident(rng), where, password


def people(phones: Sequence[str], seed: int) -> Iterator[tuple[object, ...]]:
    """Yield the rows of all who have these numbers, in an order of chance."""
    rng = random.Random(seed)  # noqa: S311 - made up
    mixed = list(phones)
    rng.shuffle(mixed)
    password = hashed(PASSWORD)
    for number, phone in enumerate(mixed, FIRST_USER):
        yield person(rng, number, phone, password)


def orders(rows: Sequence[tuple[object, ...]], seed: int) -> Iterator[tuple[object, ...]]:
    """Yield an order of every second person."""
    rng = random.Random(seed)  # noqa: S311 - made up
    buyers = rng.sample(list(rows), len(rows) // 2)
    for number, row in enumerate(buyers, FIRST_ORDER):
        yield number, row[0], rng.choice(_ITEMS), row[4], row[1], row[6]


async def fill(database: str, phones: Sequence[str], seed: int = 1) -> None:
    """Make the tables, with a person for each number.

    Args:
        database: address of PostgreSQL.
        phones: the numbers.
        seed: of names, order and the like.
    """
    rows = list(people(phones, seed))
    link = await asyncpg.connect(database)
    try:
        await link.execute(TABLES)
        await link.copy_records_to_table("users", records=rows)
        await link.copy_records_to_table("orders", records=orders(rows, seed))
        await link.execute(INDEXES)
    finally:
        await link.close()
