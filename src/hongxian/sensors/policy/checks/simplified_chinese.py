"""Whether the text is there in simplified Chinese."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hongxian.sensors.policy.findings import Finding
from hongxian.sensors.policy.lexicon.terms import read_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.policy.checks.text import Policy

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_ENOUGH = 200
"""Han characters that make up a text, beside one in another language."""
_STRAY = 0.05
"""Share of traditional characters that a simplified text may have in names."""


def check(policy: Policy) -> Iterator[Finding]:
    """Yield one finding when the policy, or a version in the same document, is simplified."""
    traditional = {old for old, _ in read_rows("traditional")}
    text = policy.document.text
    here = other = 0
    for block in policy.document.blocks:
        han = _HAN.findall(text, block.start, block.end)
        if sum(char in traditional for char in han) <= _STRAY * len(han):
            here += len(han)
        else:
            other += len(han)
    letters = sum(char.isalpha() for char in text) - here - other
    if here > other and (here >= _ENOUGH or here > letters):
        yield Finding(item="simplified_chinese", start=0, end=0)
