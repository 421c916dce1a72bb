"""Answers of the gate itself: what a caller gets who is held back, and what went wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING

import orjson

from hongxian.guards.gate.live.heads import answer_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hongxian.guards.gate.exchange.ruling import Ruling

RETRY = 60
"""Seconds after which a caller may ask again, unless the policy says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """What is answered in the place of the interface."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...] = ()
    body: bytes = b""


def refusal(status: int, word: str, headers: Mapping[str, str] | None = None) -> Refusal:
    """Return an answer whose body names what happened in a word."""
    told = {"content-type": "application/json", "cache-control": "no-store", **(headers or {})}
    pairs = tuple(
        (name.lower().encode("latin-1"), text.encode("latin-1")) for name, text in told.items()
    )
    return Refusal(status=status, headers=pairs, body=orjson.dumps({"error": word}))


ACTION_ANSWERS = {
    "throttle": refusal(429, "too_many_requests", {"retry-after": str(RETRY)}),
    "challenge": refusal(403, "challenge_required"),
    "block": refusal(403, "blocked"),
}
"""Action -> answer, unless a policy says otherwise."""


UNREADABLE = {"large": 413, "caller": 400, "state": 503, "error": 503}
"""Why a request could not be judged -> status; 415 for all else."""


@dataclass(frozen=True, slots=True)
class Refusals:
    """The answers of a policy."""

    own: Mapping[str, Refusal] = field(default_factory=dict)

    def of(self, action: str) -> Refusal:
        """Return what is answered on an action."""
        return self.own.get(action) or ACTION_ANSWERS[action]

    def asked(self, ruling: Ruling) -> Refusal:
        """Return what is answered to a request that may not reach the interface."""
        reason = ruling.reason
        if reason:
            return refusal(UNREADABLE.get(reason, 415), f"unreadable_{reason}")
        return self.of(ruling.action)

    def answered(self, ruling: Ruling, before: str) -> Refusal:
        """Return what is answered in the place of an answer that may not reach the caller.

        Args:
            ruling: the ruling on the answer.
            before: its reason before the answer was judged.
        """
        if ruling.reason and ruling.reason != before:
            return refusal(502, f"unreadable_{ruling.reason}")
        return self.of(ruling.action)


def refusal_bytes(told: Refusal, *, keep: bool, bodiless: bool = False) -> bytes:
    """Return a whole answer; ``bodiless`` when it answers HEAD."""
    extra = [b"content-length: %d\r\n" % len(told.body)]
    if not keep:
        extra.append(b"connection: close\r\n")
    head = answer_bytes(told.status, phrase(told.status), list(told.headers), *extra)
    return head if bodiless else head + told.body


def phrase(status: int) -> bytes:
    """Return the words of a status."""
    try:
        return HTTPStatus(status).phrase.encode("ascii")
    except ValueError:
        return b"Unknown"
