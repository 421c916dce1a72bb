"""``watch --engine spark``: logs where Spark's executors are, at once or as a stream."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hongxian.audit.spark_stream import Stream
    from hongxian.audit.watch import Watched


def watched_on_spark(logs: Sequence[str], asked: dict[str, Any]) -> Watched:
    """Watch on Spark and return all that was found, which is kept by then.

    Args:
        logs: what the user named.
        asked: options of the verb.
    """
    from hongxian.audit.spark_watch import Digests, watch_on_spark
    from hongxian.facts.spark_session import session
    from hongxian.sensors.traffic.sense import open_traffic

    keeper = SparkKeeper(asked["store"])
    if asked["checkpoint"]:
        watched = _streamed(Path(logs[0]), asked, keeper)
    else:
        digests = Digests(session())
        sensed = open_traffic(logs, asked["subject"], digests=digests)
        watched = watch_on_spark(
            sensed, asked["policy"], asked["documented"], digests, learn=asked["learn_it"]
        )
    keeper(watched)
    return watched


class SparkKeeper:
    """Keeps what was found as a run of its own; the newest run of the same logs or stream counts.

    Args:
        folder: the folder of facts; ``None`` for none.

    Raises:
        HongxianError: the folder takes no facts.
    """

    def __init__(self, folder: Path | None) -> None:
        """Look whether it does."""
        from hongxian.facts.spark import SparkStore

        self._facts = SparkStore(folder) if folder is not None else None
        if self._facts:
            self._facts.check()

    def __call__(self, watched: Watched) -> None:
        """Keep it."""
        from hongxian.audit.watch import keep
        from hongxian.facts import Store

        if self._facts:
            store = Store()
            keep(store, watched)
            self._facts.keep(store)
            store.close()


def _streamed(folder: Path, asked: dict[str, Any], keeper: SparkKeeper) -> Watched:
    from hongxian.audit.spark_stream import Stream, Wanted
    from hongxian.cli.watch_follow import stopping
    from hongxian.facts.spark_session import session

    wanted = Wanted(
        policy=asked["policy"], documented=asked["documented"], subject=asked["subject"],
        learn=asked["learn_it"],
    )  # fmt: skip
    stream = Stream(session(), folder, asked["checkpoint"], wanted)
    if asked["follow"]:
        with stopping() as stop:
            _follow(stream, asked, keeper, stop.is_set)
    else:
        stream.read()
    return stream.watched()


def _follow(stream: Stream, asked: dict[str, Any], keeper: SparkKeeper, stopped: Any) -> None:
    from hongxian.cli.watch_follow import tell

    def told(watched: Watched, before: int) -> None:
        """Print the findings whose first request stands in a log of this batch."""
        for one in sorted(watched.incidents, key=lambda one: one.order):
            if one.order and one.order[0] >= before:
                tell(one, asked)
        keeper(watched)

    stream.follow(told, stopped)
