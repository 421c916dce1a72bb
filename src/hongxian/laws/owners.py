"""Owners of hosts: companies, where they are established, and the domains that are theirs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from hongxian.info.source import CONFIDENCES, read
from hongxian.laws.sdks import load_sdks, sureness
from hongxian.laws.sdks import load_sources as load_sdk_sources


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """A domain, or a longer suffix, with everything below it."""

    suffix: str
    tenants: bool
    """Customers of the owner answer there, as below ``aliyuncs.com``: who, it does not tell."""
    seen: tuple[str, ...]
    """Where it was seen, keys of :func:`load_sources`; nowhere means memory alone."""

    @property
    def confidence(self) -> str:
        """How sure it is that the domain is the owner's."""
        return sureness(self.seen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """A company, or a line of business of it that is told apart from the rest."""

    key: str
    """As recipients of facts have it; the key of an SDK too where both mean the same party."""
    zh: str
    en: str
    country: str
    """Where it is established, ISO 3166-1 alpha-2."""
    kinds: tuple[str, ...]
    """What it does, keys of :func:`load_kinds`."""
    companies: tuple[str, ...]
    """Legal names, the usual one first; an SDK's company is one of them."""
    domains: tuple[Domain, ...]
    """Those that no SDK of :func:`hongxian.laws.sdks.load_sdks` has."""

    def name(self, lang: str) -> str:
        """Return the name in a language."""
        return self.zh if lang == "zh" else self.en

    @property
    def company(self) -> str:
        """The legal entity, or the name where none is known."""
        return self.companies[0] if self.companies else self.zh

    @property
    def confidence(self) -> str:
        """How sure its surest domain is; of the others :attr:`Domain.confidence` tells."""
        return min((one.confidence for one in self.domains), key=CONFIDENCES.index)


@cache
def load_owners() -> dict[str, Owner]:
    """Return the owners by key."""
    source = files("hongxian.laws") / "data" / "hosts.tsv"
    rows = source.read_text(encoding="utf-8").split("\n")[1:]
    owners = (_owner(row.split("\t")) for row in rows if row)
    return {owner.key: owner for owner in owners}


@cache
def load_kinds() -> dict[str, dict[str, str]]:
    """Return what owners do: key -> language -> words."""
    return {row.pop("key"): row for row in read("hongxian.laws", "hosts")["kind"]}


@cache
def load_sources() -> dict[str, str]:
    """Return the sources of domains, those of SDKs included: key -> what it is."""
    own = {row["key"]: row["en"] for row in read("hongxian.laws", "hosts")["source"]}
    return load_sdk_sources() | own


def find_owners(word: str) -> list[Owner]:
    """Return the owners with a word in key, name, company or domain."""
    asked = word.casefold()
    return [owner for owner in load_owners().values() if asked in _haystack(owner)]


def named(name: str) -> Owner | None:
    """Return the owner that goes by a name: key, Chinese or English name, legal name."""
    return _names().get(_even(name))


def family(key: str) -> str:
    """Return the owner's key for an SDK's: two SDKs of one company are one party.

    Returns:
        The key itself when it is no SDK's, or its company is not in the table.
    """
    sdk = load_sdks().get(key)
    owner = _companies().get(sdk.company) if sdk else None
    return owner.key if owner else key


def without_sdk(name: str) -> str | None:
    """Return the key of the owner that goes by a name and has no SDK in our list.

    Of the others a name does not tell which of their SDKs is meant.
    """
    owner = named(name)
    return owner.key if owner and owner.key not in _with_sdk() else None


@cache
def _with_sdk() -> frozenset[str]:
    return frozenset(map(family, load_sdks()))


@cache
def _companies() -> dict[str, Owner]:
    return {name: owner for owner in load_owners().values() for name in owner.companies}


@cache
def _names() -> dict[str, Owner]:
    found: dict[str, Owner] = {}
    for owner in load_owners().values():
        for name in (owner.key, owner.zh, owner.en, *owner.companies):
            found.setdefault(_even(name), owner)
    return found


def _even(name: str) -> str:
    return name.replace("（", "(").replace("）", ")").replace(" ", "").casefold()


def _haystack(owner: Owner) -> str:
    domains = (one.suffix for one in owner.domains)
    return "\n".join((owner.key, owner.zh, owner.en, *owner.companies, *domains)).casefold()


def _owner(row: list[str]) -> Owner:
    key, zh, en, country, kinds, companies, own, tenants = row
    return Owner(
        key=key,
        zh=zh,
        en=en,
        country=country,
        kinds=tuple(kinds.split()),
        companies=tuple(name for name in companies.split("; ") if name),
        domains=(*_domains(own, tenants=False), *_domains(tenants, tenants=True)),
    )


def _domains(cell: str, *, tenants: bool) -> tuple[Domain, ...]:
    pairs = (one.partition("=") for one in cell.split())
    return tuple(
        Domain(suffix=suffix, tenants=tenants, seen=tuple(seen.split("+")) if seen else ())
        for suffix, _, seen in pairs
    )
