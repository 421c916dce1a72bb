"""Covers PI values in a whole report: the one place through which every format gets its texts.

Facts must not hold PI values; should a sensor, another program's facts, a person's answer or the
command line let one through, it stops here.
"""

from __future__ import annotations

import operator
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any, TypeVar

from hongxian.judge.run import Finding
from hongxian.laws.app_types import AppType
from hongxian.laws.documents import Clause
from hongxian.rules.load import Rule
from hongxian.words.mask import mask, mask_all, mask_subject

Model = TypeVar("Model")

_KEPT = (int, float, Rule, Clause, AppType)
"""Figures, and texts of the product and of rule files: about no person."""

_HASHES = {("Point", "fingerprint"), ("Ruling", "accepted")}
"""Fields that hold our own hashes, of which one in two thousand is all digits, like a card."""

_SUBJECTS = {("Subject", "id"), ("Ruling", "subject"), ("Finding", "subject")}


def cover(model: Model) -> Model:
    """Return a report, or a part of one, with every text in it masked, keys of tables too."""
    covered: Model = _Cover().value(model)
    return covered


class _Cover:
    """Remembers what it has covered: facts stand behind several findings and in tables."""

    def __init__(self) -> None:
        self.done: dict[int, Any] = {}

    def value(self, value: Any) -> Any:
        """Return a value of the model, covered."""
        if isinstance(value, str):
            return _same(value, mask(value))
        if isinstance(value, _KEPT):
            return value
        if is_dataclass(value) or isinstance(value, Finding):
            kind: Any = type(value)
            return self.once(value, _names(kind))
        if isinstance(value, tuple):
            covered = tuple(map(self.value, value))
            return covered if any(map(operator.is_not, covered, value)) else value
        if isinstance(value, dict | list):
            return _same(value, mask_all(value))
        return value

    def once(self, one: Any, names: tuple[str, ...]) -> Any:
        """Return an object of the model with all its fields covered."""
        if id(one) not in self.done:
            changed = {}
            for name in names:
                before = getattr(one, name)
                after = self.field((type(one).__name__, name), before)
                if after is not before:
                    changed[name] = after
            self.done[id(one)] = _changed(one, changed)
        return self.done[id(one)]

    def field(self, place: tuple[str, str], value: Any) -> Any:
        """Return what stands in a field, covered as the field needs it."""
        if place in _HASHES:
            return value
        return _same(value, mask_subject(value)) if place in _SUBJECTS else self.value(value)


def _same(before: Any, after: Any) -> Any:
    """Return what was before unless something was covered: most objects then need no copy."""
    return before if before == after else after


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return kind._fields if kind is Finding else tuple(one.name for one in fields(kind))


def _changed(one: Any, values: dict[str, Any]) -> Any:
    if not values:
        return one
    return one._replace(**values) if isinstance(one, Finding) else replace(one, **values)
