"""Which texts can change how those behind them are read, or in which database they run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hongxian.guards.keep.lane.judged import UNKNOWN

if TYPE_CHECKING:
    from hongxian.guards.keep.lane.judged import JudgementLike

_KINDS = frozenset(("SET", "USE", "CALL", "EXECUTE"))
_HIDDEN = re.compile(r"/\*M?!.*\b(?:set|use|call|execute)\b", re.IGNORECASE | re.DOTALL)
"""Such words behind a comment that may run."""


def alters(judgement: JudgementLike, text: str) -> bool:
    """Return whether a session must be looked at again after a text."""
    if judgement.verdict >= UNKNOWN or _HIDDEN.search(text):
        return True
    return any(one.kind in _KINDS for one in judgement.statements)
