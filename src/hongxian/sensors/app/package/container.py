"""Members of a ZIP package, read the way Android reads them, within limits.

Android forgives what a strict reader rejects, and packers use that: an encryption flag on a
plain member, a made-up compression method, bytes before the first member. Such members are read
and noted. Nothing is ever written to disk, so a name with ``..`` in it can do no harm here; it is
still noted and left out.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from hongxian.sensors.app.package.directory import Member, Raw, data_start, read_directory
from hongxian.sensors.app.package.faults import PackageError, Problem, problem_of, scope_of

_STORED, _DEFLATED = 0, 8


@dataclass(slots=True)
class Limits:
    """How much a package may make us read; shared by a bundle and the packages inside."""

    members: int = 200_000
    member: int = 256 << 20
    total: int = 2 << 30
    ratio: int = 250
    """A larger compression ratio is taken for a bomb, in members above ``ratio_from``."""
    ratio_from: int = 8 << 20
    used: int = 0
    """Bytes read so far, against ``total``."""

    def take(self, size: int, where: str) -> None:
        """Count bytes that are about to be read.

        Raises:
            PackageError: they would exceed the total.
        """
        if self.used + size > self.total:
            raise PackageError(where, "total_too_large", limit=self.total)
        self.used += size


class Archive:
    """A ZIP file in memory or mapped; members are read on demand.

    Args:
        data: the whole file.
        where: its name, for error lines.
        prefix: put before member names in locators, such as ``base.apk!/``.
        limits: shared with other archives of the same package.

    Raises:
        PackageError: no member can be found at all.
    """

    def __init__(
        self, data: Raw, where: str, prefix: str = "", limits: Limits | None = None
    ) -> None:
        """Read the directory."""
        self.data = data
        self.prefix = prefix
        self.limits = limits or Limits()
        self.problems: list[Problem] = []
        directory = read_directory(data, where, self.limits.members)
        self.directory_start = directory.start
        self.truncated = directory.flaw == "truncated"
        self.members = self._by_name(directory.members)
        if directory.flaw:
            found: dict[str, object] = {"found": len(self.members), "limit": self.limits.members}
            scopes = ("app.manifest", "app.code", "app.resources", "app.native")
            self.problems += [Problem(s, prefix or where, directory.flaw, found) for s in scopes]

    def _by_name(self, members: list[Member]) -> dict[str, Member]:
        named: dict[str, Member] = {}
        for member in members:
            if member.name in named:
                self.note(member.name, "duplicate")
            elif _unsafe(member.name):
                self.note(member.name, "unsafe_name")
            elif not (member.name.endswith("/") and not member.size):
                named[member.name] = member
        return named

    def note(self, name: str, word: str, *, harmless: bool = False, **values: object) -> None:
        """Record a problem of a member, once."""
        self.add(Problem(scope_of(name), self.prefix + name, word, values, harmless))

    def add(self, problem: Problem) -> None:
        """Record a problem, once."""
        if problem not in self.problems:
            self.problems.append(problem)

    def get(self, name: str, limit: int | None = None) -> bytes | None:
        """Return a member's content; ``None``, and a problem, when it cannot be read."""
        try:
            return self.read(name, limit)
        except PackageError as error:
            self.add(problem_of(error))
            return None

    def read(self, name: str, limit: int | None = None) -> bytes:
        """Return a member's content.

        Args:
            name: as in the directory.
            limit: refuse more than so many bytes.

        Raises:
            PackageError: missing, damaged, encrypted, or beyond the limits.
        """
        where = self.prefix + name
        member = self.members.get(name)
        if member is None:
            raise PackageError(where, "missing")
        self._check_size(member, where, limit)
        start = data_start(self.data, member)
        if start is None:
            raise PackageError(where, "member_header")
        content = self._unpack(member, start, where)
        if len(content) < member.size:
            self.note(name, "member_short", size=member.size, found=len(content))
        return content

    def _check_size(self, member: Member, where: str, limit: int | None) -> None:
        most = min(limit or self.limits.member, self.limits.member)
        if member.size > most:
            raise PackageError(where, "too_large", size=member.size, limit=most)
        ratio = member.size // max(1, member.packed)
        if member.size > self.limits.ratio_from and ratio > self.limits.ratio:
            raise PackageError(where, "bomb", ratio=ratio)
        self.limits.take(member.size, where)

    def _unpack(self, member: Member, start: int, where: str) -> bytes:
        packed = self.data[start : start + member.packed]
        if member.method == _STORED:
            content = self.data[start : start + member.size]
        elif member.method == _DEFLATED:
            content = self._inflate(packed, member, where)
        else:
            content = self._guess(packed, start, member)
        self._verify(content, member, where)
        return content

    def _inflate(self, packed: bytes, member: Member, where: str) -> bytes:
        try:
            content, whole = _inflated(packed, member.size)
        except zlib.error:
            word = "encrypted" if member.flags & 1 else "member_data"
            raise PackageError(where, word) from None
        if not whole:
            self.note(member.name, "member_long", size=member.size)
        return content

    def _guess(self, packed: bytes, start: int, member: Member) -> bytes:
        """Read a member with an unknown method: Android takes all but deflate as stored."""
        self.note(member.name, "false_method", harmless=True, method=member.method)
        if member.packed != member.size:
            try:
                content, _ = _inflated(packed, member.size)
            except zlib.error:
                content = b""
            if zlib.crc32(content) == member.crc:
                return content
        return self.data[start : start + member.size]

    def _verify(self, content: bytes, member: Member, where: str) -> None:
        right = zlib.crc32(content) == member.crc
        if member.flags & 1:
            if not right:
                raise PackageError(where, "encrypted")
            self.note(member.name, "false_encryption", harmless=True)
        elif not right and len(content) == member.size:
            self.note(member.name, "checksum")


def _inflated(packed: bytes, size: int) -> tuple[bytes, bool]:
    """Return up to ``size`` bytes, and whether the stream held no more."""
    stream = zlib.decompressobj(-15)
    content = stream.decompress(packed, max(1, size))
    more = (
        b"" if stream.eof or len(content) < size else stream.decompress(stream.unconsumed_tail, 1)
    )
    return content[:size], not more and len(content) <= size


def _unsafe(name: str) -> bool:
    return name.startswith("/") or ".." in name.replace("\\", "/").split("/") or "\0" in name
