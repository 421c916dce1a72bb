"""What left the device: PI seen in flows, to whom and in which form; hosts; what is opaque."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from hongxian.laws.hosts import FIRST_PARTY
from hongxian.sensors.session.clock import Instant
from hongxian.sensors.session.model import Opaque
from hongxian.sensors.session.phases import opened_at
from hongxian.sensors.session.recipients import NOBODY, Recipient, recipient_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hongxian.facts import Fact
    from hongxian.sensors.session.about import About
    from hongxian.sensors.session.model import Flow, Sighting
    from hongxian.sensors.session.network.find import Finder
    from hongxian.sensors.session.recipients import Hosts

SURE = 0.8
"""What a recogniser is less sure of is inferred, not seen; ours."""
_WORD = re.compile(r"[A-Za-z][A-Za-z_.-]{0,30}|v\d{1,3}(?:\.\d{1,3})?")
"""A piece of a path that cannot be a value."""


@dataclass(slots=True)
class _Host:
    """What was seen of one host."""

    recipient: Recipient
    locator: str
    flows: int = 0
    cleartext: bool = False
    opaque: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class _Burst:
    """The same PI in the same form to the same host within one second."""

    flow: Flow
    instant: Instant
    sighting: Sighting
    recipient: Recipient
    thing: str | None
    flows: int = 0
    places: dict[str, None] = field(default_factory=dict)


@dataclass(slots=True)
class Traffic:
    """What the flows of a session showed; filled while the facts are made."""

    about: About
    finder: Finder
    hosts: Hosts
    flows: int = 0
    """Flows of the app."""
    strangers: int = 0
    """Flows of other apps, passed over."""
    doubtful: int = 0
    """Facts that a recogniser was not sure of."""
    _seen: dict[str, _Host] = field(default_factory=dict)
    _bursts: dict[tuple[object, ...], _Burst] = field(default_factory=dict)

    def facts(self, flows: Iterable[tuple[Instant, Flow]]) -> Iterator[Fact]:
        """Yield the facts of all flows: transmissions in the order of time, then hosts.

        Args:
            flows: flows with the moments at which they began.
        """
        package = self.about.recording.bundle.manifest.package
        for instant, flow in flows:
            if flow.package not in (None, package):
                self.strangers += 1
                continue
            self.flows += 1
            self._take(instant, flow)
        for burst in self._bursts.values():
            yield self._transmission(burst)
        for name, host in self._seen.items():
            yield self._address(name, host)

    def hidden(self) -> dict[str, int]:
        """Return how many parts of flows nobody could look into, by host; most first."""
        counts: Counter[str] = Counter()
        for name, host in self._seen.items():
            counts[name] = host.opaque.total()
        return {name: count for name, count in counts.most_common() if count}

    def _take(self, instant: Instant, flow: Flow) -> None:
        host = self._seen.get(flow.host)
        if host is None:
            owner = self.hosts.of(flow.host)
            host = self._seen[flow.host] = _Host(recipient_of(owner), flow.locator)
        host.flows += 1
        host.cleartext |= flow.url.startswith(("http:", "ws:"))
        for found in self.finder.find(flow, sent_only=True):
            if isinstance(found, Opaque):
                host.opaque[found.why] += 1
            else:
                self._add(instant, flow, found, host.recipient)

    def _add(self, instant: Instant, flow: Flow, found: Sighting, recipient: Recipient) -> None:
        if found.at is not None and flow.at is not None:
            instant = _later(instant, found.at - flow.at)
        phase, near = self.about.phases.of(instant)
        at = self.about.recording.clocks.seconds(instant)
        second = None if at is None else int(at)
        key = (second, flow.host, flow.method, found.info, found.form, found.how, phase, near)
        burst = self._bursts.get(key)
        if burst is None:
            thing = self._thing(instant, recipient)
            burst = self._bursts[key] = _Burst(flow, instant, found, recipient, thing)
        burst.flows += 1
        burst.places[f"{found.where} {found.name}".strip()] = None

    def _thing(self, instant: Instant, recipient: Recipient) -> str | None:
        """Return the application inside the app that was open, when the flow can be its own."""
        if recipient.key == FIRST_PARTY or recipient.actor != NOBODY.actor:
            return None
        part = opened_at(self.about.recording, instant)
        if part is None:
            return None
        thing = part.mark.detail.get("thing")
        return thing if isinstance(thing, str) else "third_party"

    def _transmission(self, burst: _Burst) -> Fact:
        flow, found, recipient = burst.flow, burst.sighting, burst.recipient
        detail: dict[str, object] = {
            "host": flow.host, "method": flow.method, "path": shown_path(flow.url),
            "places": list(burst.places)[:5], "basis": found.basis, "excerpt": found.excerpt,
        }  # fmt: skip
        told = {
            "how": list(found.how), "owner": recipient.owner, "hosted_by": recipient.hosted_by,
            "third_party_app": burst.thing, "cleartext": flow.url.startswith(("http:", "ws:")),
        }  # fmt: skip
        inferred = found.basis != "value" and found.score < SURE
        self.doubtful += inferred
        return self.about.fact(
            "transmit", burst.instant, item=flow.host, info=found.info, actor=recipient.actor,
            party=recipient.party, recipient=recipient.key, form=found.form, amount=burst.flows,
            unit="request", locator=flow.locator, certainty="inferred" if inferred else "seen",
            score=found.score if inferred else None,
            detail=detail | {key: value for key, value in told.items() if value},
        )  # fmt: skip

    def _address(self, name: str, host: _Host) -> Fact:
        told = {
            "cleartext": host.cleartext, "hosted_by": host.recipient.hosted_by,
            "opaque": dict(host.opaque.most_common()),
        }  # fmt: skip
        return self.about.fact(
            "address", None, item=name, recipient=host.recipient.key, party=host.recipient.party,
            amount=host.flows, unit="request", locator=host.locator,
            detail={key: value for key, value in told.items() if value},
        )  # fmt: skip


def shown_path(url: str) -> str:
    """Return the path of a URL; a piece of it that could be a value is covered."""
    try:
        path = urlsplit(url).path
    except ValueError:
        return ""
    pieces = [piece if not piece or _WORD.fullmatch(piece) else "…" for piece in path.split("/")]
    return "/".join(pieces[:12])


def _later(instant: Instant, seconds: float) -> Instant:
    return Instant(
        None if instant.device is None else instant.device + seconds,
        None if instant.host is None else instant.host + seconds, instant.blur,
    )  # fmt: skip
