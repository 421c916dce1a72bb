"""Shapes of values that no recogniser knows: person names, genders, addresses, hashes, masks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from hongxian.info.addresses import AddressHit

SURE = 0.5
"""Score of the taggers from which a whole value is a name or an address."""
LONGEST = 200
"""Longer values are texts, not addresses."""
_DOORS = (6, 8, 9, 10)
_ROADS = (1, 2, 3, 5)
"""Levels of parts of an address: numbers of houses and rooms; what they are numbers of."""
SENTENCE = 6
"""Shorter values are words, not texts."""
_HAN_WORD = re.compile(r"[\u3400-\u9fff]{2}")
_HASHES = re.compile(
    r"(?:[0-9a-f]{32}|[0-9A-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{56}|[0-9a-fA-F]{64}"
    r"|[0-9a-fA-F]{96}|[0-9a-fA-F]{128}|[A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{27}=)"
)
_SLOW = re.compile(r"\$(?:2[abxy]|argon2(?:id|i|d)|scrypt|6|5|7|y|pbkdf2[\w-]*)\$.+|\{\w+\}.+")
"""Hashes made for passwords: salted and slow."""
_CIPHER = re.compile(
    r"(?:[A-Za-z0-9+/]{22,}={0,2}|[A-Za-z0-9_-]{22,}|[0-9A-Fa-f]{32,}|ENC\(.+\)|v\d:.+)"
)
_MASK = re.compile(r"[^*\s]{0,12}[*＊●•]{2,}[^*]{0,32}|[^\s*]{1,4}[*＊]|.{1,3}[xX]{4,}.{0,12}")
_GENDERS = frozenset(
    ["男", "女", "男性", "女性", "未知", "保密", "先生", "女士", "m", "f", "male", "female", "man",
     "woman", "unknown", "u", "0", "1", "2", "9", "other"]
)  # fmt: skip
_PLACE = re.compile(r"[省市区县镇乡村旗州路街道巷弄号室栋幢]|胡同|小区|大厦|花园|单元")
_STREET = re.compile(
    r"\d[\w ,.-]{0,80}\b(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|blvd|way|court|room)\b",
    re.IGNORECASE,
)
_VERSION = re.compile(r"\d{1,2}(?:\.\d{1,2}){3}")
"""Four small numbers: versions have them, of addresses few."""
_SEGMENT = re.compile(r"(?:13\d|14[579]|15[0-35-9]|16[2567]|17[0-35-8]|18\d|19[0-35-9])\d{8}")
"""Mobile numbers of segments that are given out (MIIT: numbering plan, later notices; B)."""
_LATIN_NAME = re.compile(r"[A-Z][a-z'-]+(?: [A-Z][a-z'.-]*){1,3}")
_HAN_NAME = re.compile(r"[\u3400-\u9fff]{2,4}|[\u3400-\u9fff]{2,12}·[\u3400-\u9fff·]{2,20}")
_NATIONS = re.compile(r"[\u4e00-\u9fff]{1,6}族")
_AGE = re.compile(r"(?:\d|[1-9]\d|1[0-2]\d)(?:岁)?")
_MARITAL = frozenset(
    ["已婚", "未婚", "离异", "丧偶", "离婚", "再婚", "single", "married", "divorced", "widowed"]
)
_BLOOD = frozenset(["a", "b", "o", "ab", "a型", "b型", "o型", "ab型", "a+", "b+", "o+", "ab+"])


def shapes_of(values: Iterable[str]) -> dict[str, int]:
    """Return how many of some different values have each shape; a value may have several."""
    return {name: len(places) for name, places in shaped(values).items()}


def shaped(values: Iterable[str]) -> dict[str, list[int]]:
    """Return the places of those of some different values that have each shape."""
    bare = [(place, value.strip()) for place, value in enumerate(values)]
    short = [(place, one) for place, one in bare if one and len(one) <= 2_000]
    found = {name: [at for at, one in short if holds(one)] for name, holds in _TESTS.items()}
    places = addresses([one for _, one in short])
    names = person_names([one for _, one in short if one not in places])
    found["address"] = [at for at, one in short if one in places]
    found["person_name"] = [at for at, one in short if one in names]
    rest = [(at, one) for at, one in short if one not in places and one not in names]
    found |= texts_with(rest)
    return {name: own for name, own in found.items() if own}


def texts_with(texts: Sequence[tuple[int, str]]) -> dict[str, list[int]]:
    """Return the places of the texts in which a name or an address stands.

    Returns:
        ``text`` for each text that was looked at, ``told_name`` behind a label of names,
        ``text_name`` and ``text_address`` by the taggers.
    """
    from hongxian.info.addresses import find_addresses_in  # noqa: PLC0415 - loads the tagger
    from hongxian.info.names import find_names_in  # noqa: PLC0415 - as above

    asked = [(at, one) for at, one in texts if len(one) >= SENTENCE and _HAN_WORD.search(one)]
    rows = [one for _, one in asked]
    found: dict[str, list[int]] = {"told_name": [], "text_name": [], "text_address": []}
    found["text"] = [at for at, _ in asked]
    for (at, _), names in zip(asked, find_names_in(rows), strict=True):
        if names:
            labelled = any(one.why == "label" for one in names)
            found["told_name" if labelled else "text_name"].append(at)
    for (at, _), places in zip(asked, find_addresses_in(rows), strict=True):
        if any(_numbered(place) for place in places):
            found["text_address"].append(at)
    return found


def _numbered(place: AddressHit) -> bool:
    """Whether an address leads to a door: firms and quarters that a text names do not."""
    levels = {part.level for part in place.parts}
    return not levels.isdisjoint(_DOORS) and not levels.isdisjoint(_ROADS)


def is_hash(value: str) -> bool:
    """Whether a value looks like the output of a hash function without salt or cost."""
    return _HASHES.fullmatch(value) is not None and not value.isdigit()


def is_masked(value: str) -> bool:
    """Whether a value has been covered in part."""
    return _MASK.fullmatch(value) is not None


def person_names(values: Sequence[str]) -> set[str]:
    """Return those of some values that are names of persons, as the tagger of names sees it."""
    from hongxian.info.names import name_scores  # noqa: PLC0415 - loads the tagger

    asked = [one for one in values if _HAN_NAME.fullmatch(one) or _LATIN_NAME.fullmatch(one)]
    found = {one for one, score in zip(asked, name_scores(asked), strict=True) if score >= SURE}
    return found | {one for one in asked if "·" in one}


def addresses(values: Sequence[str]) -> set[str]:
    """Return those of some values that are postal addresses."""
    from hongxian.info.addresses import address_scores  # noqa: PLC0415 - loads the tagger

    asked = [one for one in values if 5 <= len(one) <= LONGEST and _PLACE.search(one)]
    found = {one for one, score in zip(asked, address_scores(asked), strict=True) if score >= SURE}
    return found | {one for one in values if len(one) <= LONGEST and _STREET.search(one)}


_TESTS: dict[str, Callable[[str], bool]] = {
    "hash": is_hash,
    "password_hash": lambda value: _SLOW.fullmatch(value) is not None,
    "masked": is_masked,
    "cipher": lambda value: _CIPHER.fullmatch(value) is not None and not value.isdigit()
    and not value.isalpha(),
    "gender": lambda value: value.lower() in _GENDERS,
    "ethnicity": lambda value: _NATIONS.fullmatch(value) is not None,
    "age": lambda value: _AGE.fullmatch(value) is not None,
    "marital": lambda value: value.lower() in _MARITAL,
    "blood": lambda value: value.lower() in _BLOOD,
    "version": lambda value: _VERSION.fullmatch(value) is not None,
    "mobile": lambda value: _SEGMENT.fullmatch(value) is not None,
    "number": lambda value: value.replace(".", "", 1).lstrip("-").isdigit(),
}  # fmt: skip
