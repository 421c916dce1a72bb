"""Words that mark a check of consent, and the calls that keep or pass on the person's choice."""

from __future__ import annotations

from functools import cache

from hongxian.sensors.app.catalogue.source import rows
from hongxian.sensors.app.graph.gate_words import GateWords

_WORDS = (
    "subject", "given", "asked", "given_alone", "asked_alone", "given_zh", "asked_zh", "not_gates",
)  # fmt: skip


@cache
def load_gate_words(configured: frozenset[str] = frozenset()) -> GateWords:
    """Return the words of a consent check.

    Args:
        configured: methods that the user names as checks: ``com.example.Consent.isGiven``.
    """
    data = rows("gates")
    words = {name: frozenset(data[name]) for name in _WORDS}
    return GateWords(handlers=frozenset(data["agree_handlers"]), configured=configured, **words)


@cache
def preference_getters() -> frozenset[str]:
    """Return the getters of kept settings, as ``Class#method``."""
    return frozenset(rows("gates")["getters"])


@cache
def sdk_switches() -> frozenset[str]:
    """Return the calls that tell an SDK of the person's choice, as ``Class#method``."""
    return frozenset(rows("gates")["sdk_switches"])
