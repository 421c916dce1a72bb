"""Covers single values as ``hongxian mask`` covers columns: by the same conventions and policy."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from hongxian.info.source import read

if TYPE_CHECKING:
    from collections.abc import Callable

    from hongxian.guards.mask.policy import Policy, Rule

    Cover = Callable[[str], str]

COVER = "***"
"""What stands for a value of which nothing is shown."""
NAMES = ("basic.name",)
"""PI types that are names of people."""

_HAN = re.compile(
    "[\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff]"
)
_WORD = re.compile(r"([^\W\d_])[^\W\d_'’.-]*(?:['’.-][^\W\d_'’.-]*)*")


class Covers:
    """Finds what covers a PI type for an audience.

    Args:
        policy: policy of masking; without one every value is covered in part, by its convention.
        audience: who gets the answers, where the caller has no audience of its own.
    """

    def __init__(self, policy: Policy | None = None, audience: str = "public") -> None:
        """Keep what is told."""
        self.audience = audience
        self._policy = policy
        self._made: dict[tuple[str, str], Cover | None] = {}

    def of(self, info: str, audience: str | None = None) -> Cover | None:
        """Return what covers values of a type; ``None`` when they are to stay."""
        place = (info, audience or self.audience)
        if place not in self._made:
            self._made[place] = self._cover(*place)
        return self._made[place]

    def _cover(self, info: str, audience: str) -> Cover | None:
        if self._policy is None:
            return partly(info)
        rule = self._policy.rule(info, audience)
        if rule.technique == "keep":
            return None
        if rule.technique == "suppress":
            mark = str(rule.options.get("mark", COVER))
            return lambda _: mark
        if rule.technique == "partial" and not rule.options:
            return partly(info)
        return _column(self._policy, info, rule)


def _column(policy: Policy, info: str, rule: Rule) -> Cover:
    """Return a technique of columns as one for single values."""
    from hongxian.guards.mask.cells import texts  # noqa: PLC0415 - heavy
    from hongxian.guards.mask.technique import find_technique  # noqa: PLC0415 - heavy

    apply = find_technique(rule.technique).apply(policy.setting(info, rule))

    @lru_cache(maxsize=1_024)
    def cover(text: str) -> str:
        (made,) = apply(texts([text])).values.to_pylist()
        return COVER if made is None else str(made)

    return cover


@cache
def partly(info: str) -> Cover:
    """Return what shows of a value what the convention of its type lets through."""
    if info in NAMES:
        return _name
    rows: list[dict[str, Any]] = read("hongxian.guards.mask", "conventions")["shape"]
    row = next((row for row in rows if info in row["info"]), None)
    if row is None:
        return lambda _: COVER
    if "pattern" in row:
        pattern, shown = re.compile(row["pattern"], re.DOTALL), row["shown"]
        return lambda text: _shown(pattern, shown, text)
    return Ends(row["left"], row["right"], row["least"])


@dataclass(frozen=True, slots=True)
class Ends:
    """Covers a value but for its ends."""

    left: int
    right: int
    least: int
    """Characters that must be covered."""

    def __call__(self, text: str) -> str:
        """Return a value covered."""
        return ends(text, self.left, self.right, self.least)


def ends(text: str, left: int, right: int, least: int) -> str:
    """Return a text of which only the ends stand; all is covered if too little would be."""
    size = len(text)
    middle = size - left - right
    if middle < least:
        return "*" * max(size, 1)
    return text[:left] + "*" * middle + text[size - right :]


def _shown(pattern: re.Pattern[str], shown: str, text: str) -> str:
    found = pattern.search(text)
    return pattern.sub(shown, text) if found else COVER


def _name(text: str) -> str:
    if _HAN.match(text):
        two = len(text) >= 3 and text[:2] in _double_surnames()
        return ends(text, 2 if two else 1, 0, 1)
    return _WORD.sub(r"\1***", text)


@cache
def _double_surnames() -> frozenset[str]:
    return frozenset(read("hongxian.guards.mask", "conventions")["names"]["two"])
