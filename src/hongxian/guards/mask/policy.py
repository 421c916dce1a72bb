"""A policy of masking: one TOML that gives each PI type, for each audience, a technique.

    [keys]
    active = "k2026"
    [keys.k2026]
    env = "MASK_KEY"                # or file = "...", or command = ["...", "..."]

    [vault]
    path = "tokens.vault"

    [columns]
    mobile = "basic.phone"

    [types."basic.phone"]
    analyst = "pseudonym"
    test = { technique = "fpe", keep = ["segment"] }

    [audiences.lender]
    like = "partner"
    unknown = "suppress"

What a policy does not say, the shipped defaults do.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from hongxian.guards.mask.keys import KeyRing
from hongxian.guards.mask.technique import Setting
from hongxian.info.source import read
from hongxian.words.worded import WordedError, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

UNKNOWN = ("keep", "text", "suppress")
"""What may happen to a column of which nobody knows what it holds."""

EVERY = "*"
"""The row of defaults for types that no other row names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What one PI type gets for one audience.

    Args:
        technique: its name.
        options: what the technique is told.
        domain: what values must share to be masked alike, if not the PI type.
        key: id of the key, if not the active one.
        why: the reason, where one is told.
    """

    technique: str
    options: Mapping[str, Any] = field(default_factory=dict)
    domain: str | None = None
    key: str | None = None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Who gets the output.

    Args:
        like: the audience whose rules hold where it has none of its own.
        unknown: what happens to columns of which nobody knows what they hold.
    """

    like: str | None = None
    unknown: str = "text"


@cache
def default_audiences() -> dict[str, Audience]:
    """Return the audiences that need no words in a policy."""
    rows = read("hongxian.guards.mask", "defaults")["audience"]
    return {name: Audience(unknown=row["unknown"]) for name, row in rows.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What a file says, on top of the shipped defaults.

    Args:
        ring: the keys.
        vault: the file of tokens.
        columns: PI type by the name of a column.
        types: rules by PI type or group, then by audience.
        audiences: audiences by name.
    """

    ring: KeyRing = field(default_factory=KeyRing)
    vault: Path | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    types: Mapping[str, Mapping[str, Rule]] = field(default_factory=dict)
    audiences: Mapping[str, Audience] = field(default_factory=default_audiences)

    def audience(self, name: str) -> Audience:
        """Return an audience.

        Raises:
            HongxianError: there is none of this name.
        """
        if name not in self.audiences:
            close = nearest(name, list(self.audiences))
            raise WordedError("mask_no_audience", word=name, nearest=close)
        return self.audiences[name]

    def rule(self, info: str, audience: str) -> Rule:
        """Return what a PI type gets for an audience.

        Own words come before the shipped ones, types before groups, these before all others.
        """
        for name in self._lineage(audience):
            for rules in (self.types, default_rules()):
                for place in (info, info.split(".", 1)[0], EVERY):
                    if name in rules.get(place, {}):
                        return rules[place][name]
        return default_rules()[EVERY]["public"]

    def setting(self, info: str, rule: Rule) -> Setting:
        """Return what a technique is told for a PI type under a rule."""
        return Setting(
            info=info, domain=rule.domain or info, options=rule.options, ring=self.ring,
            key_name=rule.key, vault=self.vault,
        )  # fmt: skip

    def _lineage(self, audience: str) -> list[str]:
        """Return an audience and those whose rules it takes over, nearest first."""
        found: list[str] = []
        name: str | None = audience
        while name and name not in found:
            found.append(name)
            name = self.audience(name).like
        return found


@cache
def default_rules() -> dict[str, dict[str, Rule]]:
    """Return the shipped rules by PI type or group, then by audience."""
    found: dict[str, dict[str, Rule]] = {}
    for row in read("hongxian.guards.mask", "defaults")["default"]:
        for info in row["info"]:
            found[info] = {name: rule_of(row[name], row["why"]) for name in default_audiences()}
    return found


def rule_of(words: str | Mapping[str, Any], why: str = "") -> Rule:
    """Return the rule that a policy's words mean: a technique's name, or a table."""
    if isinstance(words, str):
        return Rule(technique=words, why=why)
    own = ("technique", "domain", "key", "why")
    return Rule(
        technique=words["technique"], domain=words.get("domain"), key=words.get("key"),
        why=words.get("why", why),
        options={name: value for name, value in words.items() if name not in own},
    )  # fmt: skip
