"""An error whose line is said in the user's language at the last moment.

The layers below the command line do not know the language; they raise the text's name and what
fills its places.
"""

from __future__ import annotations

import errno
import json
import re
import tomllib
from difflib import get_close_matches
from typing import TYPE_CHECKING

from hongxian.errors import Exit, HongxianError
from hongxian.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_FILE = {
    errno.ENOENT: "file_missing", errno.EACCES: "file_forbidden", errno.EPERM: "file_forbidden",
    errno.EISDIR: "file_is_folder", errno.ENOTDIR: "file_missing",
}  # fmt: skip
_TOML_PLACE = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)")


class WordedError(HongxianError):
    """An error that reaches the user as one line, in either language; ``str()`` is English.

    Args:
        word: name of the text in ``words/errors.toml``.
        where: the file or the place in it.
        code: the exit code of the process.
        values: what fills the text's places; an error among them is said in the same language.
    """

    def __init__(
        self, word: str, /, where: object = None, code: Exit = Exit.USAGE, **values: object
    ) -> None:
        """Keep the word, so that the line can be said in either language."""
        self.word, self.where, self.values = word, where, values
        super().__init__(self.say("en"), code)

    def say(self, lang: str) -> str:
        """Return the line in a language, behind the place when one is told."""
        filled = {name: said(value, lang) for name, value in self.values.items()}
        text = say(f"errors.{self.word}", lang, **filled)
        return text if self.where is None else f"{self.where}{say('reason.colon', lang)}{text}"


def said(value: object, lang: str) -> object:
    """Return an error's line in a language, if it can be said in both; anything else stays."""
    return value.say(lang) if isinstance(value, WordedError) else value


def unreadable(path: Path | str | None, error: Exception) -> WordedError:
    """Return what is wrong with a file that is not there, or is no TOML, JSON or UTF-8."""
    if isinstance(error, OSError):
        word = _FILE.get(error.errno or 0, "file_unreadable")
        return WordedError(word, path, reason=error.strerror or error)
    if isinstance(error, UnicodeDecodeError):
        return WordedError("no_utf8", path, place=error.start)
    if isinstance(error, json.JSONDecodeError):
        return WordedError("no_json", path, line=error.lineno, column=error.colno, reason=error.msg)
    if isinstance(error, tomllib.TOMLDecodeError):
        place = _TOML_PLACE.search(str(error))
        reason = _TOML_PLACE.sub("", str(error)).strip()
        if place and place[1]:
            line, column = place.groups()
            return WordedError("no_toml", path, line=line, column=column, reason=reason)
        return WordedError("toml_ends", path, reason=reason)
    raise error


def nearest(word: str, known: Sequence[str]) -> WordedError:
    """Return the rest of a line about an unknown word: the nearest known one, or all there are."""
    found = get_close_matches(word, known, 1, 0.6)
    if not found:
        own = word.rsplit(".", 1)[-1]
        found = [one for one in known if one.rsplit(".", 1)[-1] == own][:1]
    if found:
        return WordedError("nearest", word=found[0])
    return WordedError("known", words=", ".join(known))
