"""Calls and flows of a bundle, read one by one, and the facts that they give."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC
from typing import TYPE_CHECKING

from hongxian.errors import ArtefactError
from hongxian.facts import Reason
from hongxian.sensors.session.bundle.faults import reason_of
from hongxian.sensors.session.call_facts import call_facts
from hongxian.sensors.session.clock import Instant, zone_of
from hongxian.sensors.session.hooks import WhoseCode, read_calls
from hongxian.sensors.session.network import read_flows
from hongxian.sensors.session.traffic_facts import traffic_facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.facts import Fact
    from hongxian.sensors.session.about import About
    from hongxian.sensors.session.bundle.manifest import Member
    from hongxian.sensors.session.model import Call, Flow

HOSTS = 5
"""So many hosts are named with what could not be read."""


@dataclass(slots=True)
class Streams:
    """What was counted while the streams were read."""

    calls: int = 0
    flows: int = 0
    unseen: Counter[str] = field(default_factory=Counter)
    """Host -> contents that could not be decrypted or decoded."""

    def opaque(self) -> list[Reason]:
        """Return that contents stayed unread, if they did."""
        if not self.unseen:
            return []
        hosts = ", ".join(host for host, _ in self.unseen.most_common(HOSTS))
        return [Reason("session.opaque", {"count": self.unseen.total(), "hosts": hosts})]


def stream_facts(about: About, streams: Streams) -> Iterator[Fact]:
    """Yield the facts of all hook logs, then those of all captures."""
    whose = WhoseCode(about.recording.bundle.manifest.own_packages or
                      (about.recording.bundle.manifest.package,))  # fmt: skip
    yield from call_facts(about, _calls(about, streams), whose)
    yield from traffic_facts(about, _flows(about, streams), streams)


def _calls(about: About, streams: Streams) -> Iterator[tuple[Instant, Call]]:
    zone = zone_of(about.recording.bundle.manifest.clock.zone) or UTC
    for member in about.recording.bundle.members("hooks"):
        unread = about.recording.unread.setdefault("hooks", [])
        try:
            with about.recording.bundle.open(member.path) as stream:
                for call in read_calls(stream, member.path, unread, zone=zone, around=member.at):
                    streams.calls += 1
                    yield _instant(member, call.at), call
        except ArtefactError as error:
            unread.append(reason_of(error))


def _flows(about: About, streams: Streams) -> Iterator[tuple[Instant, Flow]]:
    for member in about.recording.bundle.members("network"):
        unread = about.recording.unread.setdefault("network", [])
        try:
            with about.recording.bundle.open(member.path) as stream:
                for flow in read_flows(stream, member.path, unread):
                    streams.flows += 1
                    yield _instant(member, flow.at), flow
        except ArtefactError as error:
            unread.append(reason_of(error))


def _instant(member: Member, at: float | None) -> Instant:
    return Instant(host=at) if member.clock == "host" else Instant(device=at)
