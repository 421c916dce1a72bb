"""What would settle an open verdict: the command that supplies what was not looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.words import say

if TYPE_CHECKING:
    from hongxian.judge.run import Ruling
    from hongxian.rules.load import Rule

SENSORS = ("app", "policy", "session", "store", "traffic", "people")
"""In the order in which their commands are told."""


def settle(ruling: Ruling, rule: Rule, lang: str) -> list[str]:
    """Return the steps that would settle a ruling, the least effort first.

    Nothing for a verdict that stands. What one sensor supplies is told once; a person's answer,
    which settles any open verdict, comes last.

    Args:
        ruling: the verdict, with the needs that no coverage met.
        rule: gives all needs, for a suspicion that a look at any of them could clear.
        lang: language of the steps.
    """
    if ruling.verdict not in ("suspected", "unclear"):
        return []
    needs = ruling.missing or tuple(tuple(need) for need in rule.needs)
    wanted = {scope.split(".", 1)[0] for need in needs for scope in need}
    steps = [say(f"judge.settle_{name}", lang) for name in SENSORS if name in wanted]
    return [*steps, say("judge.settle_answer", lang, subject=ruling.subject)]
