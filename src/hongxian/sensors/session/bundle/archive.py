"""Opens a session bundle: what is there, what is missing, what was changed."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from typing import IO, TYPE_CHECKING

from hongxian.errors import ArtefactError
from hongxian.facts import Reason
from hongxian.sensors.app.package.container import Archive, Limits
from hongxian.sensors.session.bundle.faults import SessionError, reason_of
from hongxian.sensors.session.bundle.manifest import NAME, Manifest, Member, read_manifest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SMALL = 64 << 20
"""Larger members are read as a stream only."""
_CHUNK = 1 << 20
_UNPACKING = (OSError, EOFError, RuntimeError)
"""What the ZIP library raises of a member that is encrypted, cut or of a strange method."""
_TOTAL = 8 << 30
"""So many bytes of one bundle are unpacked at most."""


@dataclass(slots=True)
class Bundle:
    """An open bundle; members are read on demand."""

    name: str
    sha256: str
    """Of the whole file."""
    manifest: Manifest
    archive: Archive = field(repr=False)
    problems: list[Reason] = field(default_factory=list)
    """Why not all of it can be trusted or read."""
    bad: dict[str, Reason] = field(default_factory=dict)
    """Path -> why this member counts as not there."""
    _zip: zipfile.ZipFile | None = field(default=None, repr=False)

    def members(self, role: str) -> Iterator[Member]:
        """Yield the members of a role that are whole."""
        for member in self.manifest.of_role(role):
            if member.path not in self.bad:
                yield member

    def read(self, path: str) -> bytes:
        """Return a member's content.

        Raises:
            ArtefactError: it is missing, damaged or too large.
        """
        return self.archive.read(path, SMALL)

    def open(self, path: str) -> IO[bytes]:
        """Return a member as a stream, however large."""
        if self._zip is not None and path in self._zip.NameToInfo:
            return self._zip.open(path)
        return BytesIO(self.archive.read(path))


def open_bundle(path: Path) -> Bundle:
    """Open a bundle and check seal and hashes.

    Raises:
        SessionError: it is no bundle at all: no ZIP, or without a manifest that can be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SessionError(path.name, "no_file", reason=error.strerror or "") from None
    try:
        archive = Archive(data, path.name, f"{path.name}!/", Limits(total=_TOTAL))
        raw = archive.read(NAME, SMALL)
    except ArtefactError as error:
        cut = "cut_manifest" if data.startswith(b"PK") else "no_zip"
        raise SessionError(path.name, cut) from error
    manifest, sealed = read_manifest(raw, path.name)
    bundle = Bundle(path.name, hashlib.sha256(data).hexdigest(), manifest, archive)
    if archive.truncated:
        bundle.problems.append(Reason("session.cut", where=path.name))
    else:
        bundle._zip = _opened(data)  # noqa: SLF001 - set once, here
    if not sealed:
        bundle.problems.append(Reason("session.seal", where=f"{path.name}!/{NAME}"))
    _check_members(bundle)
    return bundle


def _opened(data: bytes) -> zipfile.ZipFile | None:
    try:
        return zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None  # the forgiving reader goes on alone


def _check_members(bundle: Bundle) -> None:
    for member in bundle.manifest.members:
        place = f"{bundle.name}!/{member.path}"
        try:
            found = _digest(bundle, member.path)
        except (ArtefactError, zipfile.BadZipFile, zlib.error, *_UNPACKING) as error:
            missing = member.path not in bundle.archive.members
            word = "member_missing" if missing else "member_damaged"
            why = Reason(f"session.{word}", where=place)
            if isinstance(error, ArtefactError) and not missing:
                why = reason_of(error)
        else:
            if found == member.sha256:
                continue
            why = Reason("session.member_hash", where=place)
        bundle.bad[member.path] = why
        bundle.problems.append(why)
    listed = {member.path for member in bundle.manifest.members} | {NAME}
    extra = sorted(set(bundle.archive.members) - listed)
    if extra:
        bundle.problems.append(Reason("session.unlisted", {"count": len(extra)}, bundle.name))


def _digest(bundle: Bundle, path: str) -> str:
    digest = hashlib.sha256()
    with bundle.open(path) as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
