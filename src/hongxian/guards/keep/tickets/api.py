"""The interface of the office: a request comes in, an answer goes out; nothing here does I/O.

``POST /tickets`` proposes, ``GET /tickets`` lists, ``GET /tickets/ID`` shows,
``POST /tickets/ID/approve`` and ``POST /tickets/ID/withdraw`` do what they say. Bodies are JSON;
every request is signed by a person (:mod:`.requests`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from hongxian.guards.keep.tickets.errors import TicketError
from hongxian.guards.keep.tickets.requests import who_asks

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from hongxian.guards.keep.tickets.office import Office
    from hongxian.guards.keep.tickets.people import Person
    from hongxian.guards.keep.tickets.requests import Asked
    from hongxian.guards.keep.tickets.ticket import Kept


async def answer(office: Office, asked: Asked) -> tuple[int, bytes]:
    """Return status and JSON of the answer to a request below ``/tickets``."""
    return await answered(office, asked, lambda who: _route(office, who, asked))


async def answered(
    office: Office, asked: Asked, act: Callable[[Person], Awaitable[Any]]
) -> tuple[int, bytes]:
    """Return status and JSON of the answer to a request, once it is known whose it is.

    Args:
        office: of the guard.
        asked: the request.
        act: does what a person asks, and returns what is told; may raise :class:`TicketError`.
    """
    try:
        who = who_asks(asked, office.people, office.store, office.now)
        told = await act(who)
    except TicketError as error:
        await noted(office, asked, error)
        row = {"error": error.reason, "values": {k: str(v) for k, v in error.values.items()}}
        return error.status, orjson.dumps(row)
    return 200, orjson.dumps(told)


async def _route(office: Office, who: Person, asked: Asked) -> Any:
    parts = asked.path.strip("/").split("/")
    if asked.method == "GET" and len(parts) == 1:
        return [_told(office, one, text=False) for one in office.store.all()]
    if asked.method == "GET" and len(parts) == 2:
        return _told(office, office.store.get(parts[1]))
    if asked.method != "POST":
        raise TicketError("form")
    if len(parts) == 1:
        return _told(office, await office.propose(who, _body(asked), asked.peer))
    if parts[2:] == ["approve"]:
        return _told(office, await office.approve(who, _body(asked), asked.peer))
    if parts[2:] == ["withdraw"]:
        return _told(office, await office.withdraw(who, parts[1]))
    raise TicketError("form")


def _told(office: Office, kept: Kept, *, text: bool = True) -> dict[str, Any]:
    return {**kept.told(text=text), "missing": office.missing(kept)}


def _body(asked: Asked) -> dict[str, Any]:
    try:
        told = orjson.loads(asked.body)
    except ValueError:
        raise TicketError("form") from None
    if not isinstance(told, dict):
        raise TicketError("form")
    return told


async def noted(office: Office, asked: Asked, error: TicketError) -> None:
    """Note a refusal that somebody may have tried on purpose."""
    if error.status in (401, 403, 409):
        body = {"reason": error.reason, "path": asked.path[:100], "peer": asked.peer,
                "person": asked.headers.get("x-hongxian-person", "")[:64]}  # fmt: skip
        await office.note("ticket_refused", body)
