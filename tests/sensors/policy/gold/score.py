"""Compares what the sensor finds in the gold policies with the facts worked out by hand."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hongxian.sensors.policy.sense import sense_policy

FOLDER = Path(__file__).parent
COLUMNS = ("act", "info", "actor", "recipient", "purpose")

Row = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows are right, found and wanted."""

    right: int
    found: int
    wanted: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / (self.found + self.wanted) if self.found + self.wanted else 1.0

    def __add__(self, other: Counts) -> Counts:
        """Add up."""
        return Counts(
            self.right + other.right, self.found + other.found, self.wanted + other.wanted
        )


def names() -> list[str]:
    """The policies."""
    return sorted(path.name.removesuffix(".facts.tsv") for path in FOLDER.glob("*.facts.tsv"))


@cache
def found(name: str) -> tuple[frozenset[Row], frozenset[str]]:
    """The declared facts and the parts that the sensor finds."""
    suffixes = (".html", ".md", ".txt", ".pdf", ".docx")
    path = next(
        FOLDER / (name + suffix) for suffix in suffixes if (FOLDER / (name + suffix)).exists()
    )
    facts = sense_policy([path]).facts
    declared = {
        (fact.item, fact.info, fact.actor, fact.recipient, fact.purpose)
        for fact in facts
        if fact.kind == "declare"
    }
    return frozenset(declared), frozenset(f.item or "" for f in facts if f.kind == "section")


def wanted(name: str) -> frozenset[Row]:
    """The declared facts as a person read them."""
    with (FOLDER / f"{name}.facts.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return frozenset(tuple(row[column] or None for column in COLUMNS) for row in rows)


def parts(name: str) -> frozenset[str]:
    """The parts as a person read them."""
    with (FOLDER / f"{name}.sections.tsv").open(encoding="utf-8", newline="") as file:
        return frozenset(row["item"] for row in csv.DictReader(file, delimiter="\t"))


def declared_score(name: str) -> Counts:
    """How the declared facts of a policy were found."""
    ours, gold = found(name)[0], wanted(name)
    return Counts(len(ours & gold), len(ours), len(gold))


def parts_score(name: str, known: frozenset[str]) -> Counts:
    """How the parts of a policy were found; of those that the gold set speaks of at all."""
    ours, gold = found(name)[1] & known, parts(name)
    return Counts(len(ours & gold), len(ours), len(gold))
