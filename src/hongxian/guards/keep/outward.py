"""What keep sends out, to addresses that its own configuration names: heads and alarms."""

from __future__ import annotations

import http.client
import ipaddress
import ssl
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

LARGEST = 8 << 20
"""Bytes of an answer that are read."""
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
    status, told = call("POST", address, body, {"content-type": kind})
    if not 200 <= status < 300:
        raise OutwardError(f"HTTP {status}")
    return told


def call(method: str, address: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
    """Ask an address, and return status and body of the answer.

    Raises:
        OutwardError: it may not be asked, or does not answer.
    """
    if not allowed(address):
        raise OutwardError("address")
    parts = urlsplit(address)
    host, path = parts.hostname or "", parts.path or "/"
    made: http.client.HTTPConnection
    if parts.scheme == "https":
        context = ssl.create_default_context()
        made = http.client.HTTPSConnection(host, parts.port, timeout=PATIENCE, context=context)
    else:
        made = http.client.HTTPConnection(host, parts.port, timeout=PATIENCE)
    target = f"{path}?{parts.query}" if parts.query else path
    try:
        made.request(method, target, body, {"user-agent": "hongxian", **headers})
        answer = made.getresponse()
        return answer.status, answer.read(LARGEST)
    except (OSError, http.client.HTTPException) as error:
        raise OutwardError(getattr(error, "strerror", None) or type(error).__name__) from None
    finally:
        made.close()


def _here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
