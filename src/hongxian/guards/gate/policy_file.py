"""Reads a gate's policy, and tells everything that is wrong in it, a line for each fault."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING, Any

from hongxian.errors import HongxianError
from hongxian.guards.gate.findings import ACTIONS
from hongxian.guards.gate.live_tables import LIVE, live_faults
from hongxian.guards.gate.policy import (
    FAILS,
    KINDS,
    MODES,
    Allowed,
    EndpointRule,
    GatePolicy,
    Limit,
)
from hongxian.guards.policy_source import PolicyError, read_bytes, read_toml
from hongxian.guards.tables import known_tables
from hongxian.info.types import find_type
from hongxian.signals.cohort import Cohort
from hongxian.signals.observation import OBJECT, PRINCIPALS
from hongxian.signals.track import DAY, Window
from hongxian.words.worded import WordedError, nearest, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from hongxian.guards.policy_source import Fault

TABLES = ("gate", "actions", "endpoints", "allow", *LIVE)
"""What a policy may say."""

_GATE = {"mode": str, "principals": list, "groups": list, "shared": list, "windows": list,
         "remember": int, "canaries": str, "cohorts": str}  # fmt: skip
_ENDPOINT = {"needs": list, "open": bool, "limits": dict, "mask": list, "fail": str,
             "hashed": str}  # fmt: skip
_LIMIT = {"distinct": int, "window": str, "action": str}
_ALLOW = {"principal": str, "owner": str, "until": date, "endpoint": str, "why": str}
_NEEDED = ("principal", "owner", "until")
_SPAN = re.compile(r"([1-9]\d{0,5})([smhd])")
_SECONDS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}


def load_gate_policy(path: Path) -> GatePolicy:
    """Read a policy.

    Raises:
        HongxianError: the file is not there or is no TOML, or its faults.
    """
    return read_gate_policy(read_toml(path), path)


def read_gate_policy(content: Mapping[str, Any], path: Path) -> GatePolicy:
    """Return the policy that a file's content means; its paths are beside the file.

    Raises:
        HongxianError: what is wrong, a line for each fault.
    """
    if faults := list(gate_faults(content)):
        raise PolicyError(path, faults)
    gate: Mapping[str, Any] = content.get("gate", {})
    named = {name: tuple(gate[name]) for name in ("principals", "groups", "shared") if name in gate}
    rules = tuple(_rule(name, row) for name, row in content.get("endpoints", {}).items())
    spans = {seconds_of(one) for one in gate.get("windows", ["1d"])}
    spans |= {limit.window for rule in rules for limit in rule.limits.values()}
    return GatePolicy(
        mode=gate.get("mode", "learn"),
        windows=tuple(Window(span, 24 if span >= DAY.seconds else 12) for span in sorted(spans)),
        most_principals=gate.get("remember", 100_000),
        endpoints=rules,
        allowed=tuple(Allowed(**row) for row in content.get("allow", [])),
        actions=content.get("actions", {}),
        canaries=_canaries(path.parent / gate["canaries"]) if "canaries" in gate else (),
        cohorts=load_cohorts(path.parent / gate["cohorts"]) if "cohorts" in gate else {},
        **named,
    )


def load_cohorts(path: Path) -> dict[str, Cohort]:
    """Read what was learned.

    Raises:
        HongxianError: the file is not there, or is something else.
    """
    data = read_bytes(path, 64 << 20)
    try:
        rows = json.loads(data)
        return {str(name): Cohort.load(row) for name, row in rows.items()}
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise WordedError("gate_no_cohorts", path) from None


def dump_cohorts(cohorts: Mapping[str, Cohort]) -> str:
    """Return what was learned, as :func:`load_cohorts` reads it."""
    rows = {name: one.dump() for name, one in cohorts.items()}
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def seconds_of(span: str) -> float:
    """Return the seconds of ``15m``, ``1h`` or ``30d``; 0 when it is none of these."""
    found = _SPAN.fullmatch(span)
    return float(int(found[1]) * _SECONDS[found[2]]) if found else 0.0


def _canaries(path: Path) -> tuple[tuple[str, str], ...]:
    """Read numbers that nobody has: a line each, with the PI type before it if not a telephone."""
    try:
        lines = read_bytes(path).decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise unreadable(path, error) from None
    words = [line.split("#", 1)[0].split() for line in lines]
    return tuple(
        (line[0], line[1]) if len(line) > 1 else ("basic.phone", line[0]) for line in words if line
    )


def _rule(pattern: str, row: Mapping[str, Any]) -> EndpointRule:
    needs = row.get("needs")
    limits = {
        _info(info): Limit(
            distinct=limit["distinct"], window=seconds_of(limit.get("window", "1d")),
            action=limit.get("action", "throttle"),
        )
        for info, limit in row.get("limits", {}).items()
    }  # fmt: skip
    return EndpointRule(
        pattern=pattern, needs=None if needs is None else tuple(map(_info, needs)),
        open=row.get("open", False), limits=limits, fail=row.get("fail"),
        hashed=_info(row["hashed"]) if "hashed" in row else None,
        mask=tuple(one if one == "*" else _info(one) for one in row.get("mask", ())),
    )  # fmt: skip


def _info(word: str) -> str:
    return word if word == OBJECT else find_type(word).key


def gate_faults(content: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield place and fault; later tables are only looked at as far as they have a form."""
    yield from known_tables(content, TABLES, {"allow": "gate_allow"})
    tables = {
        name: content[name] for name in TABLES
        if isinstance(content.get(name), list if name == "allow" else dict)
    }  # fmt: skip
    yield from _gate_faults(tables.get("gate", {}))
    for name, action in tables.get("actions", {}).items():
        yield from _choice("actions", "", name, KINDS)
        yield from _choice("actions", name, action, ACTIONS)
    for name, row in tables.get("endpoints", {}).items():
        yield from _endpoint_faults(f"endpoints.{name}", row)
    for number, row in enumerate(tables.get("allow", ()), 1):
        yield from _allow_faults(f"allow {number}", row)
    yield from live_faults(content)


