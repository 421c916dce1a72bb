"""Who is behind a request: from headers, cookies, claims of a token and the address."""

from __future__ import annotations

import binascii
import re
from base64 import urlsafe_b64decode
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING, Any

import orjson

from hongxian.guards.gate.exchange.parts import values

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from ipaddress import IPv4Network, IPv6Network

    from hongxian.guards.gate.exchange.parts import Headers

WAYS = ("header", "cookie", "claim")
"""Where a caller may stand."""

DEFAULTS = {
    "token": ("header:authorization",), "fingerprint": ("header:user-agent",),
}  # fmt: skip
"""Where callers stand unless a policy says otherwise; the address is always known."""

_LONGEST = 8_192


class AmbiguousCallerError(Exception):
    """A header that names the caller stands twice: gate and interface could read either."""


@dataclass(frozen=True, slots=True)
class Source:
    """One place in which a caller stands."""

    way: str
    name: str
    header: bytes

    @classmethod
    def read(cls, words: str) -> Source:
        """Return the place that ``header:x-user``, ``cookie:uid`` or ``claim:sub`` names."""
        way, _, name = words.partition(":")
        headers = {"header": name.lower(), "cookie": "cookie", "claim": "authorization"}
        return cls(way, name, headers[way].encode("latin-1"))


class Callers:
    """Finds who is behind requests.

    Args:
        sources: kind of principal -> places, the first that has something counts.
        trusted: networks of proxies whose ``X-Forwarded-For`` is believed.
    """

    def __init__(
        self, sources: Mapping[str, Sequence[str]] = DEFAULTS, trusted: Sequence[str] = ()
    ) -> None:
        """Make the places ready."""
        self._sources = [
            (kind, tuple(map(Source.read, places))) for kind, places in sources.items()
        ]
        self._trusted = [ip_network(one, strict=False) for one in trusted]
        self._once = frozenset(
            one.header for _, places in self._sources for one in places if one.way != "cookie"
        )

    def of(self, headers: Headers, peer: str) -> dict[str, str]:
        """Return kind -> who.

        Raises:
            AmbiguousCallerError: a header that names the caller stands twice.
        """
        found: dict[str, str] = {}
        for kind, places in self._sources:
            for place in places:
                who = self.who(place, headers)
                if who:
                    found[kind] = who
                    break
        ip = self.address(headers, peer)
        if ip:
            found["ip"] = ip
        return found

    def address(self, headers: Headers, peer: str) -> str:
        """Return the client's address: the nearest that no trusted proxy has."""
        if not self._trusted or not self._trusts(peer):
            return peer
        chain = b",".join(values(headers, b"x-forwarded-for")).decode("latin-1").split(",")
        for text in reversed(chain):
            one = text.strip()
            if not is_address(one):
                break
            peer = one
            if not self._trusts(one):
                break
        return peer

    def trusts(self, peer: str) -> bool:
        """Return whether what a peer says of others is believed."""
        return bool(self._trusted) and self._trusts(peer)

    def _trusts(self, peer: str) -> bool:
        return _inside(peer, tuple(self._trusted))

    def who(self, place: Source, headers: Headers) -> str:
        """Return what stands in a place.

        Raises:
            AmbiguousCallerError: it stands there twice.
        """
        if place.way == "cookie":
            return _cookie(headers, place.name)
        told = values(headers, place.header)
        if not told:
            return ""
        if len(told) > 1:
            raise AmbiguousCallerError
        if place.way == "claim":
            claim = claims(told[0]).get(place.name)
            return "" if claim is None else str(claim)[:_LONGEST]
        return told[0][:_LONGEST].decode("latin-1").strip()


def is_address(text: str) -> bool:
    """Return whether a text is an IP address."""
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=4_096)
def _inside(peer: str, networks: tuple[IPv4Network | IPv6Network, ...]) -> bool:
    try:
        address = ip_address(peer)
    except ValueError:
        return False
    return any(address in network for network in networks)


def _cookie(headers: Headers, name: str) -> str:
    """Return a cookie; the first counts when it stands twice in one header, as servers read it."""
    for line in values(headers, b"cookie"):
        for pair in line.decode("latin-1").split(";"):
            own, sign, who = pair.strip().partition("=")
            if sign and own == name:
                return who.strip('"')[:_LONGEST]
    return ""


@lru_cache(maxsize=4_096)
def claims(authorization: bytes) -> dict[str, Any]:
    """Return the claims of a JSON Web Token (RFC 7519), unchecked: the interface checks it.

    Whoever makes tokens up is refused by the interface and is given nothing.
    """
    parts = re.split(rb"[ .]", authorization[:_LONGEST])
    if len(parts) < 3 or parts[0].lower() != b"bearer":
        return {}
    try:
        told = orjson.loads(urlsafe_b64decode(parts[2] + b"=" * (-len(parts[2]) % 4)))
    except (binascii.Error, ValueError):
        return {}
    return told if isinstance(told, dict) else {}
