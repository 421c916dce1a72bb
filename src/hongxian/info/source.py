"""Reads the lists that ship with the product, and names how sure each of their rows is."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from hongxian.words import say

if TYPE_CHECKING:
    from datetime import date

CONFIDENCES = ("A", "B", "C", "M")
"""Surest first: text read, two sources, one source, memory only."""

UNVERIFIED = "M"
"""Nobody has compared the row with the text yet."""


def read(package: str, name: str) -> dict[str, Any]:
    """Return a list of ours: ``read("hongxian.info", "types")`` is ``info/data/types.toml``."""
    source = files(package) / "data" / f"{name}.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


def confidence_word(confidence: str, lang: str) -> str:
    """Return what a reader sees; ``M`` is printed as unverified."""
    return say(f"laws.confidence_{confidence}", lang)


def covers(on: date, valid_from: date | None, valid_to: date | None) -> bool:
    """Return whether a day lies within a validity; without a first day nothing is in force."""
    return valid_from is not None and valid_from <= on and (valid_to is None or on <= valid_to)
