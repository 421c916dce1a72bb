"""Exit codes, and the one exception whose text a user reads."""

from __future__ import annotations

import traceback
from enum import IntEnum
from pathlib import PurePath


class Exit(IntEnum):
    """What the process returns; the same for every verb."""

    CLEAN = 0
    """Nothing is violated."""
    VIOLATED = 1
    """At least one behaviour is violated, at or above ``--fail-on``."""
    USAGE = 2
    """The command line or the configuration is wrong."""
    UNCLEAR = 3
    """Something stayed unclear and ``--strict`` was given."""
    SENSOR = 4
    """A sensor could not read what it was given."""


class HongxianError(Exception):
    """An error that reaches the user as one line: what is wrong, and where.

    Args:
        message: the line, without a personal-information value in it.
        code: the exit code of the process.
    """

    def __init__(self, message: str, code: Exit = Exit.USAGE) -> None:
        """Keep the line and the code."""
        super().__init__(message)
        self.code = code


class ArtefactError(HongxianError):
    """An artefact (package, policy, capture ...) that cannot be read, or not wholly.

    Args:
        where: the file, and the place inside it (member, offset), as the user knows them.
        what: what is wrong there.
    """

    def __init__(self, where: str, what: str) -> None:
        """Join both to one line; the exit code is that of a failed sensor."""
        super().__init__(f"{where}: {what}", Exit.SENSOR)
        self.where = where
        self.what = what


def place_of(error: Exception) -> str:
    """Return kind and place of an error in our own code; its text could hold a PI value."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}, {PurePath(frame.filename).name}:{frame.lineno}"
