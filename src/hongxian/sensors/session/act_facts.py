"""What the person tried: functions after a refusal, rights, switches and grants over an update."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.sensors.session.phases import Segment, segments

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.facts import Fact
    from hongxian.sensors.session.about import About
    from hongxian.sensors.session.device import Installed
    from hongxian.sensors.session.recording import Timed

CONTROLS = {
    "correct": "correct", "delete": "delete", "cancel_account": "cancel_account",
    "withdraw": "withdraw_consent", "personalised_off": "personalised_off",
}  # fmt: skip
"""Mark -> the control that the person tried."""
LEFT = 10.0
"""Seconds after a denial within which an app that is gone has left because of it; ours."""
_SWITCH = ("Switch", "SwitchCompat", "SwitchMaterial", "ToggleButton")


def act_facts(about: About) -> Iterator[Fact]:
    """Yield functions tried, controls used, settings and grants."""
    parts = segments(about.recording)
    for part in parts:
        if part.mark.name == "function":
            yield from _function(about, part)
        elif part.mark.name in CONTROLS:
            yield from _control(about, part)
        elif part.mark.name in ("refuse", "deny"):
            yield from _left(about, part)
    if any(part.mark.name == "update" for part in parts):
        yield from _grants(about)
        yield from _settings(about)


def _function(about: About, part: Segment) -> Iterator[Fact]:
    told = part.mark.detail
    outcome, refused = told.get("outcome"), told.get("refused")
    if outcome not in ("available", "blocked"):
        return
    kind = told.get("kind") if told.get("kind") in ("basic", "existing") else "extended"
    item = kind if kind != "extended" else str(told.get("thing", "extended"))
    phase = {"phase": "after_refusal"} if refused and kind != "existing" else {}
    detail: dict[str, object] = {"function": str(told.get("thing", ""))}
    if isinstance(refused, str):
        detail["refused"] = refused
    if told.get("replaced") is True:
        detail["replaced"] = True
    yield about.fact("function", part.start, item=item, outcome=outcome,
                     locator=part.mark.locator, detail=detail, **phase)  # fmt: skip


def _control(about: About, part: Segment) -> Iterator[Fact]:
    outcome, taps = part.mark.detail.get("outcome"), part.mark.detail.get("taps")
    if outcome in ("works", "fails", "missing"):
        counted = isinstance(taps, int) and not isinstance(taps, bool)
        yield about.fact(
            "control", part.start, item=CONTROLS[part.mark.name], outcome=outcome,
            amount=taps if counted else None, unit="tap" if counted else None,
            locator=part.mark.locator,
        )  # fmt: skip


def _left(about: About, part: Segment) -> Iterator[Fact]:
    """Yield that the app left the front of its own accord after a refusal."""
    refused = "policy" if part.mark.name == "refuse" else part.mark.detail.get("permission")
    if not isinstance(refused, str):
        return
    own = about.recording.bundle.manifest.package
    screens = about.recording.between(part.start, part.end, about.recording.screens)
    was_there = any(seen.what.package == own for seen in about.recording.screens)
    for seen in screens:
        gap = about.recording.clocks.apart(seen.instant, part.start)
        home = "launcher" in seen.what.package or seen.what.package.endswith(".home")
        if was_there and home and gap is not None and gap[0] <= LEFT:
            yield about.fact(
                "function", seen.instant, item="basic", outcome="blocked", phase="after_refusal",
                locator=seen.what.locator, detail={"refused": refused, "left": True},
            )  # fmt: skip
            return


def _grants(about: About) -> Iterator[Fact]:
    """Yield how permissions stood at each look: rule 3.5 compares those around an update."""
    for state in about.recording.packages:
        for name, granted in _runtime(state).items():
            yield about.fact(
                "state", state.instant, item=name, outcome="granted" if granted else "denied",
                locator=state.what.locator,
            )  # fmt: skip


def _runtime(state: Timed[Installed]) -> dict[str, bool]:
    return {one.name: one.granted for one in state.what.grants if one.kind == "runtime"}


def _settings(about: About) -> Iterator[Fact]:
    """Yield how the app's own switches stood on each screen that showed them."""
    own = about.recording.bundle.manifest.package
    last: dict[str, tuple[bool, str]] = {}
    for seen in about.recording.screens:
        if seen.what.package != own:
            continue
        phase = about.phases.of(seen.instant)[0]
        label = ""
        for node in seen.what.nodes:
            if not node.kind.endswith(_SWITCH):
                label = node.words or label
                continue
            name = f"setting:{node.words or label}"
            if last.get(name) != (node.checked, phase) and name != "setting:":
                last[name] = (node.checked, phase)
                yield about.fact(
                    "state", seen.instant, item=name, locator=seen.what.locator,
                    outcome="checked" if node.checked else "unchecked",
                )  # fmt: skip
