"""The policy before the person: prompts, buttons, ticked boxes, consent, refusal, withdrawal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.sensors.session.phases import segments
from hongxian.sensors.session.screens.prompts import policy_prompt, shows_policy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.facts import Fact
    from hongxian.sensors.session.about import About
    from hongxian.sensors.session.clock import Instant
    from hongxian.sensors.session.model import Screen
    from hongxian.sensors.session.recording import Timed
    from hongxian.sensors.session.screens.prompts import PolicyPrompt

APART = 2.0
"""Two screens with the prompt that lie closer are one prompt; seconds, ours."""


def choice_facts(about: About) -> Iterator[Fact]:
    """Yield prompts and what the person answered."""
    yield from _prompt_facts(about)
    yield from _answer_facts(about)
    yield from _main_screen(about)
    yield from _policy_link(about)


def _prompt_facts(about: About) -> Iterator[Fact]:
    for number, (seen, prompt) in enumerate(_prompts(about)):
        phase = "prompt" if number == 0 else about.phases.of(seen.instant)[0]
        updated = phase == "after_update"
        trigger = about.recording.trigger(seen.instant)
        yield about.fact(
            "prompt", seen.instant, item="update" if updated else "policy", phase=phase,
            outcome="clear", locator=seen.what.locator,
            detail={"links": list(prompt.links), "characters": prompt.characters,
                    "read_by": seen.what.read_by, "trigger": trigger},
        )  # fmt: skip
        if not updated:
            yield about.fact(
            "request", seen.instant, item="policy", amount=1, unit="prompt", phase=phase,
            locator=seen.what.locator, detail={"trigger": trigger},
        )  # fmt: skip
        if number == 0:
            yield from _controls(about, seen, prompt)


def _prompts(about: About) -> Iterator[tuple[Timed[Screen], PolicyPrompt]]:
    """Yield the screens at which the prompt came up, not those on which it just stayed."""
    standing = False
    for seen in about.recording.screens:
        prompt = policy_prompt(seen.what)
        if prompt and not standing:
            yield seen, prompt
        standing = prompt is not None


def _controls(about: About, seen: Timed[Screen], prompt: PolicyPrompt) -> Iterator[Fact]:
    for item, node in (("agree_button", prompt.agree), ("refuse_button", prompt.refuse)):
        yield about.fact(
            "control", seen.instant, item=item, phase="prompt", locator=seen.what.locator,
            outcome="works" if node and node.enabled else "missing",
        )  # fmt: skip
    if prompt.boxes:
        yield about.fact(
            "state", seen.instant, item="consent_box", phase="prompt", locator=seen.what.locator,
            outcome="checked" if prompt.ticked else "unchecked",
        )  # fmt: skip


def _answer_facts(about: About) -> Iterator[Fact]:
    for border in about.phases.borders:
        place = border.locator
        if border.name == "accept":
            yield about.fact("consent", border.instant, item="policy", phase=border.phase,
                             outcome="express", locator=place)  # fmt: skip
        elif border.name == "refuse":
            yield about.fact("refuse", border.instant, item="policy", phase=border.phase,
                             locator=place)  # fmt: skip
    for segment in segments(about.recording):
        outcome = segment.mark.detail.get("outcome")
        if segment.mark.name == "withdraw" and outcome in (None, "works"):
            yield about.fact("withdraw", segment.start, item="policy", phase="after_withdrawal",
                             locator=segment.mark.locator)  # fmt: skip


def _main_screen(about: About) -> Iterator[Fact]:
    """Yield the first sight of the main screen: that from which the policy was looked for."""
    activity = _main_activity(about)
    if activity is None:
        return
    for seen in about.recording.screens:
        if seen.what.activity == activity and policy_prompt(seen.what) is None:
            yield about.fact("state", seen.instant, item="main_screen", outcome="visible",
                             locator=seen.what.locator)  # fmt: skip
            return


def _main_activity(about: About) -> str | None:
    """Return the activity in front when the tester set out from the main screen."""
    for segment in segments(about.recording):
        if segment.mark.name == "open_policy":
            seen = _last_before(about, segment.start)
            return seen.what.activity if seen else None
    return None


def _last_before(about: About, instant: Instant) -> Timed[Screen] | None:
    earlier = [
        seen for seen in about.recording.screens
        if (gap := about.recording.clocks.apart(seen.instant, instant)) and gap[0] <= 0
    ]  # fmt: skip
    return earlier[-1] if earlier else None


def _policy_link(about: About) -> Iterator[Fact]:
    """Yield whether the policy opens from the main screen, and by how many touches."""
    for segment in segments(about.recording):
        if segment.mark.name != "open_policy":
            continue
        taps, outcome = segment.mark.detail.get("taps"), segment.mark.detail.get("outcome")
        shown = [
            seen for seen in about.recording.between(
                segment.start, segment.end, about.recording.screens
            ) if shows_policy(seen.what)
        ]  # fmt: skip
        if shown:
            touched = about.recording.between(segment.start, shown[0].instant, about.recording.taps)
            taps, outcome = len(touched) or taps, "works"
        if outcome in ("works", "fails", "missing"):
            counted = isinstance(taps, int) and outcome == "works"
            yield about.fact(
                "control", segment.start, item="policy_link", outcome=outcome,
                amount=taps if counted else None, unit="tap" if counted else None,
                locator=shown[0].what.locator if shown else segment.mark.locator,
            )  # fmt: skip
