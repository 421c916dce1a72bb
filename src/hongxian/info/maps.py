"""What other vocabularies call our PI types."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from hongxian.info.source import read
from hongxian.words.worded import WordedError

VOCABULARIES = ("fideslang", "dpv", "play", "apple")
"""fideslang data categories, W3C DPV, Google Play Data safety, Apple privacy manifest."""

MATCHES = ("exact", "broader", "none")
"""The same; theirs holds ours and more; theirs has no place for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Where a PI type stands in another vocabulary."""

    info: str
    target: str | None
    """Their identifier; ``None`` when there is none."""
    match: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Another vocabulary: its identifiers, names only."""

    key: str
    version: str
    source: str
    names: tuple[str, ...]


@cache
def load_map(vocabulary: str) -> dict[str, Match]:
    """Return the match of every PI type, by our key.

    Raises:
        HongxianError: we have no map to this vocabulary.
    """
    if vocabulary not in VOCABULARIES:
        raise WordedError("no_map", word=vocabulary, known=", ".join(VOCABULARIES))
    return {
        info: Match(info=info, match=row[0], target=row[1] if row[1:] else None)
        for info, row in read("hongxian.info", "maps")[vocabulary].items()
    }


@cache
def load_vocabulary(vocabulary: str) -> Vocabulary:
    """Return the identifiers of a vocabulary, as of the version that we read."""
    row = read("hongxian.info", "vocabularies")[vocabulary]
    return Vocabulary(
        key=vocabulary, version=row["version"], source=row["source"], names=tuple(row["names"])
    )
