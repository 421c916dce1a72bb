"""Reads rule files: a YAML head in the first block comment, then one SELECT."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from pathlib import Path

PACKS = ("method",)
"""Packs by which apps are judged by default, in the order of their reports."""

STORE_PACKS = ("store",)
"""Packs by which stores are judged."""

VERDICTS = ("violated", "suspected", "unclear", "satisfied", "not_applicable")
"""The five verdicts, worst first."""

_HEAD = re.compile(r"\A\s*/\*(.*?)\*/(.*)\Z", re.DOTALL)
_REQUIRED = (
    "id", "title", "group", "principles", "law", "needs", "severity", "says", "fix",
    "status", "since", "false_positives",
)  # fmt: skip
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Text = dict[str, str]
"""A text in each language: ``{"zh": ..., "en": ...}``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: its head, and its SQL."""

    id: str
    """Pack and number, e.g. ``method.3.1``."""
    title: Text
    group: Text
    principles: list[str]
    """Of ``lawful``, ``legitimate``, ``necessary``."""
    law: list[dict[str, Any]]
    """The rule's own source: document, item, from, to, confidence."""
    needs: list[list[str]]
    """Coverage that *satisfied* requires: each entry is met by any one of its scopes."""
    severity: str
    """``high``, ``medium`` or ``low``."""
    says: dict[str, Text]
    """Message per verdict; ``{info}``, ``{actor}`` and other columns are filled in."""
    fix: Text
    status: str
    since: str
    false_positives: Text
    thresholds: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Name -> value, unit, source (law, standard, practice, ours), note."""
    sql: str
    source: str
    """File name, for error lines."""

    @property
    def number(self) -> str:
        """The number within the pack, as the law counts: ``3.1``."""
        return self.id.split(".", 1)[1]

    @property
    def name(self) -> str:
        """What it is called: the Method's by the number alone, others by pack and number."""
        return self.id.removeprefix("method.")

    @property
    def order(self) -> tuple[int, ...]:
        """Sorting key that keeps 3.10 behind 3.9."""
        return tuple(int(part) for part in self.number.split("."))


@cache
def load_pack(pack: str) -> tuple[Rule, ...]:
    """Return the rules of a shipped pack, in the law's order."""
    folder = files("hongxian.rules") / pack
    return _rules(item for item in folder.iterdir() if item.name.endswith(".sql"))


def load_folder(folder: Path) -> tuple[Rule, ...]:
    """Return the rules of a folder of the user's."""
    found = sorted(folder.glob("*.sql"))
    if not found:
        raise WordedError("no_rules", folder)
    return _rules(found)


def load_rules() -> tuple[Rule, ...]:
    """Return the rules by which apps are judged by default."""
    return _packs(PACKS)


def load_store_rules() -> tuple[Rule, ...]:
    """Return the rules by which stores are judged."""
    return _packs(STORE_PACKS)


def load_every_rule() -> tuple[Rule, ...]:
    """Return the rules of all packs that are shipped."""
    return _packs((*PACKS, *STORE_PACKS))


def _packs(packs: tuple[str, ...]) -> tuple[Rule, ...]:
    return tuple(rule for pack in packs for rule in load_pack(pack))


def parse_rule(text: str, source: str) -> Rule:
    """Parse a rule file's text.

    Raises:
        HongxianError: there is no head, it is no YAML, or a key is missing or unknown.
    """
    match = _HEAD.match(text)
    if match is None:
        raise WordedError("rule_no_head", source)
    try:
        head = yaml.load(match[1], Loader=_LOADER)  # noqa: S506 - the safe loader, in C
    except yaml.YAMLError as error:
        reason = str(error).splitlines()[0]
        raise WordedError("rule_head", source, reason=reason) from None
    if not isinstance(head, dict):
        raise WordedError("rule_head", source, reason=WordedError("not_mapping"))
    missing = [key for key in _REQUIRED if key not in head]
    if missing:
        raise WordedError("rule_head_missing", source, keys=", ".join(missing))
    head["needs"] = [[scope.strip() for scope in need.split("|")] for need in head["needs"]]
    try:
        return Rule(**head, sql=match[2].strip().rstrip(";"), source=source)
    except TypeError as error:
        raise WordedError("rule_head", source, reason=error) from None


def find_rule(word: str, rules: tuple[Rule, ...] | None = None) -> Rule:
    """Return the rule with this id (``method.3.1``) or, of the Method, number (``3.1``)."""
    for rule in rules or load_every_rule():
        if word in (rule.id, rule.name):
            return rule
    raise WordedError("no_rule", word=word)


def _rules(sources: Any) -> tuple[Rule, ...]:
    def one(source: Traversable) -> Rule:
        return parse_rule(source.read_text(encoding="utf-8"), source.name)

    return tuple(sorted((one(source) for source in sources), key=lambda rule: rule.order))
