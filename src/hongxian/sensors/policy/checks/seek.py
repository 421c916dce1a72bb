"""Looking for wordings in passages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hongxian.sensors.policy.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.policy.checks.text import Passage, Policy


def words(*parts: str) -> re.Pattern[str]:
    """Make one pattern of alternatives."""
    return re.compile("|".join(parts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """How a policy says something."""

    cues: tuple[str, ...]
    """Words of which one must stand in the passage; they save the search elsewhere."""
    says: re.Pattern[str]
    unless: re.Pattern[str] | None = None
    """What in the same passage means that it is not said after all."""
    under: re.Pattern[str] | None = None
    """Headings or lead-ins under which it is said; anywhere when ``None``."""

    def match(self, passage: Passage) -> re.Match[str] | None:
        """Return where a passage says it."""
        if self.under is not None and not self.under.search(passage.heads):
            return None
        found = self.says.search(passage.text)
        return None if found and self.unless and self.unless.search(passage.text) else found


def find(policy: Policy, *wordings: Wording) -> Iterator[tuple[Passage, re.Match[str]]]:
    """Yield the passages that say it in one of the ways, in the order of the text."""
    found: dict[int, tuple[Passage, re.Match[str]]] = {}
    for wording in wordings:
        for passage in policy.holding(wording.cues):
            if passage.number not in found and (match := wording.match(passage)):
                found[passage.number] = passage, match
    for number in sorted(found):
        yield found[number]


def finding(item: str, passage: Passage, **columns: Any) -> Finding:
    """Make a finding of a passage as a whole."""
    return Finding(item=item, start=passage.start, end=passage.end, **columns)
