"""Copies of signed heads out of the writer's reach: folders, files of others, and addresses."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hongxian.guards.keep.evidence.log import add_head
from hongxian.guards.keep.outward import OutwardError, post

if TYPE_CHECKING:
    from collections.abc import Sequence


def copy_head(note: str, places: Sequence[str]) -> list[tuple[str, str]]:
    """Give a head to every place, and return those that did not take it, with the reason.

    Args:
        note: the head, as :meth:`Head.note` makes it.
        places: a folder, in which each log has a file; a file, to which it is added; or an address
            (``https://`` and, on this machine alone, ``http://``), to which it is posted.
    """
    refused = []
    for place in places:
        try:
            if "://" in place:
                post(place, note.encode(), "text/plain; charset=utf-8")
            else:
                add_head(_file(Path(place), note), note)
        except OutwardError as error:
            refused.append((place, str(error)))
        except OSError as error:
            refused.append((place, error.strerror or type(error).__name__))
    return refused


def _file(place: Path, note: str) -> Path:
    if not place.is_dir():
        return place
    origin = note.partition("\n")[0]
    return place / f"{origin.rpartition('/')[2]}.heads"
