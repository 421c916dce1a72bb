"""What may be wrong with one rule of a policy: its technique, and what that is told."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hongxian.errors import HongxianError
from hongxian.guards.mask.technique import Option, Setting, Technique, find_technique
from hongxian.info.types import find_type
from hongxian.words.worded import WordedError, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

COMMON = {
    "technique": Option(kinds=(str,), needed=True),
    "domain": Option(kinds=(str,), least=1, most=64),
    "key": Option(kinds=(str,)), "why": Option(kinds=(str,), most=500),
}  # fmt: skip
"""What every rule may say."""


def rule_faults(info: str, words: object, keys: list[str], *, vault: bool) -> Iterator[WordedError]:
    """Yield what is wrong with a rule.

    Args:
        info: the PI type or group.
        words: a technique's name, or a table.
        keys: ids of the policy's keys.
        vault: whether the policy has a vault.
    """
    row = {"technique": words} if isinstance(words, str) else words
    if not isinstance(row, dict):
        yield WordedError("mask_no_rule")
        return
    name = row.get("technique")
    if not isinstance(name, str):
        yield WordedError("mask_rule_technique")
        return
    try:
        technique = find_technique(name)
    except WordedError as error:
        yield error
        return
    faults = list(_option_faults(row, technique))
    yield from faults
    if technique.keyed and not keys:
        yield WordedError("mask_keyed", technique=name)
    elif row.get("key", None) not in (None, *keys):
        yield WordedError("key_unknown", word=row["key"], known=", ".join(keys))
    if not faults and technique.check:
        options = {word: value for word, value in row.items() if word not in COMMON}
        own = Setting(info=_key(info), options=options, vault=Path() if vault else None)
        if fault := technique.check(own):
            yield fault


def _option_faults(row: Mapping[str, Any], technique: Technique) -> Iterator[WordedError]:
    known = COMMON | dict(technique.options)
    for word, value in row.items():
        if word not in known:
            yield WordedError("unknown_key", key=word, nearest=nearest(word, list(known)))
        elif fault := _value_fault(word, value, known[word]):
            yield fault
    for word, option in known.items():
        if option.needed and word not in row:
            yield WordedError("mask_needed", technique=technique.name, word=word)


def _value_fault(word: str, value: object, option: Option) -> WordedError | None:
    right = isinstance(value, option.kinds) and not isinstance(value, bool)
    if not right or (isinstance(value, float) and not math.isfinite(value)):
        return WordedError("wrong_kind", key=word)
    for one in value if isinstance(value, list) else [value]:
        if option.choices and one not in option.choices:
            return WordedError("none_of", key=word, value=one, known=", ".join(option.choices))
    size: Any = len(value) if isinstance(value, str | list) else value
    if option.least is not None and size < option.least:
        return WordedError("too_small", key=word, value=size, least=option.least)
    if option.most is not None and size > option.most:
        return WordedError("mask_too_large", key=word, value=size, most=option.most)
    return None


def _key(info: str) -> str:
    try:
        return find_type(info).key
    except HongxianError:
        return info
