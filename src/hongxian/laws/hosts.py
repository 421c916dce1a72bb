"""Whose a host is: what the user says, the app's own domains, then the table of owners.

The longest suffix wins. Below a domain that a cloud or a CDN gives to its customers the company
is known and the party is not: such a host is *hosted*, and its recipient stays ``unknown``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from ipaddress import ip_address
from types import MappingProxyType
from typing import TYPE_CHECKING

from hongxian.laws.owners import Domain, Owner, family, load_owners, named
from hongxian.laws.sdks import Sdk, load_sdks, sureness
from hongxian.laws.suffixes import has_suffix, is_registry, registrable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

FIRST_PARTY, UNKNOWN = "first_party", "unknown"
MAX_HOST = 253

_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_BRACKETED = re.compile(r"\[([0-9A-Fa-f:]*:[0-9A-Fa-f:.]*)\](?::[0-9]*)?")
_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class HostOwner:
    """Whose a host is."""

    host: str
    """In lower case, in ASCII, without port and last dot."""
    suffix: str
    """What matched."""
    key: str
    """``first_party``, an SDK's or an owner's key, ``named:`` and a name that the user gave."""
    owner: str | None = None
    """Key of the company; of an SDK, of the one behind it."""
    sdk: str | None = None
    zh: str = ""
    en: str = ""
    company: str | None = None
    """The legal entity."""
    country: str | None = None
    hosting: bool = False
    """The company runs the machine for a customer whom the name does not tell."""
    seen: tuple[str, ...] = ()
    """Sources, keys of :func:`hongxian.laws.owners.load_sources`."""
    told: bool = False
    """The user, or the app itself, says so: not the table."""

    @property
    def recipient(self) -> str:
        """What a fact has as recipient: ``unknown`` when the host is only hosted by the company."""
        return UNKNOWN if self.hosting else self.key

    @property
    def party(self) -> str | None:
        """What a fact has as party: the legal entity of the recipient."""
        return None if self.hosting else self.company

    @property
    def first_party(self) -> bool:
        """Whether it is the operator's own."""
        return self.key == FIRST_PARTY

    @property
    def confidence(self) -> str | None:
        """How sure the table is; ``None`` for what was told."""
        return None if self.told else sureness(self.seen)

    def name(self, lang: str) -> str:
        """Return the name of SDK or company in a language."""
        return self.zh if lang == "zh" else self.en


def owner_of(
    host: str, overrides: Mapping[str, str] = _NOTHING, own: Iterable[str] = ()
) -> HostOwner | None:
    """Return whose a host is, ``None`` when nobody is known.

    Args:
        host: a name or an address, with or without port.
        overrides: what the user says: a suffix -> key of an SDK or owner, ``first_party``,
            or any name.
        own: the operator's own domains, or keys of owners whose domains are its own.
    """
    clean = clean_host(host)
    if clean is None:
        return None
    ours = tuple(own)
    for given in (tuple(overrides.items()), tuple((one, FIRST_PARTY) for one in ours)):
        if given and (found := _given(clean, given)):
            return found
    listed = _listed(clean)
    if listed and not listed.hosting and listed.owner in ours:
        return replace(listed, key=FIRST_PARTY, told=True)
    return listed


def clean_host(host: str) -> str | None:
    """Return a host as the table has it, ``None`` for what is none.

    Lower case, ASCII (``腾讯.中国`` is ``xn--r70as2s.xn--fiqs8s``), without port and last dot; an
    address in its usual form, without brackets.
    """
    name = _without_port(host.strip())
    if not name or len(name) > MAX_HOST or "%" in name:
        return None
    try:
        return ip_address(name).compressed
    except ValueError:
        pass
    return _domain(name.removesuffix("."))


def own_domain(host: str) -> str | None:
    """Return what an app's own host tells of its own domains: its registered domain.

    Where the table knows that domain as somebody's, only the host itself: a policy at
    ``docs.qq.com`` makes nobody the owner of ``qq.com``.
    """
    clean = clean_host(host)
    domain = registrable(clean) if clean else None
    return clean if domain is None or _listed(domain) else domain


