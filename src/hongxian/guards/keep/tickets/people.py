"""Who may propose and approve what: a TOML of people, their public keys and the four-eyes rules.

::

    [people.zhang]
    name = "张三"
    key = "base64"                     # hongxian keep key
    roles = ["dba"]
    may = ["propose", "approve"]       # and break_glass, undo

    [[rules]]                          # all that match must be met
    tables = ["pay.*"]                 # any unless given
    least_rows = 10000
    approvals = 2
    roles = ["owner"]                  # whose approvals count; any unless given

    [tickets]
    lifetime = "1h"                    # unless asked for less or more
    longest = "8h"
    more_rows = 1.5                    # how far the rows may grow until it is used

    [break_glass]
    approvals = 2
    longest = "30m"
    alarm = ["https://alarm.example/hook"]
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from hongxian.errors import HongxianError
from hongxian.guards.keep.evidence.keys import public_bytes
from hongxian.guards.keep.outward import allowed
from hongxian.guards.policy_source import PolicyError, read_toml
from hongxian.guards.tables import Key, known_tables, span, span_of, table_faults
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from hongxian.guards.policy_source import Fault

RIGHTS = ("propose", "approve", "break_glass", "undo")


def _right(key: str, value: str) -> WordedError | None:
    known = ", ".join(RIGHTS)
    return None if value in RIGHTS else WordedError("none_of", key=key, value=value, known=known)


def _public(key: str, value: str) -> WordedError | None:
    del key
    try:
        public_bytes(value)
    except HongxianError:
        return WordedError("keep_public_key")
    return None


def _alarm(key: str, value: str) -> WordedError | None:
    del key
    return None if allowed(value) else WordedError("keep_address", address=value)


def _two(key: str, value: int) -> WordedError | None:
    del key
    return None if value >= 2 else WordedError("keep_break_glass_two")


_PERSON = {"name": Key(str), "key": Key(str, _public, needed=True), "roles": Key(list),
           "may": Key(list, _right)}  # fmt: skip
_RULE = {"tables": Key(list), "least_rows": Key(int), "approvals": Key(int), "roles": Key(list)}
_TABLES = {
    "tickets": {"lifetime": Key(str, span), "longest": Key(str, span), "more_rows": Key(float)},
    "break_glass": {"approvals": Key(int, _two), "longest": Key(str, span),
                    "alarm": Key(list, _alarm)},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a key."""

    id: str
    name: str
    key: str
    roles: frozenset[str]
    may: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rule:
    """How many must approve what."""

    tables: tuple[str, ...] = ("*",)
    least_rows: int = 0
    approvals: int = 1
    roles: frozenset[str] = frozenset()

    def applies(self, objects: Sequence[str], rows: int) -> bool:
        """Return whether it is for such a statement; rows that nobody knows are many."""
        if 0 <= rows < self.least_rows:
            return False
        named = objects or ("",)
        return any(fnmatchcase(one, pattern) for one in named for pattern in self.tables)

    def met(self, approvers: Sequence[Person]) -> bool:
        """Return whether enough of the right people approved."""
        counted = [one for one in approvers if not self.roles or self.roles & one.roles]
        return len(counted) >= self.approvals


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """The people and the rules."""

    people: Mapping[str, Person]
    rules: tuple[Rule, ...] = ()
    lifetime: float = 3_600.0
    longest: float = 8 * 3_600.0
    more_rows: float = 1.5
    broken: Rule = field(default_factory=lambda: Rule(approvals=2))
    """What a break-glass ticket needs instead of the rules."""
    broken_longest: float = 1_800.0
    alarms: tuple[str, ...] = ()

    def needed(self, objects: Sequence[str], rows: int, kind: str) -> list[Rule]:
        """Return the rules that a statement must meet; one approval is the least."""
        if kind == "break_glass":
            return [self.broken]
        return [Rule(), *(one for one in self.rules if one.applies(objects, rows))]


def load_people(path: Path) -> People:
    """Read the file.

    Raises:
        HongxianError: it is not there or is no TOML, or its faults, a line for each.
    """
    content = read_toml(path)
    if faults := list(people_faults(content)):
        raise PolicyError(path, faults)
    people = {
        name: Person(name, row.get("name", name), row["key"], frozenset(row.get("roles", ())),
                     frozenset(row.get("may", ())))
        for name, row in content["people"].items()
    }  # fmt: skip
    rules = tuple(_rule(row) for row in content.get("rules", ()))
    tickets, broken = content.get("tickets", {}), content.get("break_glass", {})
    told: dict[str, Any] = {
        name: span_of(tickets[name]) for name in ("lifetime", "longest") if name in tickets
    }
    if "more_rows" in tickets:
        told["more_rows"] = float(tickets["more_rows"])
    if "longest" in broken:
        told["broken_longest"] = span_of(broken["longest"])
    return People(
        people=people, rules=rules, broken=Rule(approvals=broken.get("approvals", 2)),
        alarms=tuple(broken.get("alarm", ())), **told,
    )  # fmt: skip


def _rule(row: Mapping[str, Any]) -> Rule:
    return Rule(
        tuple(row.get("tables", ("*",))), row.get("least_rows", 0), row.get("approvals", 1),
        frozenset(row.get("roles", ())),
    )  # fmt: skip


def people_faults(content: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield place and fault."""
    known = ("people", "rules", *_TABLES)
    yield from known_tables(content, known, {"rules": "wrong_kind"})
    for name, told in _TABLES.items():
        if isinstance(content.get(name), dict):
            yield from table_faults(name, content[name], told)
    people, rules = content.get("people"), content.get("rules", [])
    if not people:
        yield "", WordedError("setting_needed", key="people")
    rows: list[tuple[str, Any, Mapping[str, Key]]] = [
        (f"people.{name}", row, _PERSON) for name, row in _items(people)
    ]
    rows += [
        (f"rules {number}", row, _RULE)
        for number, row in enumerate(rules if isinstance(rules, list) else (), 1)
    ]
    for place, row, keys in rows:
        if not isinstance(row, dict):
            yield place, WordedError("not_table")
        else:
            yield from table_faults(place, row, keys)
    yield from _keys_of_two(_items(people))


def _items(table: object) -> list[tuple[str, Any]]:
    return list(table.items()) if isinstance(table, dict) else []


def _keys_of_two(people: Sequence[tuple[str, Any]]) -> Iterator[Fault]:
    """Yield people who share a key: they would count as two."""
    seen: dict[object, str] = {}
    for name, row in people:
        key = row.get("key") if isinstance(row, dict) else None
        if isinstance(key, str) and key in seen:
            yield f"people.{name}", WordedError("keep_key_of_two", other=seen[key])
        elif key:
            seen[str(key)] = name
