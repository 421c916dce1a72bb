"""One request to an interface, and what came back: the input of every signal."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hongxian.signals.keys import Key

PRINCIPALS = ("account", "token", "device", "ip", "asn", "fingerprint")
"""Who can be behind a request; ``fingerprint`` is that of the client's software."""

OBJECT = "object"
"""Stands for the PI type of an identifier that names a record, such as the 7 of ``/orders/7``."""


class Identifier(NamedTuple):
    """A value by which a request asks for somebody or something."""

    info: str
    """PI type, or :data:`OBJECT`."""
    value: str
    """As it was sent; it stays in memory and is never written."""
    where: str = "body"
    """``path``, ``query``, ``header`` or ``body``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """A request with its answer, as far as known."""

    at: float
    """Seconds since 1970."""
    endpoint: str
    """Method and template of the path: ``POST /contacts/match``."""
    principals: Mapping[str, str]
    """Kind of :data:`PRINCIPALS` -> who."""
    identifiers: tuple[Identifier, ...] = ()
    given: Mapping[str, int] = field(default_factory=dict)
    """PI in the response: type -> how many values."""
    hits: int | None = None
    """How many of the identifiers the answer knew; ``None`` when it does not tell."""
    status: int | None = None
    secure: bool | None = None
    """Whether it came by TLS; ``None`` when not known."""
    locator: str = ""
    """Where it stands in the log."""
    keys: tuple[Key, ...] = ()
    """Those of the identifiers, when they were made where the log was read; their values are then
    left out."""
