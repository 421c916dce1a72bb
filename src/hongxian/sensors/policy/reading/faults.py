"""Why a policy cannot be read, and how much of one is read at most."""

from __future__ import annotations

from dataclasses import dataclass

from hongxian.errors import ArtefactError
from hongxian.facts.reason import Reason


class ReadingError(ArtefactError):
    """A policy that cannot be read.

    Args:
        where: the file.
        word: name of the text in ``words/policy_reading.toml``.
        values: what fills its placeholders.
    """

    def __init__(self, where: str, word: str, **values: object) -> None:
        """Keep the word, so that the line can be said in either language."""
        super().__init__(where, problem(word, **values).say("en"))
        self.word = word
        self.values = values

    @property
    def reason(self) -> Reason:
        """What is wrong and where, as coverage keeps it."""
        return Reason(f"policy_reading.{self.word}", self.values, self.where)


def problem(word: str, **values: object) -> Reason:
    """Return why a part was not read, or not as it stands, by its text's name."""
    return Reason(f"policy_reading.{word}", values)


@dataclass(frozen=True)
class Limits:
    """How much is read at most; more is refused, so that memory and time stay bounded."""

    size: int = 20 << 20
    """Bytes of the file."""
    unpacked: int = 64 << 20
    """Bytes of a DOCX once unpacked."""
    tags: int = 100_000
    """HTML tags, opening and closing."""
    depth: int = 1_000
    """Elements inside one another."""
    characters: int = 1_000_000
    """Characters of the text read."""
    blocks: int = 100_000
    """Headings, paragraphs, items and cells."""
    pages: int = 1_000
    """Pages of a PDF."""


LIMITS = Limits()
