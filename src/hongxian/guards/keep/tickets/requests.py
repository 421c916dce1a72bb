"""Requests that a person signs: whoever asks is who holds the key, now and once."""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongxian.guards.keep.evidence.entry import seconds_of, stamp
from hongxian.guards.keep.evidence.keys import signed
from hongxian.guards.keep.tickets.errors import TicketError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hongxian.guards.keep.evidence.keys import SigningKey
    from hongxian.guards.keep.tickets.people import People, Person
    from hongxian.guards.keep.tickets.store import TicketStore

WINDOW = 300.0
"""Seconds for which a request is good."""
HEADERS = ("x-hongxian-person", "x-hongxian-at", "x-hongxian-nonce", "x-hongxian-signature")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came."""

    method: str
    path: str
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes
    peer: str = ""
    """Address that it came from."""


def sign_request(key: SigningKey, person: str, asked: Asked, now: float) -> dict[str, str]:
    """Return the headers that make a request a person's own."""
    at, nonce = stamp(now), secrets.token_hex(16)
    text = _text(asked, (person, at, nonce))
    signature = base64.b64encode(key.sign(text)).decode("ascii")
    return dict(zip(HEADERS, (person, at, nonce, signature), strict=True))


def who_asks(asked: Asked, people: People, store: TicketStore, now: float) -> Person:
    """Return the person who signed a request.

    Raises:
        TicketError: nobody did, it is too old, or it came before.
    """
    person, at, nonce, signature = (asked.headers.get(name, "") for name in HEADERS)
    found = people.people.get(person)
    if found is None:
        raise TicketError("person", person=person[:64])
    try:
        blob, when = base64.b64decode(signature, validate=True), seconds_of(at)
    except ValueError:
        raise TicketError("signature") from None
    if len(nonce) < 16 or not signed(found.key, _text(asked, (person, at, nonce)), blob):
        raise TicketError("signature")
    if abs(now - when) > WINDOW:
        raise TicketError("stale")
    if not store.fresh(f"{person} {nonce}", when, now - 4 * WINDOW):
        raise TicketError("again")
    return found


def _text(asked: Asked, who: tuple[str, str, str]) -> bytes:
    digest = hashlib.sha256(asked.body).hexdigest()
    lines = ("hongxian request v1", f"{asked.method} {asked.path}", *who, digest)
    return "\n".join(lines).encode()
