"""What the library of the command line says by itself, in the user's language."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

import click

from hongxian.words import area_words, say

if TYPE_CHECKING:
    from collections.abc import Iterable

_PLACE = re.compile(r"\\\{(\w+)\\\}")
_EXTRA = re.compile(r"  \[([^\[\]]+)\]$")


def spoken(line: str, lang: str) -> str:
    """Return one of the library's sentences in a language; one that it does not know stays.

    The library's ``gettext`` goes by the locale alone and knows no Chinese; so its sentences are
    recognised, and those within them too.
    """
    if lang == "en":
        return line
    for pattern, text in _sentences(lang):
        if found := pattern.fullmatch(line):
            return text.format(**{k: spoken(v, lang) for k, v in found.groupdict().items()})
    return line


def language_of_help(lang: str) -> type[click.Context]:
    """Return the kind of context whose help pages are in a language."""

    class Formatter(_Formatter):
        language = lang

    class Context(click.Context):
        formatter_class = Formatter

    return Context


class _Formatter(click.HelpFormatter):
    """Writes help pages; what the program itself says there is in its language already."""

    language: str

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        for name in ("usage_options", "usage_verb"):
            args = args.replace(say(f"click.{name}", "en"), say(f"click.{name}", self.language))
        super().write_usage(prog, args, prefix or say("cli.usage", self.language))

    def write_heading(self, heading: str) -> None:
        colon = say("reason.colon", self.language).rstrip()
        self.write(f"{'':>{self.current_indent}}{spoken(heading, self.language)}{colon}\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], *args: Any, **options: Any) -> None:
        super().write_dl([(term, self.told(text)) for term, text in rows], *args, **options)

    def told(self, text: str) -> str:
        """Return the help of one option, with what the library adds behind it."""
        extra = _EXTRA.search(text)
        if extra is None:
            return spoken(text, self.language)
        added = (spoken(one, self.language) for one in extra[1].split("; "))
        return f"{spoken(text[: extra.start()], self.language)}  [{'; '.join(added)}]"


@cache
def _sentences(lang: str) -> list[tuple[re.Pattern[str], str]]:
    return [(_pattern(texts["en"]), texts[lang]) for texts in area_words("click").values()]


def _pattern(sentence: str) -> re.Pattern[str]:
    return re.compile(_PLACE.sub(r"(?P<\1>.+)", re.escape(sentence)), re.DOTALL)