def _row_faults(place: str, row: object, known: Mapping[str, type]) -> Iterator[Fault]:
    if not isinstance(row, dict):
        yield place, WordedError("not_table")
        return
    for key, value in row.items():
        if key not in known:
            close = nearest(key, list(known))
            yield place, WordedError("unknown_key", key=key, nearest=close)
        elif not _fits(value, known[key]):
            yield place, WordedError("wrong_kind", key=key)


def _fits(value: Any, kind: type) -> bool:
    """Return whether a value is of a kind: no moment for a day, no truth for a number."""
    exact = type(value) is kind
    return exact and (kind is not int or value >= 1)


def _choice(place: str, key: str, value: object, known: tuple[str, ...]) -> Iterator[Fault]:
    if value not in known:
        shown = ", ".join(known)
        yield place, WordedError("none_of", key=key or place, value=value, known=shown)


def _gate_faults(gate: Mapping[str, Any]) -> Iterator[Fault]:
    faults = list(_row_faults("gate", gate, _GATE))
    yield from faults
    wrong = {fault.values.get("key") for _, fault in faults}
    told = {key: value for key, value in gate.items() if key not in wrong}
    if "mode" in told:
        yield from _choice("gate", "mode", told["mode"], MODES)
    for key in ("principals", "groups", "shared"):
        for one in told.get(key, ()):
            yield from _choice("gate", key, one, PRINCIPALS)
    for one in told.get("windows", ()):
        if not isinstance(one, str) or not seconds_of(one):
            yield "gate", WordedError("setting_span", word=one)


def _endpoint_faults(place: str, row: object) -> Iterator[Fault]:
    faults = list(_row_faults(place, row, _ENDPOINT))
    yield from faults
    if faults or not isinstance(row, dict):
        return
    for info in (*row.get("needs", ()), *row.get("mask", ())):
        if info != "*" or info in row.get("needs", ()):
            yield from _type_faults(place, info)
    if "hashed" in row:
        yield from _type_faults(place, row["hashed"])
    if "fail" in row:
        yield from _choice(place, "fail", row["fail"], FAILS)
    for info, limit in row.get("limits", {}).items():
        where = f"{place}.limits.{info}"
        yield from _type_faults(where, info)
        wrong = list(_row_faults(where, limit, _LIMIT))
        yield from wrong
        if wrong:
            continue
        if "distinct" not in limit:
            yield where, WordedError("setting_needed", key="distinct")
        if not seconds_of(limit.get("window", "1d")):
            yield where, WordedError("setting_span", word=limit["window"])
        yield from _choice(where, "action", limit.get("action", "throttle"), ACTIONS)


def _allow_faults(place: str, row: object) -> Iterator[Fault]:
    faults = list(_row_faults(place, row, _ALLOW))
    yield from faults
    if faults or not isinstance(row, dict):
        return
    for key in _NEEDED:
        if not row.get(key):
            yield place, WordedError("setting_needed", key=key)
    kind, _, who = row.get("principal", "account:x").partition(":")
    if kind not in PRINCIPALS or not who:
        known = ", ".join(PRINCIPALS)
        yield place, WordedError("gate_principal", word=row["principal"], known=known)


def _type_faults(place: str, info: object) -> Iterator[Fault]:
    try:
        _info(info if isinstance(info, str) else "")
    except HongxianError:
        yield place, WordedError("mask_no_type", word=info, nearest=WordedError("known_types"))
