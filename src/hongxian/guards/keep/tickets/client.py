"""The side of the people: asks a guard's office, and signs on this machine.

The private key never leaves it; what is signed is what was shown, with its text held against its
hash.
"""

from __future__ import annotations

import base64
import hashlib
import os
import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from hongxian.guards.keep.outward import OutwardError, call
from hongxian.guards.keep.shown import text_hash
from hongxian.guards.keep.tickets.errors import STATUS, TicketError
from hongxian.guards.keep.tickets.requests import Asked, sign_request
from hongxian.guards.keep.tickets.ticket import read_ticket, signable
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hongxian.guards.keep.evidence.keys import SigningKey

MACHINE = Path("/etc/machine-id")
BOOT = Path("/proc/sys/kernel/random/boot_id")


class Client:
    """Speaks to a guard for a person.

    Args:
        guard: its address, as ``http://127.0.0.1:7433``.
        person: who asks.
        key: that person's.
    """

    def __init__(self, guard: str, person: str, key: SigningKey) -> None:
        """Keep what is told."""
        self._guard, self._person, self._key = guard.rstrip("/"), person, key

    def propose(self, told: Mapping[str, Any]) -> dict[str, Any]:
        """Propose a ticket and return it.

        Raises:
            HongxianError: it is refused, or the guard does not answer.
        """
        return dict(self._ask("POST", "/tickets", {**told, **here()}))

    def list(self) -> list[dict[str, Any]]:
        """Return all tickets."""
        return list(self._ask("GET", "/tickets"))

    def show(self, number: str) -> dict[str, Any]:
        """Return a ticket with its text.

        Raises:
            HongxianError: as :meth:`propose`; or text and ticket do not belong together.
        """
        told = dict(self._ask("GET", f"/tickets/{number}"))
        if text_hash(told["text"].encode()) != read_ticket(told["ticket"]).text_hash:
            raise TicketError("altered")
        return told

    def approve(self, shown: Mapping[str, Any]) -> dict[str, Any]:
        """Sign a ticket as :meth:`show` returned it."""
        spelling = shown["ticket"]
        blob = self._key.sign(signable(spelling.encode()))
        told = {"ticket": spelling, "signature": base64.b64encode(blob).decode("ascii"), **here()}
        return dict(self._ask("POST", f"/tickets/{read_ticket(spelling).id}/approve", told))

    def withdraw(self, number: str) -> dict[str, Any]:
        """Withdraw a ticket."""
        return dict(self._ask("POST", f"/tickets/{number}/withdraw", {}))

    def acts(self) -> Sequence[dict[str, Any]]:
        """Return what was run in quarantine, the newest first."""
        return tuple(self._ask("GET", "/quarantine"))

    def undo(self, number: str) -> dict[str, Any]:
        """Bring back what one of them took.

        Raises:
            HongxianError: it is refused, it cannot be, or the guard does not answer.
        """
        return dict(self._ask("POST", f"/quarantine/{number}/undo", {}))

    def _ask(self, method: str, path: str, told: Mapping[str, Any] | None = None) -> Any:
        body = b"" if told is None else orjson.dumps(told)
        headers = sign_request(self._key, self._person, Asked(method, path, {}, body), time.time())
        try:
            status, answer = call(method, self._guard + path, body, headers)
            row = orjson.loads(answer)
        except (OutwardError, ValueError) as error:
            raise WordedError("keep_no_guard", self._guard, reason=error) from None
        if status == 200:
            return row
        if row.get("error") in STATUS:
            raise TicketError(row["error"], **row.get("values", {}))
        raise WordedError("keep_no_guard", self._guard, reason=f"HTTP {status}")


def here() -> dict[str, str]:
    """Return what tells this device and this login from others: digests, no names."""
    machine = MACHINE.read_text() if MACHINE.is_file() else str(uuid.getnode())
    boot = BOOT.read_text() if BOOT.is_file() else ""
    return {
        "device": _digest("device", machine.strip()),
        "session": _digest("session", f"{machine.strip()} {boot.strip()} {os.getsid(0)}"),
    }


def _digest(use: str, text: str) -> str:
    return hashlib.sha256(f"hongxian {use} {text}".encode()).hexdigest()[:32]
