"""How a statement is refused: another stands in its place, which the server itself refuses.

``SELECT 'text'::pg_catalog.int4`` fails while it is read: in any state of a transaction, at Parse
as in a simple query, without an extension and without running anything. So the server keeps
protocol and transaction as after any other error. Its error carries a number of ours and is told to
the client in our words, with a code of our own (class ``KP``).
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, replace

from hongxian.guards.keep.lane import frames
from hongxian.words import say

CODES = {
    "destructive": "KP001", "unknown": "KP002", "ticket": "KP003", "reading": "KP004",
    "call": "KP005", "name": "KP006", "quarantine": "KP007", "command": "KP008",
}  # fmt: skip
"""Kind of refusal -> SQLSTATE; letters from I on are free for such use in the SQL standard."""

AS_SERVER = {"relation_unknown": "42P01", "function_unknown": "42883", "unparsable": "42601"}
"""Reason -> SQLSTATE by which the server would have refused, too: clients go by it."""

RESERVED = b"hongxian_"
"""How names of statements and portals begin that are ours."""
MOST = 100
"""Refusals of a session whose errors have not come yet."""

_NUMBER = re.compile(rb"hongxian:([0-9a-f]{16})")


@dataclass(frozen=True, slots=True)
class Refusal:
    """What is told to the client."""

    kind: str
    """One of :data:`CODES`."""
    reason: str
    """Why, in the words of the judge."""
    hint: str = ""
    """How a ticket is had."""
    code: str = ""
    """SQLSTATE, when it is not that of the kind."""

    def fields(self, lang: str) -> dict[str, str]:
        """Return the fields of the error."""
        told = {
            "S": "ERROR", "V": "ERROR", "C": self.code or CODES[self.kind],
            "M": say(f"keep_lane.refused_{self.kind}", lang, reason=self.reason),
        }  # fmt: skip
        return {**told, "H": self.hint} if self.hint else told

    def shortened(self, most: int) -> Refusal:
        """Return the same with a reason of so many letters at most."""
        short = len(self.reason) <= most
        return self if short else replace(self, reason=f"{self.reason[: most - 1]}…")


def as_server(codes: set[str]) -> str:
    """Return by which SQLSTATE the server itself would refuse for reasons, if it surely would."""
    return AS_SERVER.get(next(iter(codes)), "") if len(codes) == 1 else ""


class Refusals:
    """The refusals of a session that the server has not answered yet.

    Args:
        lang: language of what is told.
    """

    def __init__(self, lang: str) -> None:
        """Start without any."""
        self._lang = lang
        self.open: dict[bytes, Refusal] = {}

    def text(self, refusal: Refusal) -> bytes:
        """Return the statement that stands in the place of a refused one."""
        number = secrets.token_hex(8).encode()
        if len(self.open) >= MOST:
            del self.open[next(iter(self.open))]
        self.open[number] = refusal
        return b"SELECT 'refused by hongxian:%b'::pg_catalog.int4" % number

    def simple(self, refusal: Refusal) -> bytes:
        """Return the message in the place of a simple query."""
        return frames.query(self.text(refusal))

    def extended(self, refusal: Refusal) -> bytes:
        """Return the message in the place of any message of the extended protocol."""
        return frames.parse(RESERVED + b"refused", self.text(refusal))

    def told(self, body: bytes, codec: str) -> bytes | None:
        """Return our error for the server's, ``None`` when it is none of ours."""
        found = _NUMBER.search(body)
        refusal = self.open.pop(found[1], None) if found else None
        if refusal is None:
            return None
        fields = refusal.fields(self._lang)
        try:
            fields["M"].encode(codec)
        except UnicodeEncodeError:
            fields = refusal.fields("en")
        return frames.error(fields, codec)

    def clear(self) -> None:
        """Forget what the server has passed over, as it does after an error."""
        self.open.clear()
