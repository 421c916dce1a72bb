"""What a place is that takes copies, and which one a user's word names."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol

from hongxian.sensors.store.sources.remote import schemes
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")


class TargetError(WordedError):
    """A target that takes no more: whatever is left to do there fails too."""


class Folder(Protocol):
    """A folder that is being filled."""

    def file(self, name: str, mode: int | None) -> AbstractContextManager[BinaryIO]:
        """Open a new file in it, which is gone again when something goes wrong meanwhile."""


class Target(Protocol):
    """A place for one file or for a folder of them."""

    @property
    def name(self) -> str:
        """Its last part; tells format and packing."""

    @property
    def shown(self) -> str:
        """What may be printed."""

    def file(self, mode: int | None, backup: str | None = None) -> AbstractContextManager[BinaryIO]:
        """Open the one file, which takes its place when nothing went wrong meanwhile.

        Args:
            mode: its permissions, where the place has any.
            backup: name beside it under which what stood there is kept.
        """

    def folder(self, mode: int | None) -> AbstractContextManager[Folder]:
        """Open a folder, which takes its place when it holds something and nothing went wrong.

        Raises:
            HongxianError: there is something in it already.
        """


def scheme_of(spec: str) -> str | None:
    """Return the kind of an address in lower case; ``None`` for a path."""
    found = _SCHEME.match(spec)
    return found[1].lower() if found else None


def path_of(spec: str | Path) -> Path | None:
    """Return the path that a word names, also as ``file://``; ``None`` for another address."""
    if isinstance(spec, Path):
        return spec
    scheme = scheme_of(spec)
    if scheme is None:
        return Path(spec)
    return Path(spec[len("file://") :]) if scheme == "file" else None


def open_target(spec: str | Path) -> Target:
    """Return the place that a path or an address of a file system names.

    Raises:
        HongxianError: there is no such kind of place, or its driver is not installed.
    """
    path = path_of(spec)
    if path is not None:
        from hongxian.guards.mask.targets.local import LocalTarget  # noqa: PLC0415 - one of two

        return LocalTarget(path)
    scheme = scheme_of(str(spec))
    if scheme not in schemes():
        raise WordedError("mask_no_target", scheme=scheme)
    from hongxian.guards.mask.targets.remote import RemoteTarget  # noqa: PLC0415 - one of two

    return RemoteTarget(str(spec))
