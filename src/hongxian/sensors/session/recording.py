"""Everything of a bundle that is read at once: marks, touches, screens and states of the system.

Calls and flows, of which there can be millions, are read as a stream by those who need them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from hongxian.errors import ArtefactError
from hongxian.sensors.session.bundle.faults import reason_of
from hongxian.sensors.session.bundle.timeline import Event, read_timeline
from hongxian.sensors.session.clock import Clocks, Instant, zone_of
from hongxian.sensors.session.device import read_appops, read_package, read_screen
from hongxian.sensors.session.model import MARKS, Mark, Screen, Tap
from hongxian.sensors.session.pictures import Pictures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from hongxian.facts import Reason
    from hongxian.sensors.session.bundle.archive import Bundle
    from hongxian.sensors.session.bundle.manifest import Member
    from hongxian.sensors.session.device import Installed, OpUse

T = TypeVar("T")

TOUCHED = 3.0
"""What comes up so many seconds after a touch was called for by it; ours."""

MAX_MEMBERS = 20_000
"""So many members of a role are read at most."""


@dataclass(frozen=True, slots=True)
class Timed(Generic[T]):
    """Something with its moment."""

    instant: Instant
    what: T


@dataclass(frozen=True, slots=True)
class Answer:
    """What the recorder saw the person do with a permission dialog."""

    permission: str
    granted: bool | None
    locator: str


class _Shown(NamedTuple):
    """What the timeline tells of a screen."""

    instant: Instant
    activity: str | None = None
    package: str = ""
    picture: str = ""


@dataclass(slots=True)
class Recording:
    """A bundle, read."""

    bundle: Bundle
    clocks: Clocks
    marks: list[Timed[Mark]] = field(default_factory=list)
    taps: list[Timed[Tap]] = field(default_factory=list)
    screens: list[Timed[Screen]] = field(default_factory=list)
    answers: list[Timed[Answer]] = field(default_factory=list)
    lost: dict[str, str] = field(default_factory=dict)
    """Role of a tool -> why it stopped recording."""
    packages: list[Timed[Installed]] = field(default_factory=list)
    appops: list[Timed[tuple[OpUse, ...]]] = field(default_factory=list)
    unread: dict[str, list[Reason]] = field(default_factory=dict)
    """Role -> what could not be read."""

    def between(
        self, start: Instant, end: Instant | None, found: Iterable[Timed[T]]
    ) -> list[Timed[T]]:
        """Return what lies from an instant up to another, in order."""
        first = self.clocks.seconds(start)
        last = self.clocks.seconds(end) if end is not None else None
        inside = []
        for one in found:
            at = self.clocks.seconds(one.instant)
            if at is not None and first is not None and at >= first and (last is None or at < last):
                inside.append(one)
        return inside

    def touched_before(self, instant: Instant) -> Tap | None:
        """Return the last touch of the moments before an instant."""
        for tap in reversed(self.taps):
            gap = self.clocks.apart(instant, tap.instant)
            if gap is not None and 0 <= gap[0] <= TOUCHED:
                return tap.what
        return None

    def trigger(self, instant: Instant) -> str:
        """Return who called for what came up at a moment: the person by a touch, or the app."""
        return "person" if self.touched_before(instant) else "app"


def read_recording(bundle: Bundle) -> Recording:
    """Read marks, touches, screens and states; what cannot be read is noted, by its role."""
    recording = Recording(bundle, Clocks.of(bundle.manifest.clock))
    for member in bundle.manifest.members:
        if member.path in bundle.bad:
            recording.unread.setdefault(member.role, []).append(bundle.bad[member.path])
    shown: dict[str, _Shown] = {}
    pictures = Pictures(bundle, recording.unread.setdefault("screen", []))
    _each(recording, "timeline", partial(_timeline, recording, shown=shown))
    _each(recording, "screen", partial(_screen, recording, shown=shown, pictures=pictures))
    pictures.close()
    _each(recording, "package", partial(_package, recording))
    _each(recording, "appops", partial(_appops, recording))
    for rows in (recording.marks, recording.taps, recording.screens, recording.answers,
                 recording.packages, recording.appops):  # fmt: skip
        rows.sort(key=lambda one: recording.clocks.seconds(one.instant) or 0.0)
    return recording


def instant_of(member: Member) -> Instant:
    """Return when a member was made."""
    return Instant(host=member.at) if member.clock == "host" else Instant(device=member.at)


def _each(recording: Recording, role: str, read: Callable[[Member], None]) -> None:
    for member in islice(recording.bundle.members(role), MAX_MEMBERS):
        try:
            read(member)
        except ArtefactError as error:
            recording.unread.setdefault(role, []).append(reason_of(error))


def _timeline(recording: Recording, member: Member, shown: dict[str, _Shown]) -> None:
    unread = recording.unread.setdefault(member.role, [])
    with recording.bundle.open(member.path) as stream:
        for event in read_timeline(stream, member.path, unread):
            instant, place = Instant(event.device, event.host), f"{member.path} line {event.line}"
            if event.name == "screen":
                told = _Shown(instant, event.text("activity") or None, event.text("package"),
                              event.text("picture"))  # fmt: skip
                shown[event.text("member")] = told
            elif event.name == "lost":
                recording.lost[event.text("tool")] = event.text("reason")
            else:
                _happening(recording, event, instant, place)


def _happening(recording: Recording, event: Event, instant: Instant, place: str) -> None:
    if event.name == "mark" and event.text("name") in MARKS:
        detail = {key: value for key, value in event.detail.items() if key != "name"}
        mark = Mark(at=None, name=event.text("name"), detail=detail, locator=place)
        recording.marks.append(Timed(instant, mark))
    elif event.name == "tap":
        x, y = event.detail.get("x"), event.detail.get("y")
        known = isinstance(x, int) and isinstance(y, int)
        tap = Tap(at=None, x=x if known else None, y=y if known else None,
                  text=event.text("text"), locator=place)  # fmt: skip
        recording.taps.append(Timed(instant, tap))
    elif event.name == "dialog":
        granted = {"granted": True, "denied": False}.get(event.text("answer"))
        answer = Answer(event.text("permission"), granted, place)
        recording.answers.append(Timed(instant, answer))


def _screen(
    recording: Recording, member: Member, shown: dict[str, _Shown], pictures: Pictures
) -> None:
    told = shown.get(member.path, _Shown(instant_of(member)))
    unread = recording.unread.setdefault(member.role, [])
    screen = read_screen(recording.bundle.read(member.path), member.path, unread)
    screen = Screen(
        at=None, nodes=screen.nodes, locator=member.path, package=told.package or screen.package,
        activity=told.activity or screen.activity, read_by=screen.read_by,
    )  # fmt: skip
    recording.screens.append(Timed(told.instant, pictures.filled(screen, told.picture)))


def _package(recording: Recording, member: Member) -> None:
    manifest, unread = recording.bundle.manifest, recording.unread.setdefault(member.role, [])
    state = read_package(
        recording.bundle.read(member.path), member.path, unread,
        package=manifest.package, zone=zone_of(manifest.clock.zone),
    )  # fmt: skip
    recording.packages.append(Timed(instant_of(member), state))


def _appops(recording: Recording, member: Member) -> None:
    manifest, unread = recording.bundle.manifest, recording.unread.setdefault(member.role, [])
    uses = read_appops(
        recording.bundle.read(member.path), member.path, unread, package=manifest.package,
        taken_at=member.at, zone=zone_of(manifest.clock.zone),
    )  # fmt: skip
    recording.appops.append(Timed(instant_of(member), tuple(uses)))
