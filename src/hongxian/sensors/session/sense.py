"""The session sensor: one bundle in, facts and coverage out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hongxian.errors import ArtefactError
from hongxian.sensors.session.about import About
from hongxian.sensors.session.act_facts import act_facts
from hongxian.sensors.session.bundle import open_bundle
from hongxian.sensors.session.bundle.faults import reason_of
from hongxian.sensors.session.choice_facts import choice_facts
from hongxian.sensors.session.coverage import coverage, reaches
from hongxian.sensors.session.operation_facts import operation_facts
from hongxian.sensors.session.phases import find_phases
from hongxian.sensors.session.recipients import Hosts
from hongxian.sensors.session.recording import read_recording
from hongxian.sensors.session.request_facts import request_facts
from hongxian.sensors.session.reward_facts import reward_facts
from hongxian.sensors.session.separate_facts import separate_facts
from hongxian.sensors.session.streams import Streams, stream_facts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from hongxian.facts import Coverage, Fact, Reason
    from hongxian.sensors.session.bundle import Bundle
    from hongxian.sensors.session.coverage import Reach
    from hongxian.sensors.session.recording import Recording


STAGES = (
    choice_facts, separate_facts, request_facts, reward_facts, operation_facts, act_facts,
)  # fmt: skip
"""What is made of screens, touches, marks and states of the system."""


@dataclass(slots=True)
class SensedSession:
    """What the sensor made of one bundle."""

    subject: str
    artefact: str
    """sha256 of the bundle."""
    facts: list[Fact] = field(default_factory=list)
    reaches: dict[str, Reach] = field(default_factory=dict)
    """Scope -> how far it was looked at."""
    damaged: list[Reason] = field(default_factory=list)
    """One for each part that should have been readable and was not."""
    about: dict[str, object] = field(default_factory=dict)
    """Device, tools and clock, as coverage keeps them."""

    def coverage(self) -> list[Coverage]:
        """Return how far the sensor looked, scope by scope."""
        return coverage(self.subject, self.artefact, self.reaches, self.about)


def sense_session(
    path: Path, subject: str | None = None, hosts: Hosts | None = None
) -> SensedSession:  # fmt: skip
    """Read one bundle.

    Args:
        path: the bundle.
        subject: what is audited; ``None`` takes what the manifest names.
        hosts: what is known of hosts beyond the table and the bundle.

    Raises:
        ArtefactError: it is no bundle, or its manifest cannot be read.
    """
    return sense_bundle(open_bundle(path), subject, hosts)


def sense_bundle(
    bundle: Bundle, subject: str | None = None, hosts: Hosts | None = None
) -> SensedSession:  # fmt: skip
    """Read an open bundle; what was found before an error is kept."""
    recording = read_recording(bundle)
    about = About(subject or subject_of(bundle), bundle.sha256, recording, find_phases(recording))
    sensed = SensedSession(about.subject, bundle.sha256, about=_told(bundle))
    for stage in STAGES:
        _stage(sensed, stage, about)
    streams = Streams(hosts or Hosts())
    _stage(sensed, lambda about: stream_facts(about, streams), about)
    read = {
        "screen": len(recording.screens), "hooks": streams.calls, "network": streams.flows
    }  # fmt: skip
    sensed.reaches = reaches(recording, read)
    sensed.reaches["session.network"].fall(*streams.limits)
    sensed.damaged += [*bundle.problems, *_unread(recording)]
    return sensed


def subject_of(bundle: Bundle) -> str:
    """Return the subject that a bundle names: the app, as the app sensor would name it."""
    manifest = bundle.manifest
    version = manifest.version or manifest.version_code or 0
    return f"app:{manifest.package}@{version}#{manifest.sha256[:12]}"


def _stage(sensed: SensedSession, stage: Callable[[About], Iterable[Fact]], about: About) -> None:
    try:
        for fact in stage(about):
            sensed.facts.append(fact)
    except ArtefactError as error:
        sensed.damaged.append(reason_of(error))


def _unread(recording: Recording) -> list[Reason]:
    bad = set(recording.bundle.bad.values())
    found = (one for reasons in recording.unread.values() for one in reasons)
    return [one for one in dict.fromkeys(found) if one not in bad]


def _told(bundle: Bundle) -> dict[str, object]:
    manifest = bundle.manifest
    return {
        "bundle": bundle.name, "seal": manifest.seal, "device": manifest.device,
        "tools": list(manifest.tools),
        "clock": {"offset": manifest.clock.offset, "uncertainty": manifest.clock.uncertainty},
    }  # fmt: skip
