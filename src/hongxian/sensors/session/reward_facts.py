"""Rewards held out for PI: a red packet, a prize or a coupon beside the question for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.laws.permissions import load_android
from hongxian.sensors.session.screens.forms import form_fields
from hongxian.sensors.session.screens.permissions import permission_dialog
from hongxian.sensors.session.screens.words import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.facts import Fact
    from hongxian.sensors.session.about import About
    from hongxian.sensors.session.model import Screen
    from hongxian.sensors.session.recording import Timed


def reward_facts(about: About) -> Iterator[Fact]:
    """Yield each piece of PI that was asked for against a reward, once."""
    done: set[str] = set()
    for seen in about.recording.screens:
        for info in (*_fields(about, seen), *_permission(about, seen)):
            if info not in done:
                done.add(info)
                yield about.fact("prompt", seen.instant, item="reward", info=info,
                                 locator=seen.what.locator)  # fmt: skip


def _fields(about: About, seen: Timed[Screen]) -> tuple[str, ...]:
    """Return what the fields of a screen of the app ask for, when it holds out a reward."""
    own = seen.what.package == about.recording.bundle.manifest.package
    return tuple(form_fields(seen.what)) if own and _held_out(seen.what) else ()


def _permission(about: About, seen: Timed[Screen]) -> tuple[str, ...]:
    """Return what a permission gives, when a touch on a reward called its dialog up."""
    dialog = permission_dialog(seen.what)
    if dialog is None or dialog.permission is None:
        return ()
    tap = about.recording.touched_before(seen.instant)
    known = load_android().get(dialog.permission)
    lured = tap is not None and pattern("reward", "name").search(tap.text)
    return known.info if known and lured else ()


def _held_out(screen: Screen) -> bool:
    return any(pattern("reward", "name").search(node.words) for node in screen.nodes if node.words)
