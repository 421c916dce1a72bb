"""The lexicon's files, and the names that the lists of SDKs and permissions add to them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from hongxian.laws.permissions import load_android
from hongxian.laws.sdks import load_sdks

if TYPE_CHECKING:
    from collections.abc import Iterator

FILES = {
    "info": "info",
    "acts": "act",
    "parties": "party",
    "permissions": "permission",
    "functions": "function",
    "conditions": "condition",
    "negations": "negation",
    "modality": "modality",
    "references": "reference",
    "retention": "retention",
    "methods": "method",
    "countries": "country",
}
"""File -> kind of mention. ``purposes`` holds cue words that name the key of a purpose's span,
and ``ignore`` longer words in which a term does not mean what it says."""

COMMON = "common"
"""Note of a word for PI that is a common word too."""

_SURE_NAME = 0.9


@dataclass(frozen=True, slots=True)
class Term:
    """One row of the lexicon; the text as matched."""

    text: str
    kind: str
    key: str
    certainty: float
    capital: bool = False
    """A name that is a common word too, such as Branch: only with a capital letter."""


def usual(text: str) -> str:
    """Return text with 登录 for 登陆 and 账 for 帐, as the lexicon has them."""
    return text.replace("登陆", "登录").replace("帐", "账")


def read_rows(name: str) -> Iterator[list[str]]:
    """Return the rows of a file of the lexicon, without its header."""
    source = files("hongxian.sensors.policy.lexicon") / "data" / f"{name}.tsv"
    lines = source.read_text(encoding="utf-8").split("\n")
    return (line.split("\t") for line in lines[1:] if line)


@cache
def load_terms() -> tuple[Term, ...]:
    """Return all terms: the files' rows, then the names that our lists know."""
    return (*_file_terms(), *_permission_names(), *_sdk_names())


@cache
def load_ignored() -> tuple[tuple[str, str], ...]:
    """Return the longer words that hide a term, each with the kind that it hides."""
    return tuple((row[0].lower(), row[2]) for row in read_rows("ignore"))


@cache
def load_common() -> frozenset[str]:
    """Return the words for PI that are common words too: they count only by themselves."""
    return frozenset(row[0].lower() for row in read_rows("info") if row[4] == COMMON)


@cache
def load_cues() -> dict[str, tuple[str, float]]:
    """Return the cue words of purposes -> purpose."""
    return {row[0].lower(): (row[2], float(row[3])) for row in read_rows("purposes")}


def _file_terms() -> Iterator[Term]:
    for name, kind in FILES.items():
        for text, _, key, certainty, *_ in read_rows(name):
            yield Term(text.lower(), kind, key, float(certainty))


def _permission_names() -> Iterator[Term]:
    for name in load_android():
        yield Term(name.lower(), "permission", name, 1.0)
        short = name.rsplit(".", 1)[-1]
        if "_" in short:
            yield Term(short.lower(), "permission", name, 1.0)


def _sdk_names() -> Iterator[Term]:
    for key, sdk in load_sdks().items():
        for name in _parts(sdk.zh) | _parts(sdk.en):
            common = name.isascii() and " " not in name
            yield Term(name.lower(), "party", key, _SURE_NAME, capital=common)
    for company, keys in _companies().items():
        if len(keys) == 1:
            yield Term(_even_brackets(company).lower(), "party", keys[0], _SURE_NAME)


def _companies() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, sdk in load_sdks().items():
        if sdk.company.endswith("公司"):
            found.setdefault(sdk.company, []).append(key)
    return found


def _parts(name: str) -> set[str]:
    """Return the names in ``高德地图/定位`` or ``优量汇(广点通)`` that stand for themselves."""
    whole = re.split(r"[/()]", name)
    return {part for one in whole if len(part := one.strip()) > 2 and part not in _PLAIN} | (
        {name} if "(" not in name and "/" not in name else set()
    )


def _even_brackets(name: str) -> str:
    return name.replace("(", "（").replace(")", "）")


_PLAIN = frozenset({"Android SDK", "classic", "CSJ", "GDT", "HMS"})
"""Parts of names that are no name by themselves."""
