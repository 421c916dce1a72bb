"""Writes a session bundle while the session goes on; sealed when it is closed.

Members go to a file beside the bundle until then, because manifest and timeline come first in a
bundle: of one that a transfer cut short, what is left can still be read.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import zipfile
from typing import IO, TYPE_CHECKING, Any, Self

from hongxian.sensors.session.bundle.manifest import (
    NAME,
    Clock,
    Manifest,
    Member,
    manifest_data,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

TIMELINE = "timeline.jsonl"
_CHUNK = 1 << 20
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The same content gives the same bytes, whenever it is written."""


class BundleWriter:
    """A bundle that is being written; as a context manager it closes itself.

    Args:
        path: the file, replaced when it is there.
        app: ``package``, ``version``, ``version_code``, ``sha256``, ``label``.
        device: ``model``, ``android``, ``sdk``, ``rom`` ...
        tools: ``name``, ``version``, ``role`` of each program that records.
        about: other fields of :class:`Manifest`: ``values``, ``own_domains``, ``own_packages``.
    """

    def __init__(
        self,
        path: Path,
        app: Mapping[str, Any],
        device: Mapping[str, str],
        tools: Iterable[Mapping[str, str]] = (),
        **about: Any,
    ) -> None:
        """Open the file; nothing is sealed yet."""
        self._path, self._part = path, path.with_name(f"{path.name}.part")
        self._parts = zipfile.ZipFile(self._part, "w", zipfile.ZIP_DEFLATED)
        self._about: dict[str, Any] = {
            **app, **about, "device": dict(device), "tools": tuple(dict(tool) for tool in tools),
        }  # fmt: skip
        self._clock = Clock()
        self._events: list[dict[str, Any]] = []
        self._members: list[Member] = []

    def __enter__(self) -> Self:
        """Return the writer."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the bundle, whatever happened: what was recorded so far is kept."""
        self.close()

    def clock(self, offset: float, uncertainty: float | None, zone: str) -> None:
        """Tell how the device's clock stands to the host's; see :class:`Clock`."""
        self._clock = Clock(offset=offset, uncertainty=uncertainty, zone=zone)

    def event(
        self, name: str, /, *, device: float | None = None, host: float | None = None, **detail: Any
    ) -> None:
        """Write an event with the time on the device's clock, the host's, or both."""
        times = {"device": device, "host": host}
        told = {key: value for key, value in times.items() if value is not None}
        self._events.append({"event": name, **told, **detail})

    def member(self, role: str, name: str, data: bytes, **about: Any) -> str:
        """Write a file into the bundle and return its path there.

        Args:
            role: one of :data:`ROLES`.
            name: the file's name.
            data: its content.
            about: other fields of :class:`Member`: ``format``, ``phase``, ``at``, ``clock``.
        """
        return self.stream(role, name, io.BytesIO(data), **about)

    def stream(self, role: str, name: str, source: IO[bytes], **about: Any) -> str:
        """Write a file of any size into the bundle; as :meth:`member`, from an open file."""
        path = name if role == "timeline" else f"{role}/{name}"
        digest, size = hashlib.sha256(), 0
        with self._parts.open(_entry(path), "w", force_zip64=True) as out:
            while chunk := source.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
                out.write(chunk)
        found = Member(path=path, role=role, sha256=digest.hexdigest(), size=size, **about)
        self._members.append(found)
        return path

    def close(self) -> None:
        """Write the bundle and seal it; a second call does nothing."""
        if self._parts.fp is None:
            return
        lines = (json.dumps(row, ensure_ascii=False, sort_keys=True) for row in self._events)
        text = "".join(f"{line}\n" for line in lines)
        self.member("timeline", TIMELINE, text.encode(), format="jsonl")
        manifest = Manifest(**self._about, clock=self._clock, members=tuple(self._members))
        about = json.dumps(manifest_data(manifest), ensure_ascii=False, indent=2)
        self._parts.close()
        with zipfile.ZipFile(self._part) as parts, zipfile.ZipFile(self._path, "w") as bundle:
            bundle.writestr(_entry(NAME), about)
            for name in (TIMELINE, *(m.path for m in self._members if m.path != TIMELINE)):
                _copy(parts, bundle, name)
        self._part.unlink()


def _entry(path: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(path, _EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _copy(source: zipfile.ZipFile, target: zipfile.ZipFile, name: str) -> None:
    entry = _entry(name)
    entry.file_size = source.getinfo(name).file_size  # so that only a large one needs ZIP64
    with source.open(name) as stream, target.open(entry, "w") as out:
        shutil.copyfileobj(stream, out, _CHUNK)
