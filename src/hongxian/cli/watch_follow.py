"""``watch --follow``: prints findings of a topic as they come, until it is told to end."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from threading import Event
from typing import TYPE_CHECKING, Any

from hongxian.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hongxian.audit.watch import Incident, Watched
    from hongxian.facts import Run
    from hongxian.sensors.traffic.sense import SensedTraffic

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def followed(sensed: SensedTraffic, asked: dict[str, Any]) -> Watched:
    """Follow a topic and return all that was found, which is kept by then.

    Args:
        sensed: the logs; one of them is a topic.
        asked: options of the verb.
    """
    from hongxian.audit.follow import Listener, follow

    keeper = Keeper(asked["store"])
    with stopping() as stop:
        watching = follow(
            sensed, asked["policy"],
            Listener(found=lambda one: tell(one, asked), keep=keeper, stopped=stop.is_set),
            jobs=asked["jobs"],
        )  # fmt: skip
    watched = watching.told(asked["documented"], learn=asked["learn_it"])
    keeper(watched)
    return watched


class Keeper:
    """Keeps what was found so far, in the place of what it kept before.

    Args:
        path: the store; ``None`` for none.
    """

    def __init__(self, path: Path | None) -> None:
        """Have kept nothing yet."""
        self._path = path
        self._run: Run | None = None

    def __call__(self, watched: Watched) -> None:
        """Keep it."""
        from hongxian.audit.watch import keep_in

        if self._path is not None:
            self._run = keep_in(self._path, watched, self._run)


def tell(one: Incident, asked: dict[str, Any]) -> None:
    """Print a finding."""
    print(line_of(one, asked["form"], asked["lang"]), flush=True)  # noqa: T201 - a result


@contextmanager
def stopping() -> Iterator[Event]:
    """Have the signals to end set an event, instead of breaking off in the middle."""
    stop = Event()
    before = {one: signal.signal(one, lambda *_: stop.set()) for one in _SIGNALS}
    try:
        yield stop
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def line_of(one: Incident, form: str, lang: str) -> str:
    """Return a finding as a line of JSON, or of text."""
    import orjson

    from hongxian.audit.watch_record import incident_record

    told = incident_record(one, lang)
    if form == "json":
        return orjson.dumps(told).decode()
    words = (told["first"], told["action_name"], told["name"], told["endpoint"],
             told["info_name"], told["principal"], told["message"], told["locator"])  # fmt: skip
    return say("watch.between", lang).join(word for word in words if word)
