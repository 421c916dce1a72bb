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

    says: re.Pattern[str]
    unless: re.Pattern[str] | None = None
    """What in the same passage means that it is not said after all."""
    under: re.Pattern[str] | None = None
    """Headings or lead-ins under which it is said; anywhere when ``None``."""


def find(policy: Policy, *wordings: Wording) -> Iterator[tuple[Passage, re.Match[str]]]:
    """Yield the passages that say it in one of the ways, in the order of the text."""
    for passage in policy.passages:
        for wording in wordings:
            if wording.under is not None and not wording.under.search(passage.above):
                continue
            match = wording.says.search(passage.text)
            if match and not (wording.unless and wording.unless.search(passage.text)):
                yield passage, match
                break


def first(
    policy: Policy, *wordings: Wording
) -> tuple[Passage, re.Match[str]] | tuple[None, None]:
    """Return the first passage that says it."""
    return next(find(policy, *wordings), (None, None))


def finding(policy: Policy, item: str, passage: Passage, **columns: Any) -> Finding:
    """Make a finding of a passage as a whole."""
    del policy
    return Finding(item=item, start=passage.start, end=passage.end, **columns)
