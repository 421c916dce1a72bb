"""What keep sends out, to addresses that its own configuration names: heads and alarms."""

from __future__ import annotations

import http.client
import ipaddress
import ssl
from urllib.parse import urlsplit

PATIENCE = 5.0
"""Seconds for which an answer is waited for."""


class OutwardError(Exception):
    """Something could not be sent; the text says why in a few words."""


def allowed(address: str) -> bool:
    """Return whether something may be posted to an address: by TLS, or on this machine."""
    parts = urlsplit(address)
    if parts.scheme == "https":
        return bool(parts.hostname)
    return parts.scheme == "http" and _here(parts.hostname or "")


def post(address: str, body: bytes, kind: str) -> bytes:
    """Post bytes and return what is answered.

    Args:
        address: where to.
        body: what is sent.
        kind: its media type.

    Raises:
        OutwardError: the address may not be posted to, does not answer or refuses.
    """
    if not allowed(address):
        raise OutwardError("address")
    parts = urlsplit(address)
    made: http.client.HTTPConnection
    if parts.scheme == "https":
        made = http.client.HTTPSConnection(
            parts.hostname or "", parts.port, timeout=PATIENCE, context=ssl.create_default_context()
        )
    else:
        made = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=PATIENCE)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        made.request("POST", target, body, {"content-type": kind, "user-agent": "hongxian"})
        answer = made.getresponse()
        told = answer.read(1 << 20)
    except (OSError, http.client.HTTPException) as error:
        raise OutwardError(getattr(error, "strerror", None) or type(error).__name__) from None
    finally:
        made.close()
    if not 200 <= answer.status < 300:
        raise OutwardError(f"HTTP {answer.status}")
    return told


def _here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
