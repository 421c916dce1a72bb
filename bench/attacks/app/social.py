"""The interfaces of a social app, with the faults that such apps have.

Contacts are matched without a bound, anybody's profile tells number and identity card, anybody's
order can be read by its number, and search takes a telephone number in the URL. Run by uvicorn:
``LAB_DATABASE=postgresql://... LAB_SECRET=... uvicorn bench.attacks.app.social:app``.
"""

from __future__ import annotations

import hmac
import os
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Annotated, Any

import asyncpg
import jwt
from bench.attacks.app.people import hashed
from fastapi import Depends, FastAPI, Header, HTTPException
from pydantic import BaseModel, Field

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

SECRET = os.environ.get("LAB_SECRET", "")
HOURS = 48
"""For which a token is good."""


class Login(BaseModel):
    """Who wants to log in."""

    phone: str
    password: str


class Contacts(BaseModel):
    """An address book, in clear or as digests (MD5)."""

    numbers: list[str] = Field(default_factory=list, max_length=5_000)
    hashes: list[str] = Field(default_factory=list, max_length=5_000)


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Hold connections to the database."""
    async with asyncpg.create_pool(os.environ["LAB_DATABASE"], min_size=2, max_size=8) as pool:
        app.state.pool = pool
        yield


app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None)


def user(authorization: Annotated[str, Header()] = "") -> int:
    """Return who sent a request."""
    try:
        told = jwt.decode(authorization.removeprefix("Bearer "), SECRET, algorithms=["HS256"])
    except jwt.InvalidTokenError:
        raise HTTPException(401, "log in first") from None
    return int(told["sub"])


User = Annotated[int, Depends(user)]


async def found(question: str, *values: Any) -> dict[str, Any]:
    """Return a row."""
    row = await app.state.pool.fetchrow(question, *values)
    if row is None:
        raise HTTPException(404, "not found")
    return dict(row)


@app.get("/health")
async def health() -> dict[str, str]:
    """Tell that all is well."""
    await app.state.pool.fetchval("select 1")
    return {"status": "ok"}


@app.post("/login")
async def login(told: Login) -> dict[str, str]:
    """Give a token to whom the password proves."""
    row = await app.state.pool.fetchrow(
        "select id, password from users where phone = $1", told.phone
    )
    if row is None or not hmac.compare_digest(row["password"], hashed(told.password)):
        raise HTTPException(401, "wrong number or password")
    claims = {"sub": str(row["id"]), "exp": int(time.time()) + HOURS * 3_600}
    return {"token": jwt.encode(claims, SECRET, algorithm="HS256")}


@app.post("/contacts/match")
async def match(told: Contacts, _: User) -> dict[str, Any]:
    """Return who of an address book is here."""
    column, asked = ("phone_md5", told.hashes) if told.hashes else ("phone", told.numbers)
    rows = await app.state.pool.fetch(
        f"select {column} as contact, id as user_id, nickname from users"
        f" where {column} = any($1::text[])", asked
    )  # fmt: skip
    return {"matched": [dict(row) for row in rows], "asked": len(asked)}


@app.get("/users/search")
async def search(phone: str, _: User) -> dict[str, Any]:
    """Return who has a number."""
    return await found("select id as user_id, nickname from users where phone = $1", phone)


@app.get("/users/{number}")
async def profile(number: int, _: User) -> dict[str, Any]:
    """Return a profile, and far more of it than the page shows."""
    return await found(
        "select id as user_id, nickname, phone, real_name, id_card, address"
        " from users where id = $1", number
    )  # fmt: skip


@app.get("/me/orders")
async def own_orders(own: User) -> dict[str, Any]:
    """Return the numbers of one's orders."""
    rows = await app.state.pool.fetch("select id from orders where owner = $1", own)
    return {"orders": [row["id"] for row in rows]}


@app.get("/orders/{number}")
async def order(number: int, _: User) -> dict[str, Any]:
    """Return an order, whoever asks."""
    return await found(
        "select id, item, receiver as real_name, phone, address from orders where id = $1", number
    )
