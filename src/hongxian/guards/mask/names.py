"""Names of files: what is personal in them is covered, so that no name tells it."""

from __future__ import annotations

import re

from hongxian.guards.mask.cells import texts
from hongxian.guards.mask.techniques.free_text import covered_texts

_APART = re.compile(r"([_/\\\s()（）\[\]【】,，、+=]+|\.(?=[^./]*(?:/|$))|(?<=\D)-(?=\D))")
"""What stands between the parts of a name; a hyphen between two numbers may belong to one."""


def shown_name(name: str) -> str:
    """Return a file's name, or path, with what is personal in it covered."""
    parts = _APART.split(name)
    shown = covered_texts(texts(parts)).to_pylist()
    if shown == parts:
        return name
    return "".join(
        new.replace("*", "_") if new != old else old  # some file systems take no asterisk
        for old, new in zip(parts, shown, strict=True)
    )


def unlike(name: str, taken: set[str]) -> str:
    """Return a name that is not taken, and take it; case does not tell two names apart."""
    folder, slash, last = name.rpartition("/")
    stem, dot, end = last.partition(".")
    found, number = name, 1
    while found.lower() in taken:
        number += 1
        found = f"{folder}{slash}{stem}-{number}{dot}{end}"
    taken.add(found.lower())
    return found
