"""Calls and flows of a bundle, read one by one, and the facts that they give."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, TypeVar, cast

from hongxian.errors import ArtefactError
from hongxian.facts import Reason
from hongxian.sensors.session.bundle.faults import reason_of
from hongxian.sensors.session.call_facts import call_facts
from hongxian.sensors.session.clock import Instant, zone_of
from hongxian.sensors.session.flow_facts import Traffic
from hongxian.sensors.session.hooks import WhoseCode, read_calls
from hongxian.sensors.session.network import read_flows
from hongxian.sensors.session.network.find import Finder
from hongxian.sensors.session.recipients import Hosts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from hongxian.facts import Fact
    from hongxian.sensors.session.about import About
    from hongxian.sensors.session.bundle.manifest import Member
    from hongxian.sensors.session.model import Call, Flow

T = TypeVar("T", "Call", "Flow")

NAMED = 5
"""So many hosts are named where something could not be read."""


@dataclass(slots=True)
class Streams:
    """What was counted while the streams were read."""

    hosts: Hosts = field(default_factory=Hosts)
    """What is known of hosts beyond the table."""
    calls: int = 0
    flows: int = 0
    limits: list[Reason] = field(default_factory=list)
    """Why the flows that were read do not show all that was sent."""


def stream_facts(about: About, streams: Streams) -> Iterator[Fact]:
    """Yield the facts of all hook logs and captures."""
    manifest = about.recording.bundle.manifest
    whose = WhoseCode((manifest.package, *manifest.own_packages))
    yield from call_facts(about, _calls(about, streams), whose)
    if manifest.of_role("network"):
        yield from _flow_facts(about, streams)


def _flow_facts(about: About, streams: Streams) -> Iterator[Fact]:
    manifest = about.recording.bundle.manifest
    hosts = streams.hosts.with_own(manifest)
    traffic = Traffic(about, Finder(manifest.values), hosts)
    yield from traffic.facts(_flows(about))
    streams.flows = traffic.flows
    hidden = traffic.hidden()
    if hidden:
        named = ", ".join([*list(hidden)[:NAMED], *(["…"] if len(hidden) > NAMED else [])])
        values = {"count": sum(hidden.values()), "hosts": named}
        streams.limits.append(Reason("session.opaque", values))
    if traffic.doubtful:
        streams.limits.append(Reason("session.doubtful", {"count": traffic.doubtful}))
    if not traffic.flows:
        streams.limits.append(Reason("session.no_flows", {"others": traffic.strangers}))


def _calls(about: About, streams: Streams) -> Iterator[tuple[Instant, Call]]:
    zone = zone_of(about.recording.bundle.manifest.clock.zone)

    def read(source: BinaryIO, member: Member, unread: list[Reason]) -> Iterable[Call]:
        around = _around(about, member)
        return read_calls(source, member.path, unread, zone=zone, around=around)

    for found in _read(about, "hooks", read):
        streams.calls += 1
        yield found


def _flows(about: About) -> Iterator[tuple[Instant, Flow]]:
    bundle = about.recording.bundle
    secrets = b"\n".join(bundle.read(member.path) for member in bundle.members("keylog"))

    def read(source: BinaryIO, member: Member, unread: list[Reason]) -> Iterable[Flow]:
        return read_flows(source, member.path, unread, keylog=secrets or None)

    return _read(about, "network", read)


def _read(
    about: About, role: str, read: Callable[[BinaryIO, Member, list[Reason]], Iterable[T]]
) -> Iterator[tuple[Instant, T]]:
    """Yield what the members of a role hold; what cannot be read is noted."""
    for member in about.recording.bundle.members(role):
        unread = about.recording.unread.setdefault(role, [])
        try:
            with about.recording.bundle.open(member.path) as stream:
                for one in read(cast("BinaryIO", stream), member, unread):
                    yield _instant(member, one.at), one
        except ArtefactError as error:
            unread.append(reason_of(error))


def _around(about: About, member: Member) -> float | None:
    """Return when a log was written: as its row says, else when the session began."""
    if member.at is not None or not about.phases.borders:
        return member.at
    return about.recording.clocks.seconds(about.phases.borders[0].instant)


def _instant(member: Member, at: float | None) -> Instant:
    return Instant(host=at) if member.clock == "host" else Instant(device=at)
