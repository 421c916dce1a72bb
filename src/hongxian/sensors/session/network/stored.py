"""Values as captures store them, of whatever type, brought to ours."""

from __future__ import annotations

import binascii
import math
import re
from datetime import datetime
from typing import Any

_STAMP = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:[.,](\d{1,9}))?\d*\s*"
    r"(?:(Z|z|UTC|GMT)|([+-]\d\d)(?::?(\d\d))?)"
)
_SPACE = re.compile(r"\s+")
_URL_SAFE = str.maketrans("-_", "+/")
_MAGIC = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd"}
_LATEST = 32_503_680_000.0
"""The year 3000; a larger number counts milliseconds."""


def text_of(found: Any) -> str:
    """Return a text or a number as text; anything else is none."""
    if isinstance(found, str):
        return found
    return str(found) if isinstance(found, int | float) and not isinstance(found, bool) else ""


def object_of(found: Any) -> dict[str, Any]:
    """Return an object; anything else is an empty one."""
    return found if isinstance(found, dict) else {}


def list_of(found: Any) -> list[Any]:
    """Return a list; anything else is an empty one."""
    return found if isinstance(found, list) else []


def number_of(found: Any) -> float | None:
    """Return a number, also out of a text."""
    if isinstance(found, bool) or not isinstance(found, int | float | str):
        return None
    try:
        number = float(found)
    except (OverflowError, ValueError):
        return None
    return number if math.isfinite(number) else None


def whole_of(found: Any) -> int | None:
    """Return a number without its fraction."""
    number = number_of(found)
    return None if number is None else int(number)


def moment_of(found: Any) -> float | None:
    """Return seconds since 1970, out of ISO 8601 with a zone, or of seconds or milliseconds.

    A time without a zone is no moment: it is not known whose local time it is.
    """
    stamp = _STAMP.fullmatch(found.strip()) if isinstance(found, str) else None
    if stamp is not None:
        return _stamp(stamp)
    number = number_of(found)
    if number is None or number <= 0:
        return None
    number = number / 1000 if number > _LATEST else number
    return number if number < _LATEST else None


def _stamp(found: re.Match[str]) -> float | None:
    day, time, part, utc, hours, minutes = found.groups()
    zone = "+00:00" if utc else f"{hours}:{minutes or '00'}"
    try:
        at = datetime.fromisoformat(f"{day}T{time}{zone}").timestamp()
    except (OverflowError, ValueError):
        return None
    return at + float(f"0.{part}") if part else at


def from_base64(text: str) -> bytes | None:
    """Return what base64 holds, in either alphabet, with or without padding; ``None`` if broken."""
    try:
        data = text.encode("ascii")
        return binascii.a2b_base64(data, strict_mode=True)
    except (UnicodeError, binascii.Error):
        data = _SPACE.sub("", text).rstrip("=").translate(_URL_SAFE).encode("ascii", "replace")
    try:
        return binascii.a2b_base64(data + b"=" * (-len(data) % 4), strict_mode=True)
    except binascii.Error:
        return None


def coded(body: bytes, named: str | None) -> tuple[str, ...]:
    """Return the content codings that a body still has, which a header names.

    Most tools take the coding off and leave the header. Those with a signature show; for the
    others nothing tells, so they count as taken off.
    """
    if not named or not body:
        return ()
    names = tuple(name.strip().lower() for name in named.split(",") if name.strip())
    last = next((name for magic, name in _MAGIC.items() if body.startswith(magic)), None)
    shown = {"gzip": ("gzip", "x-gzip"), "zstd": ("zstd",)}.get(last or "", ())
    return names if names and names[-1] in shown else ()
