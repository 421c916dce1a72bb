"""Follows a topic: findings are told as they come, and offsets move on behind what is kept."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongxian.audit.watch import Watching
from hongxian.sensors.traffic.sense import Sensing

if TYPE_CHECKING:
    from collections.abc import Callable

    from hongxian.audit.watch import Incident, Watched
    from hongxian.guards.gate.policy import GatePolicy
    from hongxian.sensors.traffic.sense import SensedTraffic
    from hongxian.sensors.traffic.topics.topic import Topic

EVERY = 60.0
"""Seconds after which what was found is kept and the group's offsets move on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """Whom a follower tells."""

    found: Callable[[Incident], None]
    """Takes each finding when it is made first."""
    keep: Callable[[Watched], None]
    """Keeps all that was found so far; offsets are committed when it has returned."""
    stopped: Callable[[], bool]
    """Tells whether to end."""


def follow(
    sensed: SensedTraffic, policy: GatePolicy | None, listener: Listener, every: float = EVERY,
    jobs: int | None = None,
) -> Watching:  # fmt: skip
    """Read files to their end, then a topic until told to stop.

    Args:
        sensed: the logs; the last of them is the topic.
        policy: what the gate is told.
        listener: whom to tell.
        every: seconds after which what was found is kept.
        jobs: processes that read files; ``None`` for as many as there are cores, when a log is
            large.

    Returns:
        All that was found; the last of it is neither kept nor committed yet.
    """
    watching = Watching(sensed, policy)
    sensing = Sensing(sensed, watching.gate.secret, jobs, hashed=watching.hashed)
    told = 0
    try:
        for log in sensed.in_order():
            if log not in sensed.topics:
                for seen in sensing.log(log):
                    watching.take(seen)
        for topic in sensed.topics:
            last = time.monotonic()
            for batch in topic.batches(listener.stopped):
                for seen in sensing.records(topic, batch):
                    watching.take(seen)
                told = _news(watching, told, listener)
                if time.monotonic() - last >= every:
                    settle(watching, topic, listener)
                    last = time.monotonic()
    finally:
        sensing.close()
    _news(watching, told, listener)
    return watching


def settle(watching: Watching, topic: Topic, listener: Listener) -> None:
    """Keep what was found, and only then let the group's offsets move on."""
    listener.keep(watching.told())
    topic.commit()


def _news(watching: Watching, told: int, listener: Listener) -> int:
    """Tell of the findings that were not told yet; return how many there are."""
    if len(watching.kept) == told:
        return told
    found = list(watching.kept.values())
    for one in found[told:]:
        listener.found(one)
    return len(found)
