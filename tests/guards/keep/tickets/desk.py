"""An office with real people, keys, files and evidence."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Awaitable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from hongxian.guards.keep.evidence.clock import TrustedClock
from hongxian.guards.keep.evidence.keys import SigningKey, make_key
from hongxian.guards.keep.evidence.log import EvidenceLog
from hongxian.guards.keep.tickets.office import Office
from hongxian.guards.keep.tickets.people import load_people
from hongxian.guards.keep.tickets.store import TicketStore
from hongxian.guards.keep.tickets.ticket import Kept, signable

MAY = {
    "li": ["propose"], "wang": ["approve"], "zhao": ["approve", "break_glass"],
    "qian": ["propose", "approve", "break_glass"], "sun": [],
}  # fmt: skip
ROLES = {"zhao": ["owner"]}
RULES = """
[[rules]]
tables = ["pay.*"]
approvals = 2

[[rules]]
least_rows = 10000
roles = ["owner"]
"""
T = TypeVar("T")


@dataclass
class Said:
    verdict: str = "destructive"
    reasons: tuple[str, ...] = ("drop",)
    objects: tuple[str, ...] = ("public.orders",)
    fingerprint: str = "f1"
    rows: int = 100


class Hands:
    def __init__(self) -> None:
        self.wall, self.steady = 1_700_000_000.0, 0.0

    def pass_by(self, seconds: float) -> None:
        self.wall += seconds
        self.steady += seconds


@dataclass
class Desk:
    """The office, and what a test turns."""

    place: Path
    more: str = RULES
    said: Said = field(default_factory=Said)

    def __post_init__(self) -> None:
        self.keys = {name: make_key(self.place / f"{name}.key") for name in MAY}
        self.log_key = make_key(self.place / "log.key")
        self.hands = Hands()
        self.write()
        self.open()

    def write(self, more: str | None = None) -> None:
        lines = [self.more if more is None else more]
        for name, may in MAY.items():
            lines.append(f'[people.{name}]\nkey = "{self.keys[name].public}"\nmay = {may}\n'
                         f"roles = {ROLES.get(name, [])}\n")  # fmt: skip
        (self.place / "people.toml").write_text("\n".join(lines))

    def open(self) -> None:
        clock = TrustedClock(0, lambda: self.hands.wall, lambda: self.hands.steady)
        self.log = EvidenceLog(self.place / "log", self.log_key, clock)
        self.store = TicketStore(self.place / "tickets.db")
        self.people = load_people(self.place / "people.toml")
        self.office = Office(self.people, self.store, self.log, self.assess)

    def close(self) -> None:
        self.store.close()
        self.log.close()

    async def assess(self, text: str, database: str, role: str) -> Said:
        assert text
        assert role
        assert database
        return self.said

    def propose(self, who: str = "li", **told: Any) -> Kept:
        asked = {"text": "drop table public.orders;", "database": "shop", "role": "dba",
                 "why": "old", **at(who), **told}  # fmt: skip
        return run(self.office.propose(self.people.people[who], asked, "10.0.0.1"))

    def approve(self, kept: Kept, who: str = "wang", **told: Any) -> Kept:
        asked = {"ticket": kept.ticket.canonical().decode(),
                 "signature": signature(self.keys[who], kept), **at(who), **told}  # fmt: skip
        return run(self.office.approve(self.people.people[who], asked, "10.0.0.2"))

    def claim(self, text: str = "drop table public.orders;", rows: int = 100,
              place: tuple[str, str] = ("shop", "dba")) -> Any:  # fmt: skip
        return run(self.office.claim(text.encode(), place, rows))

    def evidence(self) -> list[str]:
        import json

        return [json.loads(one)["kind"] for one in (self.place / "log").read_bytes().splitlines()]


def at(who: str) -> dict[str, str]:
    return {"device": f"device of {who}", "session": f"session of {who}"}


def signature(key: SigningKey, kept: Kept) -> str:
    return base64.b64encode(key.sign(signable(kept.ticket.canonical()))).decode()


def run(awaited: Awaitable[T]) -> T:
    async def main() -> T:
        return await awaited

    return asyncio.run(main())
