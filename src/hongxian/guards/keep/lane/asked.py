"""What a client asks for: a text that is to be decided on, and what needs no decision."""

from __future__ import annotations

from dataclasses import dataclass

from hongxian.guards.keep.lane import frames

CALLS = frozenset((715, 952, 953, 954, 956, 957, 958, 3170, 3171))
"""Functions that may be called by number: ``lo_create``, ``lo_open``, ``lo_close``, ``loread``,
``lo_lseek``, ``lo_creat``, ``lo_tell`` and their 64-bit kin (pg_proc.dat); all that libpq needs to
make large objects and to read them."""

OF_TOOLS = {
    b"SELECT set_config(name, 'view, foreign-table', false) FROM pg_settings "
    b"WHERE name = 'restrict_nonsystem_relation_kind'":
    "SELECT name, set_config('restrict_nonsystem_relation_kind', 'view, foreign-table', false) "
    "FROM pg_settings WHERE name = 'restrict_nonsystem_relation_kind'",
}  # fmt: skip
"""Texts of PostgreSQL's own tools that no judge can prove, and what is judged in their place: all
that they call and read, so that nobody hides a function in a view of that name. pg_dump sets by the
name in a row; its value is good for no setting that protects data or changes how a text is read."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A text that is to be decided on."""

    raw: bytes
    """As it was sent."""
    text: str = ""
    name: bytes | None = None
    """Name of the prepared statement; ``None`` for a simple query."""
    types: bytes = b""

    @property
    def message(self) -> bytes:
        """The message, as it came."""
        if self.name is None:
            return frames.query(self.raw)
        return frames.parse(self.name, self.raw, self.types)
