"""What judging an exchange is told besides the core's policy."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hongxian.guards.gate.exchange.callers import Callers
from hongxian.guards.gate.exchange.covers import Covers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hongxian.guards.gate.exchange.callers import Source
    from hongxian.guards.gate.exchange.fields import Fields
    from hongxian.guards.gate.exchange.parts import Headers


@dataclass(slots=True, kw_only=True)
class ExchangeSettings:
    """Who is who, how far bodies are read, and how values are covered."""

    callers: Callers = field(default_factory=Callers)
    covers: Covers = field(default_factory=Covers)
    most_request: int = 1 << 20
    """Bytes of a request's body that are read, packed and unpacked."""
    most_answer: int = 8 << 20
    """Bytes of an answer's body that are read at a time."""
    audience_from: Source | None = None
    """Where the caller's audience stands."""
    audiences: Mapping[str, str] = field(default_factory=dict)
    """What stands there -> audience of the policy of masking."""
    fields: Fields | None = None
    """Fields of answers that are PI by their name or by a document."""

    def audience(self, headers: Headers) -> str:
        """Return who gets an answer."""
        if self.audience_from is None:
            return self.covers.audience
        told = self.callers.who(self.audience_from, headers)
        return self.audiences.get(told, self.covers.audience)
