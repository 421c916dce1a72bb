"""Separate consent: who was to get which PI, as a screen asked, and what the person answered.

PIPL articles 23 and 29 ask for it before PI goes to another party, and for sensitive PI.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hongxian.sensors.session.phases import opened_at, segments
from hongxian.sensors.session.screens.prompts import policy_prompt
from hongxian.sensors.session.screens.separate import SeparatePrompt, Wanted, separate_prompt
from hongxian.sensors.session.screens.words import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.facts import Fact
    from hongxian.sensors.session.about import About
    from hongxian.sensors.session.clock import Instant
    from hongxian.sensors.session.model import Screen, Tap
    from hongxian.sensors.session.recording import Timed


class _Asked(NamedTuple):
    seen: Timed[Screen]
    prompt: SeparatePrompt
    until: Instant | None
    """When another screen took its place."""


def separate_facts(about: About) -> Iterator[Fact]:
    """Yield questions for separate consent and their answers, and notices of third parties."""
    for asked in _asked(about):
        wanted = _wanted(about, asked)
        answer, tap = _answer(about, asked)
        for one in wanted:
            columns = {"info": one.info or None, "recipient": one.recipient}
            yield about.fact("prompt", asked.seen.instant, item="separate", outcome="clear",
                             locator=asked.seen.what.locator, **columns)  # fmt: skip
            if tap is None:
                continue
            outcome = "express" if answer == "consent" else None
            yield about.fact(answer, tap.instant, item="separate", outcome=outcome,
                             locator=tap.what.locator, **columns)  # fmt: skip
    yield from _notices(about)


def _asked(about: About) -> Iterator[_Asked]:
    """Yield each question once, for as long as it stood."""
    screens = about.recording.screens
    standing: SeparatePrompt | None = None
    for place, seen in enumerate(screens):
        prompt = separate_prompt(seen.what)
        if prompt and prompt != standing:
            later = (s.instant for s in screens[place + 1 :] if separate_prompt(s.what) != prompt)
            yield _Asked(seen, prompt, next(later, None))
        standing = prompt


def _wanted(about: About, asked: _Asked) -> tuple[Wanted, ...]:
    """Return what was asked for; an application inside the app is called as the mark calls it."""
    part = opened_at(about.recording, asked.seen.instant)
    found = asked.prompt.wanted or (Wanted("", "third_party"),)
    thing = part.mark.detail.get("thing") if part else None
    if not isinstance(thing, str):
        return found
    own = {Wanted(one.info, thing) for one in found if one.recipient in _UNNAMED}
    return tuple(sorted({*found, *own}))


_UNNAMED = ("first_party", "third_party")
"""Recipients that a question inside an opened application can only mean itself by."""


def _answer(about: About, asked: _Asked) -> tuple[str, Timed[Tap] | None]:
    """Return ``consent`` or ``refuse`` with the touch that said so."""
    for tap in about.recording.between(asked.seen.instant, asked.until, about.recording.taps):
        words = tap.what.text.strip()
        if pattern("separate", "agree").search(words):
            return "consent", tap
        if pattern("separate", "refuse").search(words):
            return "refuse", tap
    return "", None


def _notices(about: About) -> Iterator[Fact]:
    """Yield that the person was told before an application of another party opened."""
    for part in segments(about.recording):
        if part.mark.name != "third_party":
            continue
        screens = about.recording.between(part.start, part.end, about.recording.screens)
        for seen in screens:
            texts = " ".join(node.words for node in seen.what.nodes)
            if policy_prompt(seen.what) is None and pattern("third_party", "name").search(texts):
                yield about.fact("prompt", seen.instant, item="third_party", outcome="clear",
                                 locator=seen.what.locator,
                                 detail={"about": part.mark.detail.get("thing")})  # fmt: skip
                break
