"""Names that mark a check of the person's consent, and what a true value of them says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")

Parts = tuple[str, ...]


@lru_cache(maxsize=4096)
def parts_of(name: str) -> Parts:
    """Split at camel case, snake case and digits: ``hasAgreed_v2`` gives has, agreed, v."""
    return tuple(part.lower() for part in _PARTS.findall(name))


@dataclass(frozen=True, kw_only=True)
class GateWords:
    """Words at the borders of names; see ``catalogue/gates.toml`` for what each list means."""

    subject: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()
    given_alone: frozenset[str] = frozenset()
    asked_alone: frozenset[str] = frozenset()
    given_zh: frozenset[str] = frozenset()
    asked_zh: frozenset[str] = frozenset()
    not_gates: frozenset[str] = frozenset()
    handlers: frozenset[str] = frozenset()
    """Names of methods that run when the person agrees."""
    configured: frozenset[str] = frozenset()
    """Checks that the configuration names: ``com.example.Consent.isGiven``."""

    def meaning(self, name: str) -> bool | None:
        """Return what a true value says: consent given, not asked yet, or ``None`` (no check)."""
        if len(name) > 80:
            return None
        parts = parts_of(name)
        if not self._words.intersection(parts) and name.isascii():
            return None
        if any(_within(no, parts) for no in self._not):
            return None
        found = self._chinese(name)
        if found is None:
            found = self._alone(parts)
        return self._with_subject(frozenset(parts)) if found is None else found

    def _chinese(self, name: str) -> bool | None:
        if any(word in name for word in self.given_zh):
            return True
        return False if any(word in name for word in self.asked_zh) else None

    def _alone(self, parts: Parts) -> bool | None:
        if any(_within(alone, parts) for alone in self._asked_alone):
            return False
        return True if any(_within(alone, parts) for alone in self._given_alone) else None

    def _with_subject(self, parts: frozenset[str]) -> bool | None:
        if not parts & self.subject:
            return None
        if parts & self.given:
            return True
        return False if parts & self.asked else None

    @cached_property
    def _words(self) -> frozenset[str]:
        """All words that can decide; most names have none of them."""
        alone = (part for parts in (*self._given_alone, *self._asked_alone) for part in parts)
        return self.subject.union(alone)

    @cached_property
    def _not(self) -> tuple[Parts, ...]:
        return tuple(map(parts_of, sorted(self.not_gates)))

    @cached_property
    def _given_alone(self) -> tuple[Parts, ...]:
        return tuple(map(parts_of, sorted(self.given_alone)))

    @cached_property
    def _asked_alone(self) -> tuple[Parts, ...]:
        return tuple(map(parts_of, sorted(self.asked_alone)))


def _within(wanted: Parts, parts: Parts) -> bool:
    """Whether the wanted parts stand in a row."""
    size = len(wanted)
    return any(parts[i : i + size] == wanted for i in range(len(parts) - size + 1))
