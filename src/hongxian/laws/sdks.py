"""SDKs common in Chinese apps, and who is behind them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from hongxian.info.source import UNVERIFIED, read
from hongxian.words.worded import WordedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Sdk:
    """One SDK. What it matches is a fact; what it is said to collect is no measurement."""

    key: str
    zh: str
    en: str
    company: str
    """The party behind it."""
    functions: tuple[str, ...]
    function: str
    """What it does, in English."""
    function_zh: str
    prefixes: tuple[str, ...]
    """Java packages; the longest that fits wins."""
    unverified: frozenset[str]
    """Those of the prefixes that rest on memory alone."""
    native_libs: tuple[str, ...]
    info: tuple[str, ...]
    """Keys of the PI types that the vendor or host apps say it collects."""
    domains: tuple[str, ...]
    """Domains, without ``www``; the longest suffix that fits wins."""
    seen_prefix: tuple[str, ...]
    """Sources of the prefixes, keys of :func:`load_sources`."""
    seen_info: tuple[str, ...]
    seen_domain: tuple[str, ...]
    note: str

    def name(self, lang: str) -> str:
        """Return the name in a language."""
        return self.zh if lang == "zh" else self.en

    @property
    def pi(self) -> tuple[str, ...]:
        """Keys of the PI types, as :attr:`info`."""
        return self.info

    @property
    def confidence(self) -> str:
        """How sure it is that the prefixes are this SDK's."""
        return sureness(self.seen_prefix)

    @property
    def info_confidence(self) -> str:
        """How sure it is that it collects what is said."""
        return sureness(self.seen_info)

    @property
    def domain_confidence(self) -> str:
        """How sure it is that the domains are this party's."""
        return sureness(self.seen_domain)


@cache
def load_sdks() -> dict[str, Sdk]:
    """Return the SDKs by key."""
    data = read("hongxian.laws", "sdks")
    chinese = {row["key"]: row["zh"] for row in data["function"]}
    return {row["key"]: _sdk(row, chinese) for row in data["sdk"]}


@cache
def load_sources() -> dict[str, str]:
    """Return the sources of facts about SDKs: key -> what it is."""
    return {row["key"]: row["en"] for row in read("hongxian.laws", "sdks")["source"]}


def find_sdks(word: str) -> list[Sdk]:
    """Return the SDKs with a word in key, name, company, prefix or domain.

    Raises:
        HongxianError: there is none.
    """
    asked = word.casefold()
    sdks = load_sdks()
    if asked in sdks:
        return [sdks[asked]]
    found = [sdk for sdk in sdks.values() if asked in _haystack(sdk)]
    if not found:
        raise WordedError("no_sdk", word=word)
    return found


def sureness(seen: tuple[str, ...]) -> str:
    """Return ``B`` for two sources, ``C`` for one, ``M`` for memory alone."""
    sources = [source for source in seen if source != UNVERIFIED]
    return ("M", "C", "B")[min(len(sources), 2)]


def _haystack(sdk: Sdk) -> str:
    words = (sdk.key, sdk.zh, sdk.en, sdk.company, *sdk.prefixes, *sdk.domains)
    return "\n".join(words).casefold()


def _sdk(row: dict[str, Any], chinese: dict[str, str]) -> Sdk:
    functions = tuple(row["functions"])
    return Sdk(
        key=row["key"],
        zh=row["zh"],
        en=row["en"],
        company=row["company"],
        functions=functions,
        function=", ".join(functions),
        function_zh="、".join(chinese[name] for name in functions),
        prefixes=tuple(row.get("prefixes", ())),
        unverified=frozenset(row.get("unverified", ())),
        native_libs=tuple(row.get("native_libs", ())),
        info=tuple(row["info"]),
        domains=tuple(row.get("domains", ())),
        seen_prefix=tuple(row.get("seen_prefix", ())),
        seen_info=tuple(row["seen_info"]),
        seen_domain=tuple(row.get("seen_domain", ())),
        note=row.get("note", ""),
    )
