"""A ticket, and the one spelling of it that people sign."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import orjson

from hongxian.guards.keep.tickets.errors import TicketError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

UNKNOWN_ROWS = -1
"""Rows when nobody could estimate them; counts as more than any number."""
KINDS = ("statement", "break_glass")
STATES = ("proposed", "approved", "used", "withdrawn")


class Assessment(Protocol):
    """What the guard itself says of a text, in a database."""

    @property
    def verdict(self) -> str:
        """``safe``, ``reversible``, ``destructive`` or ``unknown``."""

    @property
    def reasons(self) -> Sequence[str]:
        """Why."""

    @property
    def objects(self) -> Sequence[str]:
        """What it touches: ``schema.table``."""

    @property
    def fingerprint(self) -> str:
        """The same for statements that differ in values alone."""

    @property
    def rows(self) -> int:
        """Rows that would be lost, or :data:`UNKNOWN_ROWS`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """What is allowed once: exactly this text, here, by this role, until then."""

    id: str
    kind: str
    database: str
    role: str
    text_hash: str
    fingerprint: str
    verdict: str
    objects: tuple[str, ...]
    rows: int
    why: str
    proposer: str
    device: str
    session: str
    proposed_at: str
    expires_at: str

    def canonical(self) -> bytes:
        """Return the spelling that is signed: JSON with sorted keys and no white space."""
        return orjson.dumps(asdict(self), option=orjson.OPT_SORT_KEYS)


def signable(ticket: bytes) -> bytes:
    """Return what an approver signs for a ticket's spelling: no other text can be taken for it."""
    return b"hongxian ticket v1\napprove\n" + ticket


def read_ticket(data: bytes | str) -> Ticket:
    """Return the ticket of a spelling.

    Raises:
        TicketError: it is none.
    """
    raw = data.encode() if isinstance(data, str) else data
    try:
        told: dict[str, Any] = orjson.loads(raw)
        ticket = Ticket(**{**told, "objects": tuple(told["objects"])})
    except (ValueError, TypeError, KeyError):
        raise TicketError("form") from None
    if ticket.canonical() != raw:
        raise TicketError("altered")
    return ticket


def new_id() -> str:
    """Return a number that nobody can guess."""
    return secrets.token_hex(8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """The signature of a person under a ticket."""

    person: str
    signature: str
    """Base64."""
    device: str
    session: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A ticket as it is kept."""

    ticket: Ticket
    text: str
    state: str
    approvals: tuple[Approval, ...] = field(default=())

    def told(self, *, text: bool = True) -> Mapping[str, Any]:
        """Return it as the interface gives it."""
        row: dict[str, Any] = {
            "ticket": self.ticket.canonical().decode(), "state": self.state,
            "approvals": [asdict(one) for one in self.approvals],
        }  # fmt: skip
        return {**row, "text": self.text} if text else row
