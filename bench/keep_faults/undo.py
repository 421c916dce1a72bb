"""Brings back what ran in quarantine, by ``hongxian keep undo``, as the one who may approve."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .world import World

WHO = "wang"
"""Who undoes: not the operator who did it."""


def undone(world: World, since: int) -> tuple[str, str]:
    """Bring back what statements took, the newest first.

    Args:
        world: in which.
        since: the first record of evidence that can be about it.

    Returns:
        What was done, and the record that shows it; the record is empty when nothing could be done.
    """
    log = world.lane.log
    acts = [one["body"].get("act") for one in log.entries(since) if one["kind"] == "quarantined"]
    for act in reversed(acts):
        done = world.lane.person(WHO, str(act), "--yes", verb="undo")
        if done.code:
            return f"keep undo: {done.text.splitlines()[-1][:120]}", ""
    if not acts:
        return "nothing to undo", log.shown(since, ("changed",))
    return f"keep undo brought {len(acts)} back", log.shown(since, ("quarantine_undone",))
