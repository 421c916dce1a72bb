"""Files and folders on disk: written beside their place, and put there in one step."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from hongxian.words.worded import WordedError, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator


class LocalTarget:
    """A path.

    Args:
        path: of the file or folder.
    """

    def __init__(self, path: Path) -> None:
        """Keep the path; nothing is looked at yet."""
        self.path = path

    @property
    def name(self) -> str:
        """The last part."""
        return self.path.name

    @property
    def shown(self) -> str:
        """The path."""
        return str(self.path)

    @contextmanager
    def file(self, mode: int | None, backup: str | None = None) -> Iterator[BinaryIO]:
        """Open the one file."""
        kept = self.path.with_name(backup) if backup is not None else None
        if kept is not None and kept.exists():
            raise WordedError("mask_backup_there", kept)
        part = beside(self.path)
        try:
            with part.open("wb") as out:
                yield out
            if mode is not None:
                part.chmod(mode & 0o777)
            if kept is not None:
                shutil.copy2(self.path, kept)
            part.replace(self.path)
        finally:
            part.unlink(missing_ok=True)

    @contextmanager
    def folder(self, mode: int | None) -> Iterator[LocalFolder]:
        """Open a folder.

        Raises:
            HongxianError: there is something in it already, or it cannot be made.
        """
        target = self.path
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise WordedError("mask_output_there", target)
        try:
            part = Path(tempfile.mkdtemp(prefix=".hongxian-", dir=target.parent))
        except OSError as error:
            raise unreadable(target.parent, error) from None
        try:
            yield LocalFolder(part)
            if any(part.iterdir()):
                if mode is not None:
                    part.chmod(mode & 0o777)
                if target.exists():
                    target.rmdir()
                part.replace(target)
        finally:
            shutil.rmtree(part, ignore_errors=True)


class LocalFolder:
    """A folder that is being filled.

    Args:
        path: where it is until it is whole.
    """

    def __init__(self, path: Path) -> None:
        """Keep the path."""
        self.path = path

    @contextmanager
    def file(self, name: str, mode: int | None) -> Iterator[BinaryIO]:
        """Open a new file in it."""
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with path.open("wb") as out:
                yield out
        except BaseException:
            path.unlink(missing_ok=True)
            self._forget_empty(path.parent)
            raise
        if mode is not None:
            path.chmod(mode & 0o777)

    def _forget_empty(self, folder: Path) -> None:
        """Take folders away that would stand empty."""
        while folder != self.path and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent


def beside(path: Path) -> Path:
    """Return a new empty file in the folder of the output, for its owner alone.

    Raises:
        HongxianError: there is no such folder, or nobody may write there.
    """
    try:
        number, name = tempfile.mkstemp(prefix=".hongxian-", dir=path.parent)
    except OSError as error:
        raise unreadable(path.parent, error) from None
    os.close(number)
    return Path(name)
