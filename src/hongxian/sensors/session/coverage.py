"""How far a session went: scope by scope, from its marks and from what its tools recorded."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hongxian.facts import Coverage, Reason
from hongxian.sensors.session.phases import Segment, segments

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hongxian.sensors.session.recording import Recording

STARTED, WATCHED, BEHIND = 5.0, 5.0, 30.0
"""Seconds that a start, an answer and the background must be watched at least; ours."""

SCOPES = (
    "session.start", "session.refuse", "session.accept", "session.functions", "session.deny",
    "session.background", "session.withdraw", "session.rights", "session.update",
    "session.third_party", "session.screens", "session.hooks", "session.network",
)  # fmt: skip
RIGHTS = ("correct", "delete", "cancel_account")
TOOLS = {"session.screens": "screen", "session.hooks": "hooks", "session.network": "network"}
"""Scope -> role of the members that cover it."""


@dataclass(slots=True)
class Reach:
    """How far one scope was looked at."""

    status: str = "not_run"
    reasons: list[Reason] = field(default_factory=list)

    def fall(self, *reasons: Reason) -> None:
        """Note why a part is missing."""
        self.reasons += reasons
        if reasons and self.status == "ran":
            self.status = "partial"


def reaches(recording: Recording, read: Mapping[str, int]) -> dict[str, Reach]:
    """Return how far each scope was looked at.

    Args:
        recording: the session.
        read: role -> how many screens, calls or flows were read.
    """
    parts = segments(recording)
    found = {scope: _acted(scope, parts, recording) for scope in TOOLS_LEFT}
    for scope, role in TOOLS.items():
        found[scope] = _recorded(recording, role, read.get(role, 0))
    broken = recording.unread.get("timeline", [])
    for scope in TOOLS_LEFT:
        found[scope].fall(*broken)
    if not parts:
        for scope in TOOLS_LEFT:
            found[scope].reasons = [Reason("session.no_marks"), *broken]
    return found


def coverage(
    subject: str, artefact: str, found: Mapping[str, Reach], detail: Mapping[str, object]
) -> list[Coverage]:
    """Return the rows of coverage.

    Args:
        subject: what is audited.
        artefact: sha256 of the bundle.
        found: scope -> how far it was looked at.
        detail: what every row tells of the bundle.
    """
    return [
        Coverage(
            subject=subject, scope=scope, status=reach.status, artefact=artefact,
            detail=dict(detail), reasons=() if reach.status == "ran" else _told(reach),
        )
        for scope, reach in found.items()
    ]  # fmt: skip


TOOLS_LEFT = tuple(scope for scope in SCOPES if scope not in TOOLS)


def _told(reach: Reach) -> tuple[Reason, ...]:
    return tuple(dict.fromkeys(reach.reasons)) or (Reason("session.not_done"),)


def _recorded(recording: Recording, role: str, read: int) -> Reach:
    """Return how far a tool recorded."""
    members = recording.bundle.manifest.of_role(role)
    if not members:
        return Reach("not_run", [Reason(f"session.no_{role}")])
    unread = recording.unread.get(role, [])
    whole = [member for member in members if member.path not in recording.bundle.bad]
    if not whole or (not read and unread):
        return Reach("not_run", list(unread))
    reach = Reach("ran")
    reach.fall(*unread)
    if role in recording.lost:
        reach.fall(Reason("session.lost", {"tool": role}))
    return reach


def _acted(scope: str, parts: list[Segment], recording: Recording) -> Reach:
    judge, names = _ACTS[scope]
    mine = [part for part in parts if part.mark.name in names]
    if not mine:
        return Reach("not_run", [Reason("session.not_marked", {"marks": ", ".join(names)})])
    return judge(mine, recording)


def _long(seconds: float) -> Callable[[list[Segment], Recording], Reach]:
    """Require that what follows the mark was watched for so long."""

    def judge(mine: list[Segment], recording: Recording) -> Reach:
        reach = Reach("ran")
        longest = max((_length(part, recording) for part in mine), default=0.0)
        if longest < seconds:
            values = {"seconds": round(longest, 1), "least": seconds}
            reach.fall(Reason("session.short", values))
        return reach

    return judge


def _length(part: Segment, recording: Recording) -> float:
    """Return for how long a stretch lasted; the last one ends with the last thing recorded."""
    if part.end is not None:
        gap = recording.clocks.apart(part.end, part.start)
        return gap[0] if gap else 0.0
    times = [recording.clocks.apart(seen.instant, part.start) for seen in recording.screens]
    return max((gap[0] for gap in times if gap), default=0.0)


def _any(mine: list[Segment], recording: Recording) -> Reach:
    del mine, recording
    return Reach("ran")


def _rights(mine: list[Segment], recording: Recording) -> Reach:
    del recording
    reach = Reach("ran")
    left = [name for name in RIGHTS if not any(part.mark.name == name for part in mine)]
    if left:
        reach.fall(Reason("session.not_marked", {"marks": ", ".join(left)}))
    return reach


_ACTS: dict[str, tuple[Callable[[list[Segment], Recording], Reach], tuple[str, ...]]] = {
    "session.start": (_long(STARTED), ("start",)),
    "session.refuse": (_long(WATCHED), ("refuse",)),
    "session.accept": (_long(WATCHED), ("accept",)),
    "session.functions": (_any, ("function",)),
    "session.deny": (_any, ("deny",)),
    "session.background": (_long(BEHIND), ("background",)),
    "session.withdraw": (_long(WATCHED), ("withdraw",)),
    "session.rights": (_rights, RIGHTS),
    "session.update": (_any, ("update",)),
    "session.third_party": (_any, ("third_party",)),
}
