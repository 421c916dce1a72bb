"""What of a log or a capture could not be read, counted while it is read and told at its end."""

from __future__ import annotations

from dataclasses import dataclass, field

from hongxian.facts import Reason


@dataclass(slots=True)
class Tally:
    """Counts of one file; the first place of each kind is kept."""

    name: str
    area: str
    """The file of words that says each kind."""
    taken: int = 0
    """Records that were read."""
    counts: dict[str, int] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)

    def miss(self, word: str, place: str, count: int = 1) -> None:
        """Note something that could not be read, or not wholly."""
        self.counts[word] = self.counts.get(word, 0) + count
        self.places.setdefault(word, place)

    def reasons(self) -> list[Reason]:
        """Return what was noted, as reasons with the place of the first."""
        return [
            Reason(f"{self.area}.{word}", self.values(word), self.places[word])
            for word in self.counts
        ]

    def values(self, word: str) -> dict[str, int]:
        """Return how many there are of a kind, and of how many."""
        return {"count": self.counts.get(word, 0), "of": self.taken}
