"""Every text that a user reads, in Chinese and English, side by side in one TOML per area.

``say("cli.no_file", "zh", path=...)`` takes entry ``no_file`` of ``cli.toml``.
"""

from __future__ import annotations

import os
import tomllib
from functools import cache
from importlib.resources import files

LANGUAGES = ("zh", "en")


def say(key: str, lang: str, /, **values: object) -> str:
    """Return the text ``area.name`` in a language, with ``{placeholders}`` filled in.

    Raises:
        KeyError: there is no such text; a test holds that every key in use is there.
    """
    area, name = key.split(".", 1)
    text = area_words(area)[name][lang]
    return text.format(**values) if values else text


@cache
def area_words(area: str) -> dict[str, dict[str, str]]:
    """Return all texts of an area: name -> language -> text."""
    source = files("hongxian.words") / f"{area}.toml"
    words: dict[str, dict[str, str]] = tomllib.loads(source.read_text(encoding="utf-8"))
    return words


def language(asked: str | None = None) -> str:
    """Return ``zh`` or ``en``: as asked, else as ``LC_ALL``, ``LC_MESSAGES`` or ``LANG`` say.

    Chinese comes first: only a locale that names English (or ``C``) gives English.
    """
    if asked in LANGUAGES:
        return asked
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name, ""):
            return "en" if value.lower().startswith(("en", "c.", "posix")) or value == "C" else "zh"
    return "zh"
