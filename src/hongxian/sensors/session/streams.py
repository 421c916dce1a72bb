"""Calls of a bundle, read one by one, and the facts that they give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, cast

from hongxian.errors import ArtefactError
from hongxian.sensors.session.bundle.faults import reason_of
from hongxian.sensors.session.call_facts import call_facts
from hongxian.sensors.session.clock import Instant, zone_of
from hongxian.sensors.session.hooks import WhoseCode, read_calls

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.facts import Fact
    from hongxian.sensors.session.about import About
    from hongxian.sensors.session.bundle.manifest import Member
    from hongxian.sensors.session.model import Call


@dataclass(slots=True)
class Streams:
    """What was counted while the streams were read."""

    calls: int = 0


def stream_facts(about: About, streams: Streams) -> Iterator[Fact]:
    """Yield the facts of all hook logs."""
    manifest = about.recording.bundle.manifest
    whose = WhoseCode((manifest.package, *manifest.own_packages))
    yield from call_facts(about, _calls(about, streams), whose)


def _calls(about: About, streams: Streams) -> Iterator[tuple[Instant, Call]]:
    zone = zone_of(about.recording.bundle.manifest.clock.zone)
    for member in about.recording.bundle.members("hooks"):
        unread = about.recording.unread.setdefault("hooks", [])
        try:
            with about.recording.bundle.open(member.path) as stream:
                source, around = cast("BinaryIO", stream), _around(about, member)
                for call in read_calls(source, member.path, unread, zone=zone, around=around):
                    streams.calls += 1
                    yield _instant(member, call.at), call
        except ArtefactError as error:
            unread.append(reason_of(error))


def _around(about: About, member: Member) -> float | None:
    """Return when a log was written: as its row says, else when the session began."""
    if member.at is not None or not about.phases.borders:
        return member.at
    return about.recording.clocks.seconds(about.phases.borders[0].instant)


def _instant(member: Member, at: float | None) -> Instant:
    return Instant(host=at) if member.clock == "host" else Instant(device=at)
