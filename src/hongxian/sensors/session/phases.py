"""The phases of a session: which moment lies before, after or too close to the person's choice."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongxian.sensors.session.clock import Clocks, Instant
from hongxian.sensors.session.screens.prompts import policy_prompt
from hongxian.sensors.session.screens.words import pattern

if TYPE_CHECKING:
    from hongxian.sensors.session.model import Mark, Screen
    from hongxian.sensors.session.recording import Recording, Timed

HAND = 1.0
"""Seconds by which a mark that a person sets can be off; ours."""

STATES = {
    "start": "before_prompt", "prompt": "prompt", "refuse": "after_refusal",
    "accept": "after_consent", "withdraw": "after_withdrawal", "update": "after_update",
    "background": "background",
}  # fmt: skip
"""Mark -> the phase that it begins; ``foreground`` goes back to the one before."""

UNDONE = ("fails", "missing")
"""Outcomes of an act, such as withdrawing, that changed nothing."""

CHOICES = ("refuse", "accept", "withdraw")
"""Borders at which the order of events decides a verdict."""


@dataclass(frozen=True, slots=True)
class Border:
    """Where a phase begins."""

    instant: Instant
    phase: str
    name: str
    """The mark, or what stood on the screen."""
    locator: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """From a mark to the next."""

    mark: Mark
    start: Instant
    end: Instant | None

    def holds(self, instant: Instant, clocks: Clocks) -> bool:
        """Return whether a moment lies in it."""
        since = clocks.apart(instant, self.start)
        left = clocks.apart(self.end, instant) if self.end else (1.0, 0.0)
        return since is not None and left is not None and since[0] >= 0 < left[0]


class Phases:
    """The borders of a session, in order.

    Args:
        borders: in the order of time.
        clocks: how the clocks stand.
    """

    def __init__(self, borders: list[Border], clocks: Clocks) -> None:
        """Index the borders by the host's clock."""
        self.borders, self.clocks = borders, clocks
        self._at = [clocks.seconds(border.instant) or 0.0 for border in borders]

    def of(self, instant: Instant) -> tuple[str, str | None]:
        """Return the phase of a moment, and the choice to which it is too close to tell."""
        at = self.clocks.seconds(instant)
        if at is None:
            return "unknown", None
        for border in self.borders:
            if border.name in CHOICES:
                gap = self.clocks.apart(instant, border.instant)
                if gap is not None and abs(gap[0]) < gap[1]:
                    return "unknown", border.name
        place = bisect_right(self._at, at)
        return (self.borders[place - 1].phase if place else "unknown"), None

    def first(self, name: str) -> Border | None:
        """Return the first border of a name."""
        return next((border for border in self.borders if border.name == name), None)


def find_phases(recording: Recording) -> Phases:
    """Return the phases that marks, screens and touches set."""
    borders = [
        Border(_instant(recording, segment), STATES[segment.mark.name], segment.mark.name,
               segment.mark.locator)
        for segment in segments(recording)
        if segment.mark.name in STATES and segment.mark.detail.get("outcome") not in UNDONE
    ]  # fmt: skip
    borders += _back(recording, borders)
    if not any(border.name == "prompt" for border in borders):
        borders += _seen_prompt(recording, borders)
    if not any(border.name == "accept" for border in borders):
        borders += _touched(recording, "agree", "accept")
    if not any(border.name == "refuse" for border in borders):
        borders += _touched(recording, "refuse", "refuse")
    borders.sort(key=lambda border: recording.clocks.seconds(border.instant) or 0.0)
    return Phases(_without_prompts_after_refusal(borders), recording.clocks)


def segments(recording: Recording) -> list[Segment]:
    """Return the stretches from each mark to the next."""
    ends = [*(mark.instant for mark in recording.marks[1:]), None]
    pairs = zip(recording.marks, ends, strict=False)
    return [Segment(mark.what, mark.instant, end) for mark, end in pairs]


