"""How a server reads a session's texts: asked of the server itself, in the session."""

from __future__ import annotations

from dataclasses import dataclass

from hongxian.guards.keep.lane.frames import ProtocolError
from hongxian.guards.keep.lane.mysql.frames import length_at
from hongxian.guards.keep.statements.mysql.classify import READ

QUESTION = (
    b"SELECT CAST(CONCAT(HEX(USER()),',',COALESCE(HEX(DATABASE()),'-'),',',HEX(@@session.sql_mode),"
    b"',',HEX(@@session.character_set_client)) AS BINARY)"
)
"""In letters that all character sets share, with functions that nobody can put others before."""
CODECS = {"utf8mb4": "utf-8", "utf8mb3": "utf-8", "utf8": "utf-8", "ascii": "ascii",
          "latin1": "cp1252"}  # fmt: skip
"""Character sets in which ASCII is never part of another letter -> how their bytes are read."""
FOREIGN = frozenset({"ORACLE", "MSSQL", "DB2", "POSTGRESQL", "MAXDB", "MYSQL323", "MYSQL40"})
"""Modes by which another grammar is read."""
NOWHERE = "*"
"""Stands for the database where none is chosen."""


class ReadingError(Exception):
    """A session whose texts cannot be read.

    Args:
        word: name of the text in ``words/keep_lane.toml``, behind ``start_``.
        about: what of it.
    """

    def __init__(self, word: str, about: str) -> None:
        """Keep both."""
        super().__init__(word)
        self.word, self.about = word, about[:64]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a server said."""

    role: str
    database: str
    modes: frozenset[str]
    """Of ``sql_mode``, those that change what a text means."""
    codec: str


def reading(bodies: list[bytes], *, short: bool) -> Reading:
    """Return what the answer to :data:`QUESTION` says.

    Args:
        bodies: of its packets.
        short: whether EOF is left out.

    Raises:
        ProtocolError: it is no such answer.
        ReadingError: texts cannot be read so.
    """
    place = 2 if short else 3
    if len(bodies) != place + 2:
        raise ProtocolError("question")
    length, start = length_at(bodies[place], 0)
    row = bodies[place][start : start + length].replace(b"\0", b"").decode("ascii", "replace")
    parts = row.split(",")
    if len(parts) != 4:
        raise ProtocolError("question")
    try:
        user, database, mode, charset = (
            bytes.fromhex(one if one != "-" else "").decode("utf-8") for one in parts
        )
    except ValueError:
        raise ProtocolError("question") from None
    modes = frozenset(mode.split(","))
    if foreign := modes & FOREIGN:
        raise ReadingError("mode", ", ".join(sorted(foreign)))
    if charset not in CODECS:
        raise ReadingError("encoding", charset)
    role = user.rpartition("@")[0]
    return Reading(role, database or NOWHERE, modes & READ, CODECS[charset])
