"""The PI types: keys, names, groups."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from hongxian.info.sensitivity import listing
from hongxian.info.source import read
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class InfoType:
    """One type of PI, such as ``device.imei``."""

    key: str
    zh: str
    en: str
    group: str
    crime_tier: int
    """Records that make an offence grave: 50, 500 or 5000."""
    confidence: str
    note: str = ""

    def name(self, lang: str) -> str:
        """Return the name in a language."""
        return self.zh if lang == "zh" else self.en

    def sensitive(self, on: date, standard: str | None = None) -> bool:
        """Return whether it is sensitive PI on a day.

        Args:
            on: the day.
            standard: ask this text alone (``PIPL28``, ``GB45574`` ...); else any in force counts.
        """
        return bool(listing(self.key, on, standard))


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group of PI types."""

    key: str
    zh: str
    en: str

    def name(self, lang: str) -> str:
        """Return the name in a language."""
        return self.zh if lang == "zh" else self.en


@cache
def load_types() -> dict[str, InfoType]:
    """Return every PI type by key, in the order of the list."""
    data = read("hongxian.info", "types")
    return {row["key"]: InfoType(confidence=data["conf"], **row) for row in data["type"]}


@cache
def load_groups() -> dict[str, Group]:
    """Return the groups by key."""
    return {row["key"]: Group(**row) for row in read("hongxian.info", "types")["group"]}


def find_type(word: str) -> InfoType:
    """Return the PI type with this key or name.

    Raises:
        HongxianError: there is none.
    """
    types = load_types()
    if word in types:
        return types[word]
    for kind in types.values():
        if word.casefold() in (kind.zh.casefold(), kind.en.casefold()):
            return kind
    raise WordedError("no_info", word=word)
