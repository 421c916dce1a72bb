"""A part or property of a policy that a document check found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One ``section`` fact to be: a part that is there, or a figure of the text.

    A part that is missing gives no finding: that the check ran says it.
    """

    item: str
    """One of ``facts.vocabulary.SECTIONS``."""
    start: int
    end: int
    """Where it stands, in characters; 0, 0 for a property of the whole."""
    info: str | None = None
    purpose: str | None = None
    recipient: str | None = None
    day: date | None = None
    """The date that the part gives (update, effect)."""
    amount: float | None = None
    unit: str | None = None
    detail: dict[str, Any] = field(default_factory=dict)
    """What no column has; never a raw PI value."""
