"""Public suffixes: which part of a host name somebody registered.

The list is the one that the package ``publicsuffixlist`` bundles; only its text is read, because
setting up that package's own matcher costs ten times as much as all look-ups here.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

_COMPANIES = "===BEGIN PRIVATE DOMAINS==="
"""In the list, what comes behind is shared out by companies, not by registries."""


def registrable(host: str) -> str | None:
    """Return the registered domain of a host: ``a.b.com.cn`` -> ``b.com.cn``.

    Returns:
        ``None`` when the host is itself a public suffix, or ends in no suffix of the list.
    """
    labels = _unicode(host).split(".")
    size = _suffix_size(labels)
    if not size or size >= len(labels):
        return None
    return ".".join(host.split(".")[-size - 1 :])


def has_suffix(host: str) -> bool:
    """Return whether a host ends in a public suffix of the list, or is one of several labels."""
    labels = _unicode(host).split(".")
    return len(labels) > 1 and _suffix_size(labels) > 0


def is_registry(host: str) -> bool:
    """Return whether a host is a suffix of a registry, as ``com.cn``: nobody's domain.

    A suffix that a company shares out, as ``cloudfront.net``, is the company's.
    """
    labels = _unicode(host).split(".")
    return _suffix_size(labels, _registries()) >= len(labels)


def _suffix_size(labels: list[str], known: frozenset[str] | None = None) -> int:
    """Return how many labels the longest matching suffix has; 0 when none matches."""
    known = _rules() if known is None else known
    for start in range(len(labels)):
        rest = ".".join(labels[start:])
        above = ".".join(labels[start + 1 :])
        if f"!{rest}" in known:
            return len(labels) - start - 1
        if rest in known or (above and f"*.{above}" in known):
            return len(labels) - start
    return 0


def _unicode(host: str) -> str:
    if "xn--" not in host:
        return host
    try:
        return host.encode("ascii").decode("idna")
    except UnicodeError:
        return host


@cache
def _rules() -> frozenset[str]:
    return frozenset(_list().split("\n"))


@cache
def _registries() -> frozenset[str]:
    return frozenset(_list().partition(_COMPANIES)[0].split("\n"))


def _list() -> str:
    source = files("publicsuffixlist") / "public_suffix_list.dat"
    return source.read_text(encoding="utf-8")
