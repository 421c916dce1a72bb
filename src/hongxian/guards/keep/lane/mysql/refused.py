"""How a refusal is told: an error in the place of the server's answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.guards.keep.lane.mysql import frames
from hongxian.guards.keep.lane.refusals import CODES

if TYPE_CHECKING:
    from hongxian.guards.keep.lane.refusals import Refusal

NUMBER = 1227
"""Of the error ``ER_SPECIFIC_ACCESS_DENIED_ERROR``; what it is about is told by its SQLSTATE."""
LONGEST = 500
"""Bytes of a message; clients in C keep no more than 512."""
REASONS = (160, 80, 40, 20)
"""Letters of a reason; as many as leave room for how a ticket is had."""


def refused(refusal: Refusal, lang: str, codec: str) -> bytes:
    """Return the body of the error."""
    try:
        return _error(refusal, lang, codec)
    except UnicodeEncodeError:
        return _error(refusal, "en", codec, "replace")


def _error(refusal: Refusal, lang: str, codec: str, faults: str = "strict") -> bytes:
    text = b""
    for most in REASONS:
        told = refusal.shortened(most).fields(lang)
        text = "; ".join(told[one] for one in ("M", "H") if one in told).encode(codec, faults)
        if len(text) <= LONGEST:
            break
    text = text[:LONGEST].decode(codec, "ignore").encode(codec, faults)
    return frames.error(NUMBER, CODES[refusal.kind], text)
