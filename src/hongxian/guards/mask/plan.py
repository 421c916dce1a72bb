"""Which column gets which technique, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from hongxian.guards.mask.cells import Masked, as_text, pa
from hongxian.guards.mask.policy import Policy, Rule
from hongxian.guards.mask.policy_rule import rule_faults
from hongxian.guards.mask.technique import find_technique
from hongxian.info.types import find_type
from hongxian.words.worded import WordedError, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hongxian.guards.mask.technique import Apply

    Recognise = Callable[[str, list[str]], str | None]

SAMPLE = 200
"""Distinct values of a column that are looked at to tell its type."""

NOBODY: Rule = Rule(technique="keep")


@dataclass(slots=True, kw_only=True)
class Column:
    """What happens to one column.

    Args:
        name: its name; parts of nested columns are joined by dots.
        info: the PI type, if one is known.
        how: who said so: ``option``, ``policy``, ``format``, ``recognised`` or ``unknown``.
        rule: the technique and what it is told.
        key: id of the key that is used, if one is.
        values: how many values there were.
        refused: how many did not fit the technique and were suppressed instead.
    """

    name: str
    info: str | None
    how: str
    rule: Rule
    apply: Apply = field(repr=False)
    key: str | None = None
    values: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True)
class Named:
    """A column that was named: its type, a technique if one was said, and who named it."""

    info: str | None
    technique: str | None = None
    how: str = "option"


def named_column(words: str) -> tuple[str, Named]:
    """Return the name and what ``NAME=TYPE``, ``NAME=TYPE:TECHNIQUE`` or ``NAME=:TECHNIQUE`` say.

    Raises:
        HongxianError: the words have another form, or name what is not there.
    """
    name, equals, rest = words.rpartition("=")
    info, _, technique = rest.partition(":")
    if not equals or not name or not (info or technique):
        raise WordedError("mask_column_words", word=words)
    if technique:
        find_technique(technique)
    return name, Named(find_type(info).key if info else None, technique or None)


@dataclass(slots=True, kw_only=True)
class Plan:
    """Decides on each column when it is first seen, and keeps count.

    Args:
        policy: the policy.
        audience: who gets the output.
        named: what the user said of columns.
        recognise: tells the PI type of a column by its name and some values.
        reveal: turn back what can be turned back instead; only columns that were named.
        key: id of the key, instead of those of the policy's rules.
    """

    policy: Policy
    audience: str
    named: Mapping[str, Named] = field(default_factory=dict)
    recognise: Recognise | None = None
    reveal: bool = False
    key: str | None = None
    columns: dict[str, Column] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    def column(self, name: str, values: Any) -> Any:
        """Return the values of a column, or of a part of it, masked."""
        self.seen.add(name)
        if name not in self.columns and values.null_count == len(values):
            return values
        column = self.columns.get(name) or self._decided(name, values)
        masked: Masked = column.apply(values)
        column.values += len(values) - values.null_count
        column.refused += masked.refused
        return masked.values

    def check_named(self) -> None:
        """See that every column that the user named was there: a wrong name masks nothing.

        Raises:
            HongxianError: one was not; names the nearest that was.
        """
        for name in self.named:
            if name not in self.seen:
                close = nearest(name, sorted(self.seen))
                raise WordedError("mask_column_missing", word=name, nearest=close)

    def _decided(self, name: str, values: Any) -> Column:
        info, how, technique = self._told(name, values)
        if self.reveal and how not in ("option", "policy"):
            rule = NOBODY
        elif technique:
            rule = self._asked(info or name, technique)
        elif info is None:
            rule = self._unknown(values)
        else:
            rule = self.policy.rule(info, self.audience)
        found = self._made(name, info, how, rule)
        self.columns[name] = found
        return found

    def _told(self, name: str, values: Any) -> tuple[str | None, str, str | None]:
        """Return the PI type, who told it, and the technique if the user named one."""
        if name in self.named:
            own = self.named[name]
            return own.info or self.policy.columns.get(name), own.how, own.technique
        if name in self.policy.columns:
            return self.policy.columns[name], "policy", None
        info = self.recognise(name, _sample(values)) if self.recognise and not self.reveal else None
        return info, "recognised" if info else "unknown", None

    def _asked(self, info: str, technique: str) -> Rule:
        """Return the rule of a technique that the user named, as the policy words it if it does."""
        rule = self.policy.rule(info, self.audience)
        return rule if rule.technique == technique else Rule(technique=technique)

    def _unknown(self, values: Any) -> Rule:
        unknown = self.policy.audience(self.audience).unknown
        if unknown == "text" and not _is_text(values):
            return NOBODY
        return Rule(technique=unknown)

    def _made(self, name: str, info: str | None, how: str, rule: Rule) -> Column:
        technique = find_technique(rule.technique)
        if self.key and technique.keyed:
            rule = replace(rule, key=self.key)
        keys = list(self.policy.ring.sources)
        words = {"technique": rule.technique, **rule.options}
        place = info or name
        for fault in rule_faults(place, words, keys, vault=self.policy.vault is not None):
            raise WordedError(fault.word, name, fault.code, **fault.values)
        setting = self.policy.setting(place, rule)
        make = technique.reveal if self.reveal else technique.apply
        apply = (make or find_technique("keep").apply)(setting)
        key = setting.key().name if technique.keyed else None
        return Column(name=name, info=info, how=how, rule=rule, apply=apply, key=key)


def _is_text(values: Any) -> bool:
    """Whether a column holds texts, also as bytes that some programs write without their type."""
    kind = values.type.value_type if pa.types.is_dictionary(values.type) else values.type
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        try:
            values.cast(pa.string())
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
            return False
        return True
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _sample(values: Any) -> list[str]:
    """Return some distinct values, spread over the column."""
    distinct = as_text(values.drop_null()).unique()
    step = max(1, len(distinct) // SAMPLE)
    return [str(one) for one in distinct.take(pa.array(range(0, len(distinct), step))).to_pylist()][
        :SAMPLE
    ]