def opened_at(recording: Recording, instant: Instant) -> Segment | None:
    """Return the stretch in which an application inside the app was open, if a moment is in one."""
    for part in segments(recording):
        if part.mark.name == "third_party" and part.holds(instant, recording.clocks):
            return part
    return None


def _instant(recording: Recording, segment: Segment) -> Instant:
    """Return when a choice fell: the touch, else between two screens, else the mark."""
    words = {"accept": "agree", "refuse": "refuse"}.get(segment.mark.name)
    if words is None:
        return segment.start
    early = Instant(
        None if segment.start.device is None else segment.start.device - 2 * HAND,
        None if segment.start.host is None else segment.start.host - 2 * HAND,
    )
    touched = [
        tap for tap in recording.between(early, segment.end, recording.taps)
        if pattern("policy", words).search(tap.what.text.strip())
    ]  # fmt: skip
    if touched:
        return touched[0].instant
    gone = _gone(recording, segment)
    return gone or Instant(segment.start.device, segment.start.host, HAND)


def _gone(recording: Recording, segment: Segment) -> Instant | None:
    """Return the middle between the last screen with the prompt and the first without it."""
    asked: Timed[Screen] | None = None
    for seen in recording.screens:
        at = recording.clocks.apart(seen.instant, segment.start)
        if at is None:
            continue
        if policy_prompt(seen.what):
            asked = seen
        elif asked is not None and at[0] >= -HAND:
            return _middle(recording.clocks, asked.instant, seen.instant)
    return None


def _middle(clocks: Clocks, one: Instant, other: Instant) -> Instant | None:
    gap = clocks.apart(other, one)
    if gap is None or gap[0] < 0:
        return None
    half = gap[0] / 2
    return Instant(
        None if one.device is None else one.device + half,
        None if one.host is None else one.host + half, half,
    )  # fmt: skip


def _back(recording: Recording, borders: list[Border]) -> list[Border]:
    """Return the borders at which the app came back to the front."""
    found = []
    for mark in recording.marks:
        if mark.what.name == "foreground":
            at = recording.clocks.seconds(mark.instant) or 0.0
            before = [
                b for b in borders
                if b.phase != "background" and (recording.clocks.seconds(b.instant) or 0.0) <= at
            ]  # fmt: skip
            phase = before[-1].phase if before else "unknown"
            found.append(Border(mark.instant, phase, "foreground", mark.what.locator))
    return found


def _seen_prompt(recording: Recording, borders: list[Border]) -> list[Border]:
    """Return the first screen that puts the policy before the person, before any choice."""
    chosen = [recording.clocks.seconds(b.instant) or 0.0 for b in borders if b.name in CHOICES]
    latest = min(chosen, default=float("inf"))
    for seen in recording.screens:
        at = recording.clocks.seconds(seen.instant)
        if at is not None and at <= latest and policy_prompt(seen.what):
            return [Border(seen.instant, "prompt", "prompt", seen.what.locator)]
    return []


def _touched(recording: Recording, words: str, name: str) -> list[Border]:
    """Return the first touch of a button of the prompt, where the tester set no mark."""
    wanted = pattern("policy", words)
    for tap in recording.taps:
        if wanted.search(tap.what.text.strip()) and _prompt_before(recording, tap.instant):
            return [Border(tap.instant, STATES[name], name, tap.what.locator)]
    return []


def _prompt_before(recording: Recording, instant: Instant) -> bool:
    earlier = [
        seen for seen in recording.screens
        if (gap := recording.clocks.apart(seen.instant, instant)) is not None and gap[0] <= 0
    ]  # fmt: skip
    return bool(earlier) and policy_prompt(earlier[-1].what) is not None


def _without_prompts_after_refusal(borders: list[Border]) -> list[Border]:
    """Leave out later prompts: who has refused has refused until an answer changes that."""
    kept: list[Border] = []
    for border in borders:
        late = border.name == "prompt" and any(one.name in CHOICES for one in kept)
        if not late:
            kept.append(border)
    return kept
