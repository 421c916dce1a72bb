"""Programs of databases that keep runs as its children: found, run, their errors told."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from hongxian.words.mask import mask
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/sbin", "/usr/local/sbin")
"""Where distributions keep what is not on PATH; the newest version is taken."""


class ProgramError(Exception):
    """A program failed; the text is the end of what it said, without values."""


def program(name: str, folder: Path | None = None) -> str:
    """Return where a program is.

    Args:
        name: of the program.
        folder: where alone it may be; ``None``: PATH and :data:`PLACES`.

    Raises:
        HongxianError: it is not there.
    """
    if folder is not None:
        path = str(folder)
    else:
        found = (sorted(Path("/").glob(place.lstrip("/")), reverse=True) for place in PLACES)
        path = os.pathsep.join([os.environ.get("PATH", ""), *(str(p) for ps in found for p in ps)])
    place = shutil.which(name, path=path)
    if place is None:
        raise WordedError("keep_program", name=name)
    return place


def told(output: bytes) -> str:
    """Return the end of what a program said, as one line without values."""
    return mask(" ".join(output.decode("utf-8", "replace").split()))[-300:]


def ran(
    command: Sequence[str], environment: Mapping[str, str] | None = None, **options: object
) -> bytes:
    """Run a program to its end; return what it printed.

    Args:
        command: the program and its words.
        environment: beside our own.
        options: of ``subprocess.run``, such as ``user``; it reads nothing unless told ``stdin``.

    Raises:
        ProgramError: it failed.
    """
    try:
        done = subprocess.run(  # type: ignore[call-overload] # noqa: S603 - from our settings
            command, env={**os.environ, **(environment or {})}, capture_output=True, check=False,
            **({"stdin": subprocess.DEVNULL} | options),
        )  # fmt: skip
    except OSError as error:
        raise ProgramError(error.strerror or type(error).__name__) from None
    if done.returncode:
        raise ProgramError(told(done.stderr or done.stdout))
    return bytes(done.stdout)
