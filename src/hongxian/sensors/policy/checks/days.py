"""Which date of a line is the one that a label names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hongxian.sensors.policy.checks.numbers import dates
from hongxian.sensors.policy.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hongxian.sensors.policy.checks.text import Passage, Policy

_FARTHEST = 24
"""Characters between a label and its date."""
_LAW = re.compile(
    r"(?:法|条例|办法|规定|标准|规范|通知|解释|决定"
    r"|gb/?t)[》”\"]?(?:[（(][^）)\n]{0,30}[）)])?[^。;；\n]{0,8}$"
    r"|\b(?:law|act|regulations?|standard)\b[^.;\n]{0,20}$"
)


def labelled(
    policy: Policy, cues: tuple[str, ...], before: re.Pattern[str], after: re.Pattern[str]
) -> Iterator[tuple[Passage, date]]:
    """Yield the dates that have a label, headings included.

    Args:
        policy: to look through.
        cues: words of which one must stand in the passage.
        before: what ends right before the date; anchored by ``$``.
        after: what follows the date, matched from its end.
    """
    for passage in policy.holding(cues, titles=True):
        text = policy.raw(passage)
        end = 0
        for start, stop, day in dates(text):
            lead = text[max(end, start - _FARTHEST) : start]
            end = stop
            if (before.search(lead) or after.match(text, stop)) and not _LAW.search(lead):
                yield passage, day


def dated(
    policy: Policy,
    item: str,
    cues: tuple[str, ...],
    before: re.Pattern[str],
    after: re.Pattern[str],
) -> Iterator[Finding]:
    """Yield a finding for each date with a label, a date once."""
    known = set()
    for passage, day in labelled(policy, cues, before, after):
        if day not in known:
            known.add(day)
            yield Finding(item=item, start=passage.start, end=passage.end, day=day)
