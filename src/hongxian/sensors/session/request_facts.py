"""What was asked for: permissions in the system's dialogs and PI in forms, and what was told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongxian.info import load_types
from hongxian.sensors.session.phases import Segment, segments
from hongxian.sensors.session.screens.forms import form_fields
from hongxian.sensors.session.screens.permissions import permission_dialog, told_purposes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.facts import Fact
    from hongxian.sensors.session.about import About
    from hongxian.sensors.session.clock import Instant
    from hongxian.sensors.session.recording import Answer, Timed

WAIT = 30.0
"""An answer belongs to the dialog that came up at most so many seconds before; ours."""
FLOWS = ("correct", "delete", "cancel_account")


@dataclass(frozen=True, slots=True)
class _Asked:
    permission: str
    instant: Instant
    together: int
    locator: str


def request_facts(about: About) -> Iterator[Fact]:
    """Yield requests for permissions and form fields, and the purposes told."""
    parts = segments(about.recording)
    yield from _permission_facts(about)
    yield from _field_facts(about, parts)
    yield from _purpose_facts(about)


def _permission_facts(about: About) -> Iterator[Fact]:
    used: set[int] = set()
    for asked in _asked(about):
        answer = _answer(about, asked, used)
        granted = answer.what.granted if answer else None
        outcome = {True: "granted", False: "denied"}.get(granted) if granted is not None else None
        yield about.fact(
            "request", asked.instant, item=asked.permission, amount=asked.together,
            unit="permission", outcome=outcome, locator=asked.locator,
            detail={"trigger": about.recording.trigger(asked.instant)},
        )  # fmt: skip
        if answer is None or granted is None:
            continue
        kind = "consent" if granted else "refuse"
        phase = "after_consent" if granted else "after_refusal"
        yield about.fact(
            kind, answer.instant, item=asked.permission, phase=phase, locator=answer.what.locator
        )


def _asked(about: About) -> list[_Asked]:
    """Return the dialogs in the order of time, each once for as long as it stood."""
    found: list[_Asked] = []
    standing: str | None = None
    for seen in about.recording.screens:
        dialog = permission_dialog(seen.what)
        name = dialog.permission if dialog else None
        if dialog and name and name != standing:
            found.append(_Asked(name, seen.instant, dialog.together, seen.what.locator))
        standing = name
    dumped = {one.permission for one in found}
    found += [  # written down by the recorder, without a dump
        _Asked(answer.what.permission, answer.instant, 1, answer.what.locator)
        for answer in about.recording.answers
        if answer.what.permission and answer.what.permission not in dumped
    ]
    return found


def _answer(about: About, asked: _Asked, used: set[int]) -> Timed[Answer] | None:
    for place, answer in enumerate(about.recording.answers):
        gap = about.recording.clocks.apart(answer.instant, asked.instant)
        near = gap is not None and 0 <= gap[0] <= WAIT
        if place not in used and near and answer.what.permission == asked.permission:
            used.add(place)
            return answer
    return None


def _field_facts(about: About, parts: list[Segment]) -> Iterator[Fact]:
    known = load_types()
    for part in parts:
        flow = {"flow": part.mark.name} if part.mark.name in FLOWS else {}
        done: set[str] = set()
        for seen in about.recording.between(part.start, part.end, about.recording.screens):
            if seen.what.package != about.recording.bundle.manifest.package:
                continue
            for info in form_fields(seen.what):
                if info in known and info not in done:
                    done.add(info)
                    yield about.fact(
                        "request", seen.instant, item=f"field:{info}", info=info, amount=1,
                        unit="field", locator=seen.what.locator, detail=flow,
                    )  # fmt: skip


def _purpose_facts(about: About) -> Iterator[Fact]:
    told: set[tuple[str, bool]] = set()
    for seen in about.recording.screens:
        now = {(one.permission, one.vague) for one in told_purposes(seen.what)}
        for permission, vague in sorted(now - told):
            yield about.fact(
                "prompt", seen.instant, item="purpose", outcome="vague" if vague else "clear",
                locator=seen.what.locator, detail={"about": permission},
            )  # fmt: skip
        told = now
