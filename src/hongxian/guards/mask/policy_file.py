"""Reads a policy's file, and tells everything that is wrong in it, a line for each fault."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongxian.errors import HongxianError
from hongxian.guards.mask.key_sources import from_command, from_file, from_variable
from hongxian.guards.mask.keys import KeyRing
from hongxian.guards.mask.policy import UNKNOWN, Audience, Policy, default_audiences, rule_of
from hongxian.guards.mask.policy_rule import rule_faults
from hongxian.guards.policy_source import PolicyError, read_toml
from hongxian.guards.tables import known_tables
from hongxian.info.types import find_type, load_groups, load_types
from hongxian.words.worded import WordedError, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from hongxian.guards.policy_source import Fault

TABLES = ("keys", "vault", "columns", "types", "audiences")
"""What a policy may say."""

_SOURCES = {"env": str, "file": str, "command": list}


def load_policy(path: Path) -> Policy:
    """Read a policy.

    Raises:
        HongxianError: the file is not there or is no TOML, or its faults.
    """
    return read_policy(read_toml(path), path)


def read_policy(content: Mapping[str, Any], path: Path) -> Policy:
    """Return the policy that a file's content means; its paths are beside the file.

    Raises:
        HongxianError: what is wrong, a line for each fault.
    """
    if faults := list(_faults(content)):
        raise PolicyError(path, faults)
    keys = content.get("keys", {})
    vault = content.get("vault", {}).get("path")
    own = {name: Audience(like=row.get("like"), unknown=row.get("unknown", "text"))
           for name, row in content.get("audiences", {}).items()}  # fmt: skip
    return Policy(
        ring=KeyRing(keys.get("active"), {
            name: _source(name, row, path) for name, row in keys.items() if name != "active"
        }),
        vault=path.parent / vault if vault else None,
        columns={name: find_type(info).key for name, info in content.get("columns", {}).items()},
        types={
            _place(info): {audience: rule_of(words) for audience, words in rows.items()}
            for info, rows in content.get("types", {}).items()
        },
        audiences=default_audiences() | own,
    )  # fmt: skip


def _source(name: str, row: Mapping[str, Any], path: Path) -> Callable[[], bytes]:
    if "env" in row:
        return from_variable(name, row["env"])
    if "file" in row:
        return from_file(name, path.parent / row["file"])
    return from_command(name, row["command"])


def _place(word: str) -> str:
    """Return the key of a PI type or group, however it is called."""
    return word if word in load_groups() or word == "*" else find_type(word).key


def _faults(content: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield place and fault; later tables are only looked at as far as they have a form."""
    yield from known_tables(content, TABLES)
    tables = {name: content[name] if isinstance(content.get(name), dict) else {} for name in TABLES}
    yield from _key_faults(tables["keys"])
    yield from _vault_faults(tables["vault"])
    for name, info in tables["columns"].items():
        yield from _type_faults(f"columns.{name}", info)
    audiences = [*default_audiences(), *tables["audiences"]]
    for name, row in tables["audiences"].items():
        yield from _audience_faults(f"audiences.{name}", row, audiences)
    keys = [name for name in tables["keys"] if name != "active"]
    for info, rows in tables["types"].items():
        yield from _row_faults(info, rows, audiences, keys, bool(tables["vault"]))


def _key_faults(keys: Mapping[str, Any]) -> Iterator[Fault]:
    names = [name for name in keys if name != "active"]
    active = keys.get("active")
    if keys and not isinstance(active, str):
        yield "keys", WordedError("mask_no_active")
    elif keys and active not in names:
        yield (
            "keys.active",
            WordedError("mask_active", word=active, nearest=nearest(str(active), names)),
        )
    for name in names:
        place, row = f"keys.{name}", keys[name]
        if not isinstance(row, dict):
            yield place, WordedError("not_table")
            continue
        for word in row:
            if word not in _SOURCES:
                yield (
                    place,
                    WordedError("unknown_key", key=word, nearest=nearest(word, list(_SOURCES))),
                )
        given = [word for word in _SOURCES if word in row]
        if len(given) != 1:
            yield place, WordedError("mask_key_sources", words=", ".join(_SOURCES))
        for word in given:
            value = row[word]
            texts = value if isinstance(value, list) else [value]
            if (
                not isinstance(value, _SOURCES[word])
                or not texts
                or not all(_word(one) for one in texts)
            ):
                yield place, WordedError("wrong_kind", key=word)


def _vault_faults(vault: Mapping[str, Any]) -> Iterator[Fault]:
    for word in vault:
        if word != "path":
            yield "vault", WordedError("unknown_key", key=word, nearest=nearest(word, ["path"]))
    if vault and not _word(vault.get("path")):
        yield "vault", WordedError("wrong_kind", key="path")


def _type_faults(place: str, info: object, *, group: bool = False) -> Iterator[Fault]:
    if not isinstance(info, str):
        yield place, WordedError("mask_no_type", word=info, nearest=WordedError("known_types"))
        return
    if group and (info in load_groups() or info == "*"):
        return
    try:
        find_type(info)
    except HongxianError:
        names = [*load_types(), *(load_groups() if group else ())]
        close = nearest(info, names)
        shown = close if close.word == "nearest" else WordedError("known_types")
        yield place, WordedError("mask_no_type", word=info, nearest=shown)


def _audience_faults(place: str, row: object, audiences: list[str]) -> Iterator[Fault]:
    if not isinstance(row, dict):
        yield place, WordedError("not_table")
        return
    for word, value in row.items():
        if word not in ("like", "unknown"):
            yield (
                place,
                WordedError("unknown_key", key=word, nearest=nearest(word, ["like", "unknown"])),
            )
        elif word == "unknown" and value not in UNKNOWN:
            yield place, WordedError("none_of", key=word, value=value, known=", ".join(UNKNOWN))
        elif word == "like" and value not in audiences:
            close = nearest(str(value), audiences)
            yield place, WordedError("mask_no_audience", word=value, nearest=close)


def _row_faults(
    info: str, rows: object, audiences: list[str], keys: list[str], vault: bool
) -> Iterator[Fault]:
    place = f"types.{info}"
    yield from _type_faults(place, info, group=True)
    if not isinstance(rows, dict):
        yield place, WordedError("not_table")
        return
    for audience, words in rows.items():
        if audience not in audiences:
            close = nearest(audience, audiences)
            yield place, WordedError("mask_no_audience", word=audience, nearest=close)
        for fault in rule_faults(info, words, keys, vault=vault):
            yield f"{place}.{audience}", fault


def _word(value: object) -> bool:
    return isinstance(value, str) and bool(value)
