"""What the gate has to say of a request: actions, findings, and the law and tags on them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

ACTIONS = ("allow", "mask", "throttle", "challenge", "block")
"""What can be done with a request, the mildest first."""

OWASP = {
    "enumeration": ("API6:2023", "API4:2023"), "canary": ("API6:2023",),
    "partition": ("API6:2023", "API4:2023"), "limit": ("API4:2023",),
    "object_walk": ("API1:2023",), "over_exposed": ("API3:2023",),
    "unauthenticated": ("API2:2023", "API1:2023"), "in_url": ("API8:2023",),
    "clear_http": ("API8:2023",), "shadow": ("API9:2023",), "zombie": ("API9:2023",),
}  # fmt: skip
"""Finding -> OWASP API Security Top 10 of 2023."""

_LEAK = (("PIPL", "51"), ("PIPL", "57"), ("NDR", "9"), ("NDR", "18"), ("CRIM", "253-1"))
_GUARD = (("PIPL", "51"), ("NDR", "9"))
LAWS = {
    "enumeration": _LEAK, "canary": _LEAK, "partition": _LEAK, "object_walk": _LEAK,
    "limit": (("PIPL", "51"), ("NDR", "18")),
    "over_exposed": (("PIPL", "6"), ("PIPL", "51"), ("PIPL", "55-56")),
    "unauthenticated": (("PIPL", "51"), ("PIPL", "59"), ("NDR", "9")),
    "in_url": _GUARD, "clear_http": _GUARD, "shadow": _GUARD, "zombie": _GUARD,
}  # fmt: skip
"""Finding -> document and article of ``laws/data``; which bears on what is our reading (B)."""

STRICT = ("enumeration", "canary", "partition", "object_walk", "limit")
"""Findings about somebody who takes; the others are about the interface itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One reason for an action, without any value in it."""

    kind: str
    """A key of :data:`OWASP`."""
    action: str
    endpoint: str
    info: str | None = None
    principal: str | None = None
    """Kind of the principal."""
    who: int | None = None
    """Its keyed hash."""
    window: float | None = None
    """Seconds that were looked back."""
    score: float | None = None
    values: dict[str, Any] = field(default_factory=dict, hash=False)
    """Figures behind it, such as ``distinct`` or ``adjacency``."""

    @property
    def owasp(self) -> tuple[str, ...]:
        """Tags of the OWASP API Security Top 10."""
        return OWASP[self.kind]

    @property
    def laws(self) -> tuple[tuple[str, str], ...]:
        """Documents and articles."""
        return LAWS[self.kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What is done with a request, and why."""

    action: str
    """What is done: always ``allow`` while the gate learns."""
    advised: str
    """What the findings ask for."""
    findings: tuple[Finding, ...] = ()
    spared: str | None = None
    """Owner of the allow list that lets it pass."""


def strictest(actions: Iterable[str]) -> str:
    """Return the strictest of some actions; ``allow`` when there are none."""
    return max(actions, key=ACTIONS.index, default="allow")
