"""The interface of the quarantine: a request comes in, an answer goes out.

``GET /quarantine`` lists acts, ``POST /quarantine/ID/undo`` brings back what one took. Every
request is signed by a person, as those about tickets are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongxian.guards.keep.tickets.api import answered
from hongxian.guards.keep.tickets.errors import TicketError

if TYPE_CHECKING:
    from hongxian.guards.keep.tickets.office import Office
    from hongxian.guards.keep.tickets.people import Person
    from hongxian.guards.keep.tickets.requests import Asked

    from .keeper import Keeper


async def answer(keeper: Keeper, office: Office, asked: Asked) -> tuple[int, bytes]:
    """Return status and JSON of the answer to a request below ``/quarantine``."""
    return await answered(office, asked, lambda who: _route(keeper, who, asked))


async def _route(keeper: Keeper, who: Person, asked: Asked) -> Any:
    parts = asked.path.strip("/").split("/")
    if asked.method == "GET" and len(parts) == 1:
        return [act.told() for act in keeper.store.newest()]
    if asked.method == "POST" and len(parts) == 3 and parts[2] == "undo":
        return (await keeper.undo(who, parts[1], asked.peer)).told()
    raise TicketError("form")
