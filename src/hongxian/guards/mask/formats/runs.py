"""A text that is written in pieces (runs), as pages and documents write it, changed as a whole."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_CLOSE = 2_000
"""Characters up to which every character is looked at for where it went; longer texts go faster."""


def spread(runs: Sequence[str], new: str) -> list[str]:
    """Return what each run holds once the whole text is another one.

    What stayed stays in its run; what is new goes into the run where the first character stood
    whose place it takes. The runs joined are the new text, whatever it is.

    Args:
        runs: the pieces of the old text.
        new: the new text.
    """
    if len(runs) == 1:
        return [new]
    old = "".join(runs)
    if old == new:
        return list(runs)
    owners = [number for number, run in enumerate(runs) for _ in run]
    if not owners:
        return [new, *runs[1:]] if runs else []
    parts: list[list[str]] = [[] for _ in runs]
    for start, end, text in _changes(old, new):
        owner = owners[min(start, len(owners) - 1)]
        if text is not None:
            parts[owner].append(text)
            continue
        for place in range(start, end):
            parts[owners[place]].append(old[place])
    return ["".join(part) for part in parts]


def _alike(one: str, two: str) -> int:
    """Return how many characters two texts begin with alike."""
    pairs = zip(one, two, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(two)))


def _changes(old: str, new: str) -> list[tuple[int, int, str | None]]:
    """Return stretches of the old text with what takes their place; ``None`` where they stay."""
    first = _alike(old, new)
    last = _alike(old[first:][::-1], new[first:][::-1])
    one, two = old[first : len(old) - last], new[first : len(new) - last]
    matcher = SequenceMatcher(None, one, two, autojunk=len(one) > _CLOSE)
    found: list[tuple[int, int, str | None]] = [(0, first, None)]
    for kind, start, end, begin, stop in matcher.get_opcodes():
        text = None if kind == "equal" else two[begin:stop]
        found.append((first + start, first + end, text))
    return [*found, (len(old) - last, len(old), None)]
