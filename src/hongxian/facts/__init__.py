"""Facts: what sensors observed, how far they looked, and the store that keeps both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongxian.facts.reason import Reason
from hongxian.facts.record import Coverage, Fact, Run
from hongxian.facts.vocabulary import CERTAINTIES, FORMS, KINDS, PHASES, SCOPES, SENSORS

if TYPE_CHECKING:
    from hongxian.facts.duck import Store

__all__ = [
    "CERTAINTIES",
    "FORMS",
    "KINDS",
    "PHASES",
    "SCOPES",
    "SENSORS",
    "Coverage",
    "Fact",
    "Reason",
    "Run",
    "Store",
]


def __getattr__(name: str) -> Any:
    """Load the store when it is asked for: who only makes facts needs no database."""
    if name == "Store":
        from hongxian.facts.duck import Store  # noqa: PLC0415 - loads DuckDB

        return Store
    raise AttributeError(name)
