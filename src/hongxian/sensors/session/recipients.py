"""To whom flows go: by what the user and the bundle say, then by the table of owners."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hongxian.laws.hosts import FIRST_PARTY, UNKNOWN, HostOwner, owner_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hongxian.sensors.session.bundle.manifest import Manifest


@dataclass(frozen=True, slots=True, kw_only=True)
class Hosts:
    """What is known of hosts beyond the table."""

    overrides: Mapping[str, str] = field(default_factory=dict)
    """Host, with all below it -> whose it is, as the configuration says."""
    own: tuple[str, ...] = ()
    """The operator's own domains, and keys of owners that are the operator."""

    def with_own(self, manifest: Manifest) -> Hosts:
        """Return the same with the domains that a bundle names as the app's own."""
        own = (*self.own, *manifest.own_domains)
        return Hosts(overrides=self.overrides, own=tuple(dict.fromkeys(own)))

    def of(self, host: str) -> HostOwner | None:
        """Return whose a host is; ``None`` when nobody is known."""
        return owner_of(host, self.overrides, self.own)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who gets what a flow carries, and whose code sends it."""

    key: str
    party: str | None
    actor: str
    """The SDK when the host is that SDK's own, ``first_party`` when it is the operator's: code
    of others has no business there. Else unknown: a capture shows no code."""
    owner: str | None = None
    """Key of the company behind it."""
    hosted_by: str | None = None
    """The company on whose machines somebody unknown answers."""


NOBODY = Recipient(UNKNOWN, None, UNKNOWN)


def recipient_of(owner: HostOwner | None) -> Recipient:
    """Return the recipient that the owner of a host stands for."""
    if owner is None:
        return NOBODY
    actor = owner.key if owner.sdk or owner.key == FIRST_PARTY else UNKNOWN
    return Recipient(
        owner.recipient, owner.party, UNKNOWN if owner.hosting else actor,
        None if owner.hosting else owner.owner, owner.owner if owner.hosting else None,
    )  # fmt: skip
