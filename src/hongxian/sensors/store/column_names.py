"""What the name of a column says that it holds: by whole words, from the end of the name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from hongxian.info.recognise import load_recognisers
from hongxian.info.recognise.labels import GENERIC, WORDS, spellings
from hongxian.info.source import read

WORD_LIMIT = 24
"""Words of a name that are looked at; the last ones count."""
_COMMENT = 200
"""Characters of a comment that are looked at."""
_NUMBER = re.compile(r"_([0-9])")
_COPIES = frozenset({"bak", "backup", "copy", "old", "new", "orig", "original", "raw", "tmp"})
"""Words at the end of a name that say which copy of a value it is."""
_SIGNS = re.compile(r"[（）()：:，,；;。/|、]")
"""What ends the part of a comment that names the column."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a name says."""

    infos: tuple[str, ...] = ()
    """PI types, the likeliest first."""
    doubtful: bool = False
    """The word names as often something else."""
    form: str | None = None
    """``hashed``, ``encrypted`` or ``masked`` when the name says so."""
    label: str = ""
    """The name up to its telling word, as the recognisers read it; empty when they have none."""
    timed: bool = False
    """It names the moment of the record."""


def named(name: str, comment: str = "") -> Named:
    """Return what name and comment of a column say; the name comes first."""
    found = _of(name)
    if found.infos or not comment:
        return found
    told = _of(_SIGNS.split(comment[:_COMMENT], maxsplit=1)[0])
    if not told.infos:
        return Named(
            found.infos, found.doubtful, found.form, found.label, found.timed or told.timed
        )
    label = found.label or told.label
    return Named(told.infos, told.doubtful, found.form or told.form, label)


@cache
def _of(name: str) -> Named:
    words = [word.lower() for word in WORDS.findall(name)][-WORD_LIMIT:]
    form, words = _form(words)
    for end in range(len(words), 0, -1):
        for start in range(end):
            joined = "".join(words[start:end])
            if joined in _index() or joined in _labels():
                return _found(joined, words[:end], form, whole=start == 0)
            if joined in _times():
                return Named(form=form, label=_label(words[:end]), timed=True)
        if inner := _within(words[end - 1]):
            return _found(inner, words[:end], form, whole=inner == "".join(words))
        if words[end - 1] not in GENERIC | _COPIES and not words[end - 1].isdigit():
            break
    return Named(form=form)


def _found(joined: str, words: list[str], form: str | None, *, whole: bool) -> Named:
    infos = dict.fromkeys((*_index().get(joined, ()), *_labels().get(joined, ())))
    if joined in _plain() and not whole and _things().intersection(words):
        return Named(form=form)
    doubtful = joined in _doubtful() and (whole or joined in _plain())
    label = _label(words) if joined in _labels() else ""
    return Named(tuple(infos), doubtful, form, label, joined in _times())


def _label(words: list[str]) -> str:
    """Return words as one label; a number belongs to the word before it, as in imei1."""
    return _NUMBER.sub(r"\1", "_".join(words))


def _form(words: list[str]) -> tuple[str | None, list[str]]:
    """Return the form that words of a name tell, and the words without them."""
    for form, marks in _data()["form"].items():
        for place, word in enumerate(words):
            pair = "".join(words[place : place + 2])
            kept = words[:place] + words[place + (1 if word in marks else 2) :]
            if kept and (word in marks or pair in marks):
                return form, kept
    return None, words


def _within(word: str) -> str:
    """Return the longest known Chinese word that ends a Chinese name."""
    if word.isascii():
        return ""
    return next(
        (word[at:] for at in range(len(word)) if word[at:] in _index() or word[at:] in _labels()),
        "",
    )


@cache
def _data() -> dict[str, Any]:
    return read("hongxian.sensors.store", "column_names")


@cache
def _index() -> dict[str, tuple[str, ...]]:
    """Return the PI types of each spelling that our list has."""
    found: dict[str, tuple[str, ...]] = {}
    for info, words in (*_data()["name"].items(), *_data()["plain"].items()):
        for word in words:
            for spelling in spellings(word):
                found[spelling] = tuple(dict.fromkeys((*found.get(spelling, ()), info)))
    return found


@cache
def _labels() -> dict[str, tuple[str, ...]]:
    """Return the PI types of each spelling that the recognisers have; silent ones have none."""
    found: dict[str, tuple[str, ...]] = {}
    for row in load_recognisers():
        for label in row.labels:
            for spelling in spellings(label):
                known = () if row.silent else (row.info,)
                found[spelling] = tuple(dict.fromkeys((*found.get(spelling, ()), *known)))
    return found


@cache
def _times() -> frozenset[str]:
    return frozenset(one for word in _data()["time"]["words"] for one in spellings(word))


@cache
def _doubtful() -> frozenset[str]:
    return frozenset(one for word in _data()["doubtful"]["words"] for one in spellings(word))


@cache
def _things() -> frozenset[str]:
    return frozenset(_data()["things"]["words"])


@cache
def _plain() -> frozenset[str]:
    return frozenset(one for words in _data()["plain"].values() for word in words
                     for one in spellings(word))  # fmt: skip
