"""What would settle an open verdict: the command that supplies what was not looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.words import say

if TYPE_CHECKING:
    from hongxian.judge.run import Ruling

SENSORS = ("app", "policy", "session", "store", "traffic", "guard", "people")
"""In the order in which their commands are told."""


def settle(ruling: Ruling, lang: str) -> list[str]:
    """Return the steps that would settle a ruling, the least effort first.

    Nothing for a verdict that stands. What one sensor supplies is told once; a person's answer,
    which settles any open verdict, comes last.

    Args:
        ruling: the verdict, with the needs that no coverage met; where all are met, a suspicion may
            be cleared by what nobody looked at.
        lang: language of the steps.
    """
    if ruling.verdict not in ("suspected", "unclear"):
        return []
    scopes = [scope for need in ruling.missing for scope in need] or ruling.unlooked
    wanted = {scope.split(".", 1)[0] for scope in scopes}
    steps = [say(f"judge.settle_{name}", lang) for name in SENSORS if name in wanted]
    return [*steps, say("judge.settle_answer", lang, subject=ruling.subject)]
