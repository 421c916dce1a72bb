"""Where a URL leads: its host and port."""

from __future__ import annotations

import re

PORTS = {"http": 80, "ws": 80, "https": 443, "wss": 443}
_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(?://([^/?#]*))?")
_AUTHORITY = re.compile(r"(?:[^@]*@)*+(\[[^\]]*\]|[^:]*)(?::(\d{1,5}))?")


def address_of(url: str) -> tuple[str, str, int | None]:
    """Return scheme, host and port of a URL; the host is lower case, and empty when none is told.

    The port is the scheme's own when the URL tells none.
    """
    found = _URL.match(url)
    if not found:
        return "", "", None
    scheme = found.group(1).lower()
    host, port = authority(found.group(2) or "")
    return scheme, host, PORTS.get(scheme) if port is None else port


def authority(text: str) -> tuple[str, int | None]:
    """Return host and port of ``user@host:port``, as a URL or a ``Host`` header has it."""
    found = _AUTHORITY.match(text.strip())
    if not found:
        return "", None
    port = int(found.group(2)) if found.group(2) else None
    host = found.group(1).strip("[]").rstrip(".").lower()
    return host, port if port is not None and port < 65_536 else None


def joined(scheme: str, host: str, port: int | None, path: str) -> str:
    """Return the URL that leads to a path of a host; the scheme's own port is left out."""
    shown = f"[{host}]" if ":" in host else host
    if port is not None and port != PORTS.get(scheme):
        shown = f"{shown}:{port}"
    if path and not path.startswith("/") and path != "*":
        path = f"/{path}"
    return f"{scheme}://{shown}{path}"
