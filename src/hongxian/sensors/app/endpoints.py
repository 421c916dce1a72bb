"""Hosts in texts and code: URLs, bare domains, IPv4 addresses, and whose they are.

Found in URLs with a known scheme, and in texts that are nothing but a host. Hosts that stand in
code as mere names (schemas, licences, examples) are left out by ``catalogue/hosts.toml``, and so
are addresses at which nobody else can be reached (the device itself, the local network). Of a
URL only scheme, host, port and path are kept: never a query, a fragment or user information.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from ipaddress import AddressValueError, IPv4Address, IPv4Network
from typing import TYPE_CHECKING

import numpy as np

from hongxian.laws.hosts import UNKNOWN, owner_of
from hongxian.laws.suffixes import has_suffix
from hongxian.sensors.app.catalogue.source import rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy.typing as npt

    from hongxian.sensors.app.dex.tables import Dex

CLEARTEXT = frozenset({"http", "ws", "ftp", "mqtt"})
"""Schemes whose content goes in clear."""
SCHEMES = CLEARTEXT | {"https", "wss", "ftps", "mqtts", "rtmp", "rtmps", "rtsp", "tcp", "ssl"}

MAX_URL = 300
"""A kept URL is cut there."""
MAX_LABEL, MAX_HOST = 63, 253

_SCHEME_TAIL = re.compile(rb"([A-Za-z]{2,5})\Z")
_AFTER_SCHEME = re.compile(
    rb"(?:[A-Za-z0-9._~!$&'()*+,;=:%@-]{0,256}@)?"  # user information
    rb"([A-Za-z0-9_.-]{1,255})"  # host
    rb"(:\d{1,5}(?!\d))?"
    rb"(/[A-Za-z0-9._~!$&*+:@%/=-]{0,2000})?"
)
_HOLE = b"%{$"
"""A host that one of these follows goes on with what a program puts in."""
_PRIVATE = re.compile(r"[^/]*(?:[@%]|\d{6})")
"""A path segment that can hold a person's name, address or number."""
_HOST = re.compile(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+(?:[^\W\d_]{2,}|xn--[a-z0-9-]+)", re.ASCII)
_QUAD = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")
_BARE = re.compile(r"(?P<host>[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)(?::\d{2,5})?")
_NEAR = tuple(
    map(IPv4Network, ("0.0.0.0/8", "10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
                      "192.168.0.0/16"))
)  # fmt: skip
"""Networks without an owner that one could send to: RFC 1122, 1918 and 3927."""
_FIRST_BARE_OCTET = 20
"""Bare quads that begin lower are mostly versions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """A host that stands in the package."""

    host: str
    url: str | None
    """Without query, fragment and user information; ``None`` for a bare host."""
    cleartext: bool
    """Whether a URL would send in clear; of a bare host that is not known."""
    locator: str
    recipient: str
    """Whose it is: key of an SDK or a company; ``unknown`` when nobody knows."""
    party: str | None
    """The company; ``None`` when it is not known."""
    hosted_by: str | None
    """The company on whose machines somebody unknown answers."""


def find_endpoints(texts: Iterable[tuple[str, str]]) -> list[Endpoint]:
    """Return the hosts in texts, each once per kind of transport.

    Args:
        texts: pairs (text, where it stands).
    """
    found: dict[tuple[str, bool], Endpoint] = {}
    for text, locator in texts:
        if "." not in text:
            continue
        if "://" not in text:
            _keep(found, _bare(text.strip()), locator)
            continue
        data = text.encode("utf-8", "replace")
        for at in _places(data, 0, len(data)):
            _keep(found, _url_at(data, at), locator)
    return list(found.values())


def find_in_dex(dex: Dex) -> list[Endpoint]:
    """Return the hosts in the strings of a DEX, each once per kind of transport."""
    if not len(dex.strings):
        return []
    starts = np.sort(dex.strings)
    return find_in_buffer(dex.raw, starts, dex.name)


def find_in_buffer(buffer: bytes, starts: npt.NDArray[np.int64], source: str) -> list[Endpoint]:
    """Return the hosts in strings that lie in one buffer, each ended by a zero byte.

    Args:
        buffer: holds the strings, in MUTF-8.
        starts: offset of each string's first byte, ascending.
        source: the file, for locators.
    """
    found: dict[tuple[str, bool], Endpoint] = {}
    first = int(starts[0])
    end = buffer.find(b"\0", int(starts[-1]))
    end = len(buffer) if end < 0 else end
    for at in _places(buffer, first, end):
        _keep(found, _url_at(buffer, at), f"{source} string at 0x{_start_of(starts, at):x}")
    for start, text in _bare_strings(buffer, starts, end):
        _keep(found, _bare(text), f"{source} string at 0x{start:x}")
    return list(found.values())


def _keep(
    found: dict[tuple[str, bool], Endpoint], hit: tuple[str, str | None] | None, locator: str
) -> None:
    if hit is None:
        return
    host, url = hit
    cleartext = url is not None and url.partition(":")[0] in CLEARTEXT
    if (host, cleartext) in found:
        return
    owner = owner_of(host)
    found[host, cleartext] = Endpoint(
        host=host,
        url=url,
        cleartext=cleartext,
        locator=locator,
        recipient=owner.recipient if owner else UNKNOWN,
        party=owner.party if owner else None,
        hosted_by=owner.owner if owner and owner.hosting else None,
    )


def _places(buffer: bytes, first: int, end: int) -> Iterator[int]:
    """Yield where a scheme ends: the places of ``://``."""
    at = buffer.find(b"://", first, end)
    while at >= 0:
        yield at
        at = buffer.find(b"://", at + 3, end)


def _url_at(buffer: bytes, at: int) -> tuple[str, str | None] | None:
    """Return host and URL around a ``://``; ``None`` when it is no address."""
    scheme = _SCHEME_TAIL.search(buffer[max(at - 5, 0) : at])
    rest = _AFTER_SCHEME.match(buffer, at + 3)
    if scheme is None or rest is None:
        return None
    name = scheme[1].decode().lower()
    if name not in SCHEMES:
        return None
    host, port, path = ((part or b"").decode() for part in rest.groups())
    host = host.rstrip("._-").lower()
    if not _plausible(host) or (_cut_short(buffer, rest.end()) and not _sure_ending(host)):
        return None
    return host, f"{name}://{host}{port}{_without_private(path)}"[:MAX_URL]


def _cut_short(buffer: bytes, end: int) -> bool:
    following = buffer[end : end + 1]
    return following != b"" and following in _HOLE


def _sure_ending(host: str) -> bool:
    words = rows("hosts")["bare"]
    return host.rpartition(".")[2] in (*words["sure"], *words["three_labels"])


def _without_private(path: str) -> str:
    """Cut a path where a segment can hold PI."""
    private = _PRIVATE.search(path)
    return path[: private.start()] if private else path


@lru_cache(maxsize=8192)
def _plausible(host: str) -> bool:
    if _QUAD.fullmatch(host):
        return _goes_out(host)
    return _is_domain(host) and not _ignored(host)


def _bare(text: str) -> tuple[str, str | None] | None:
    """Return the host that a text consists of."""
    match = _BARE.fullmatch(text)
    if match is None:
        return None
    host = match["host"].lower()
    if _QUAD.fullmatch(host):
        return (host, None) if _bare_address(host) else None
    owner = owner_of(host)
    if (owner is None or owner.sdk is None) and not _bare_domain(host):
        return None
    return (host, None) if _plausible(host) else None


def _bare_domain(host: str) -> bool:
    words = rows("hosts")["bare"]
    labels = host.split(".")
    if labels[0] in words["reversed"]:
        return False
    if labels[-1] in words["sure"]:
        return True
    return labels[-1] in words["three_labels"] and len(labels) >= 3


def _bare_address(host: str) -> bool:
    address = _address(host)
    if address is None or not address.is_global or address.is_multicast:
        return False
    octets = address.packed
    return octets[3] != 0 and (octets[0] >= _FIRST_BARE_OCTET or len(set(octets)) <= 2)


def _goes_out(host: str) -> bool:
    """Whether an address is somebody's: not the device, its emulator's host or the local net."""
    address = _address(host)
    if address is None or address.is_multicast:
        return False
    return not any(address in net for net in _NEAR)


def _address(host: str) -> IPv4Address | None:
    try:
        return IPv4Address(host)
    except AddressValueError:
        return None


def _is_domain(host: str) -> bool:
    if len(host) > MAX_HOST or not _HOST.fullmatch(host):
        return False
    return max(map(len, host.split("."))) <= MAX_LABEL and has_suffix(host)


def _ignored(host: str) -> bool:
    labels = host.split(".")
    ignored = _ignored_hosts()
    return any(".".join(labels[start:]) in ignored for start in range(len(labels)))


def _bare_strings(
    buffer: bytes, starts: npt.NDArray[np.int64], end: int
) -> Iterator[tuple[int, str]]:
    """Yield the strings that can be a bare host, by their last bytes and their length."""
    data = np.frombuffer(buffer, dtype=np.uint8)
    nul = np.flatnonzero(data[: end + 1] == 0)
    place = np.minimum(np.searchsorted(nul, starts), max(nul.size - 1, 0))
    stop = nul[place] if nul.size else np.full(starts.shape, end)
    size = stop - starts
    fits = np.flatnonzero((size >= 6) & (size <= MAX_HOST))
    starts, stop = starts[fits], stop[fits]
    tail = np.zeros(starts.size, dtype=np.uint32)
    for back in (5, 4, 3, 2):  # the last four bytes as one number
        tail = (tail << np.uint32(8)) | data[stop - back + 1]
    ends = np.isin(tail, _tails(4)) | np.isin(tail & np.uint32(0xFFFFFF), _tails(3))
    last = data[stop - 1]
    quad = (last >= 0x30) & (last <= 0x39) & (data[starts] >= 0x30) & (data[starts] <= 0x39)
    quad &= stop - starts <= 21
    for one in np.flatnonzero(ends | quad).tolist():
        start = int(starts[one])
        yield start, buffer[start : int(stop[one])].decode("utf-8", "replace")


def _start_of(starts: npt.NDArray[np.int64], at: int) -> int:
    return int(starts[max(int(np.searchsorted(starts, at, side="right")) - 1, 0)])


@cache
def _tails(size: int) -> npt.NDArray[np.uint32]:
    """Return the last bytes of the bare domains' endings, as numbers: ``.com`` and ``.cn``."""
    words = rows("hosts")["bare"]
    endings = {f".{word}".encode()[-4:] for word in (*words["sure"], *words["three_labels"])}
    fitting = [int.from_bytes(ending, "big") for ending in endings if len(ending) == size]
    return np.array(sorted(fitting), dtype=np.uint32)


@cache
def _ignored_hosts() -> frozenset[str]:
    return frozenset(host for row in rows("hosts")["ignored"] for host in row["hosts"])