def is_host(word: str) -> bool:
    """Return whether a word is an address, or a name under a public suffix."""
    clean = clean_host(word)
    return clean is not None and (_is_address(clean) or has_suffix(clean))


def _without_port(host: str) -> str:
    if host.startswith("["):
        bracketed = _BRACKETED.fullmatch(host)
        return bracketed[1] if bracketed else ""
    name, colon, port = host.partition(":")
    if colon and ":" not in port:
        return name if port.isascii() and (port.isdigit() or not port) else ""
    return host


def _domain(name: str) -> str | None:
    try:
        name = name.lower() if name.isascii() else name.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return None
    fits = len(name) <= MAX_HOST and all(map(_LABEL.fullmatch, name.split(".")))
    return name if fits else None


def _is_address(host: str) -> bool:
    return ":" in host or host.rpartition(".")[2].isdigit()


def _suffixes(host: str) -> Iterator[str]:
    """Yield a host and what it stands below, longest first."""
    yield host
    while not _is_address(host) and "." in host:
        host = host.partition(".")[2]
        yield host


def _given(host: str, given: tuple[tuple[str, str], ...]) -> HostOwner | None:
    told = _told(given)
    for suffix in _suffixes(host):
        if suffix in told and not is_registry(suffix):
            return _as_told(host, suffix, told[suffix])
    return None


@lru_cache(maxsize=64)
def _told(given: tuple[tuple[str, str], ...]) -> dict[str, str]:
    cleaned = ((clean_host(suffix), value) for suffix, value in given)
    return {suffix: value for suffix, value in cleaned if suffix}


def _as_told(host: str, suffix: str, value: str) -> HostOwner:
    if value == FIRST_PARTY:
        return HostOwner(host=host, suffix=suffix, key=FIRST_PARTY, told=True)
    if sdk := load_sdks().get(value):
        return replace(_of_sdk(sdk), host=host, suffix=suffix, seen=(), told=True)
    if owner := named(value):
        return replace(_of_owner(owner), host=host, suffix=suffix, told=True)
    name = " ".join(value.split())
    return HostOwner(
        host=host, suffix=suffix, key=f"named:{name}", zh=name, en=name, company=name, told=True
    )


@lru_cache(maxsize=16384)
def _listed(host: str) -> HostOwner | None:
    """Return what the table says of a clean host."""
    index = _index()
    suffix = next((one for one in _suffixes(host) if one in index), None)
    if suffix is None:
        return None
    found = index[suffix]
    if isinstance(found, Sdk):
        return replace(_of_sdk(found), host=host, suffix=suffix)
    owner, domain = found
    whose = _of_owner(owner)
    return replace(whose, host=host, suffix=suffix, hosting=domain.tenants, seen=domain.seen)


@cache
def _index() -> dict[str, Sdk | tuple[Owner, Domain]]:
    """Return whose each suffix of the table is; an SDK's come before its company's."""
    owners = load_owners().values()
    found: dict[str, Sdk | tuple[Owner, Domain]] = {
        domain.suffix: (owner, domain) for owner in owners for domain in owner.domains
    }
    return found | {suffix: sdk for sdk in load_sdks().values() for suffix in sdk.domains}


def _of_sdk(sdk: Sdk) -> HostOwner:
    owner = load_owners().get(family(sdk.key))
    return HostOwner(
        host="", suffix="", key=sdk.key, sdk=sdk.key, owner=owner.key if owner else None,
        zh=sdk.zh, en=sdk.en, company=sdk.company, country=owner.country if owner else None,
        seen=sdk.seen_domain,
    )  # fmt: skip


def _of_owner(owner: Owner) -> HostOwner:
    return HostOwner(
        host="", suffix="", key=owner.key, owner=owner.key, zh=owner.zh, en=owner.en,
        company=owner.company, country=owner.country,
    )  # fmt: skip
