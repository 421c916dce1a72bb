"""Addresses that guards listen on, and the TLS that they speak there."""

from __future__ import annotations

import socket
import ssl
from typing import TYPE_CHECKING

from hongxian.words.worded import WordedError, unreadable

if TYPE_CHECKING:
    from pathlib import Path


def bound(address: tuple[str, int], *, share: bool = False) -> socket.socket:
    """Return a socket at an address, not yet listening.

    Args:
        address: host and port.
        share: whether other processes may listen there as well.

    Raises:
        HongxianError: the address cannot be had.
    """
    kind = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    made = socket.socket(kind, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if share:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    try:
        made.bind(address)
    except OSError as error:
        made.close()
        where = f"{address[0]}:{address[1]}"
        raise WordedError("listen_address", where, reason=error.strerror or error) from None
    return made


def address_shown(one: socket.socket) -> str:
    """Return the address of a socket as people write it."""
    host, port, *_ = one.getsockname()
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def tls_from(certificate: Path, key: Path | None, least: str = "1.2") -> ssl.SSLContext:
    """Return a way of TLS in which clients are spoken to.

    Args:
        certificate: the chain (PEM).
        key: its key, if that is a file of its own.
        least: ``1.2`` or ``1.3``.

    Raises:
        HongxianError: certificate or key cannot be used.
    """
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.minimum_version = getattr(ssl.TLSVersion, f"TLSv{least.replace('.', '_')}")
    certify(context, certificate, key)
    return context


def certify(context: ssl.SSLContext, certificate: Path, key: Path | None) -> None:
    """Give certificate and key to a way of TLS; connections from now on get them.

    Raises:
        HongxianError: they cannot be used.
    """
    try:
        context.load_cert_chain(certificate, key)
    except FileNotFoundError as error:
        raise unreadable(f"{certificate}, {key}" if key else certificate, error) from None
    except OSError as error:  # of TLS too
        reason = getattr(error, "reason", None) or error.strerror
        raise WordedError("listen_certificate", certificate, reason=reason) from None
