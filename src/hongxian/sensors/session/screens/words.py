"""The words by which screens are understood, compiled; the lists stand in ``words.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load_words() -> dict[str, Any]:
    """Return the tables of ``words.toml``."""
    source = files("hongxian.sensors.session.screens") / "words.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


@cache
def pattern(table: str, name: str) -> re.Pattern[str]:
    """Return one list as one expression."""
    return one_of(load_words()[table][name])


@cache
def permission_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return pairs (permission, the words of its dialog)."""
    return tuple((row["name"], one_of(row["text"])) for row in load_words()["permission"])


def one_of(texts: list[str]) -> re.Pattern[str]:
    """Return an expression that finds any of several, case ignored."""
    return re.compile("|".join(f"(?:{text})" for text in texts), re.IGNORECASE)
