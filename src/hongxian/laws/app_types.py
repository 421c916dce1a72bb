"""The 39 common app types and the PI that each may call necessary."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from hongxian.info.source import read
from hongxian.words.worded import WordedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """What of a PI type is necessary."""

    info: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AppType:
    """One type of app."""

    no: int
    """Number in the provisions, 1 to 39."""
    key: str
    zh: str
    en: str
    function_zh: str
    """The basic function, in our words."""
    function_en: str
    necessary: tuple[str, ...]
    """Keys of the necessary PI types; empty when the type needs none."""
    details: tuple[Detail, ...]
    name_confidence: str
    confidence: str
    """Of the list of items."""
    note: str

    def name(self, lang: str) -> str:
        """Return the name in a language."""
        return self.zh if lang == "zh" else self.en

    def function(self, lang: str) -> str:
        """Return the basic function in a language."""
        return self.function_zh if lang == "zh" else self.function_en


@cache
def load_app_types() -> dict[str, AppType]:
    """Return the types by key, in the order of the provisions."""
    return {row["key"]: _type(row) for row in read("hongxian.laws", "app_types")["type"]}


def find_app_type(word: str) -> AppType:
    """Return the type with this number, key or name; the beginning of a name is enough.

    Raises:
        HongxianError: none or several fit.
    """
    asked = word.strip().casefold()
    types = load_app_types().values()
    fits = [one for one in types if asked in (str(one.no), one.key, one.en.casefold(), one.zh)]
    fits = fits or [one for one in types if asked and asked in f"{one.zh} {one.en}".casefold()]
    if len(fits) == 1:
        return fits[0]
    if fits:
        several = ", ".join(f"{one.no} {one.key}" for one in fits)
        raise WordedError("several_app_types", word=word, several=several)
    raise WordedError("no_app_type", word=word)


def _type(row: dict[str, Any]) -> AppType:
    return AppType(
        no=row["no"],
        key=row["key"],
        zh=row["zh"],
        en=row["en"],
        function_zh=row["function_zh"],
        function_en=row["function_en"],
        necessary=tuple(row.get("necessary", ())),
        details=tuple(Detail(info=i, zh=zh, en=en) for i, zh, en in row.get("details", ())),
        name_confidence=row["name_conf"],
        confidence=row["conf"],
        note=row.get("note", ""),
    )
