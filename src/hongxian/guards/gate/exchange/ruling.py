"""What is to be done with an exchange, and what is known of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hongxian.guards.gate.findings import Decision
from hongxian.signals.observation import Observation

if TYPE_CHECKING:
    from hongxian.guards.gate.policy import EndpointRule
    from hongxian.guards.gate.question import Question
    from hongxian.signals.observation import Identifier

PASS = Decision(action="allow", advised="allow")
"""Nothing to say."""


@dataclass(frozen=True, slots=True)
class Cover:
    """How an endpoint is guarded."""

    endpoint: str
    rule: EndpointRule
    named: bool
    """Whether the policy names it."""
    closed: bool
    """Whether what cannot be judged is stopped."""
    masked: frozenset[str]
    """PI types that are masked whatever is decided; ``*`` for all."""


@dataclass(slots=True, kw_only=True)
class Ruling:
    """What is to be done with an exchange, and why."""

    cover: Cover
    at: float = 0.0
    """Seconds since 1970."""
    secure: bool | None = None
    principals: dict[str, str] = field(default_factory=dict)
    """Kind -> who."""
    identifiers: tuple[Identifier, ...] = ()
    """By what the request asks for somebody or something."""
    decision: Decision = PASS
    action: str = "allow"
    reason: str = ""
    """Why it could not be judged: ``coding``, ``corrupt``, ``large``, ``caller``, ``state``,
    ``error``, ``stream`` (never whole); empty when it was."""
    audience: str = "public"
    question: Question | None = None
    """What is asked of the core; ``None`` when that is nothing."""
    hits: list[tuple[int, str, str]] = field(default_factory=list)
    """Part, PI type and value of what stands in the request."""
    packed: bytes = b""
    """Coding of the new body."""
    body: bytes | None = None
    """The answer as it is to be sent; ``None`` when it is to stay as it is."""
    masked: int = 0
    """Values that were masked."""
    whole: bool = False
    """Whether all PI in the answer is masked, because of what was asked."""
    told: bool = False
    """Whether the core knows what the question was answered."""

    @property
    def passes(self) -> bool:
        """Whether the interface may answer, or its answer be sent."""
        return self.action in ("allow", "mask")

    @property
    def seen(self) -> Observation:
        """The request as the core takes it."""
        return Observation(
            at=self.at, endpoint=self.cover.endpoint, principals=self.principals,
            identifiers=self.identifiers, secure=self.secure,
        )  # fmt: skip
