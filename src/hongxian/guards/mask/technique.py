"""What a technique is, which there are, and what each is told."""

from __future__ import annotations

import importlib
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from hongxian.words.worded import WordedError, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from hongxian.guards.mask.cells import Masked
    from hongxian.guards.mask.keys import Key, KeyRing

    Apply = Callable[[Any], Masked]

MODULES = {
    "keep": "keep", "suppress": "suppress", "partial": "partial", "band": "band",
    "region": "region", "date": "truncate", "round": "rounding", "pseudonym": "pseudonym",
    "fpe": "encrypt", "token": "tokens", "noise": "noise", "permute": "permute",
    "synthetic": "synthetic", "hash": "digest", "text": "free_text",
}  # fmt: skip
"""Techniques by the name that policies use, and their modules."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """What a policy may say about a technique.

    Args:
        kinds: types that the value may have.
        choices: the only values (of a list: its members), if few are right.
        least: the smallest number, or length of a text.
        most: the greatest number, or length of a text.
        needed: it must be said.
    """

    kinds: tuple[type, ...]
    choices: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None
    needed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What one column's technique is told.

    Args:
        info: key of the PI type.
        domain: what values must share to be masked alike: the type's key unless told otherwise.
        options: as the policy says.
        ring: the keys.
        key_name: id of the key, when it is not the active one.
        vault: the file of tokens.
    """

    info: str
    domain: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    ring: KeyRing | None = None
    key_name: str | None = None
    vault: Path | None = None

    def key(self) -> Key:
        """Return the key.

        Raises:
            HongxianError: the policy has none.
        """
        if self.ring is None:
            raise WordedError("key_none")
        return self.ring.key(self.key_name)

    def option(self, name: str, default: Any) -> Any:
        """Return an option, or what holds when the policy does not say."""
        return self.options.get(name, default)


@dataclass(frozen=True, slots=True, kw_only=True)
class Technique:
    """One way to disarm a column.

    Args:
        name: the word of policies.
        apply: makes what changes a column, from what the column is told.
        options: what a policy may say.
        keyed: it needs a key.
        reveal: the same backwards, for a technique that can be turned back.
        check: finds what is wrong with options beyond their kinds; returns ``None`` if nothing.
    """

    name: str
    apply: Callable[[Setting], Apply]
    options: Mapping[str, Option] = field(default_factory=dict)
    keyed: bool = False
    reveal: Callable[[Setting], Apply] | None = None
    check: Callable[[Setting], WordedError | None] | None = None


@cache
def find_technique(name: str) -> Technique:
    """Return the technique of a name.

    Raises:
        HongxianError: there is none; names the nearest.
    """
    if name not in MODULES:
        raise WordedError("no_technique", word=name, nearest=nearest(name, list(MODULES)))
    module = importlib.import_module(f"hongxian.guards.mask.techniques.{MODULES[name]}")
    technique: Technique = module.TECHNIQUE
    return technique
