"""A folder of logs as a stream: Spark says which files are new, a batch at a time.

Each batch is read and judged as :mod:`hongxian.audit.spark_watch` does, by judges that go on where
they were behind the batch before. Their state is written before Spark counts the batch as done; a
batch that breaks off is done again from the state before it, so that every file counts once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hongxian.audit.spark_stream_state import Checkpoint, StreamState, plain
from hongxian.audit.spark_watch import SIZE, Bench, Digests, Pieces, counted, judge
from hongxian.audit.watch_endpoint import Court
from hongxian.audit.watch_merge import merged
from hongxian.facts.spark_session import plainly
from hongxian.guards.gate.policy import GatePolicy
from hongxian.sensors.traffic.readers import Log
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyspark.sql import DataFrame, SparkSession

    from hongxian.audit.spark_watch import Judged
    from hongxian.audit.watch import Watched
    from hongxian.sensors.traffic.openapi import Documented
    from hongxian.sensors.traffic.sense import SensedTraffic

EVERY = "10 seconds"
"""How often a stream that is followed looks for new files."""
_FILES = "path string, modificationTime timestamp_ltz, length bigint, content binary"
"""What Spark's source of files tells of each; only the path is read."""
_JUDGES = "endpoint string, told binary, memory binary"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is wanted of a stream."""

    policy: GatePolicy | None = None
    documented: list[Documented] | None = None
    subject: str | None = None
    learn: bool = False
    files: int | None = None
    """Files of a batch at most."""
    size: int = SIZE
    """Bytes of a log that are a task."""


class Stream:
    """A folder that is read as a stream.

    Args:
        spark: the session.
        folder: where logs are put, each whole at once; folders within it count too.
        checkpoint: where the stream keeps how far it is.
        wanted: what is wanted.

    Raises:
        HongxianError: the folder is none, or the checkpoint cannot be written.
    """

    def __init__(self, spark: SparkSession, folder: Path, checkpoint: Path, wanted: Wanted) -> None:
        """Open the checkpoint."""
        if not folder.is_dir():
            raise WordedError("watch_stream_folder", folder)
        self._spark = spark
        self._folder = folder.absolute()
        self._kept = Checkpoint(checkpoint)
        self._wanted = wanted
        self._court = Court(policy=wanted.policy or GatePolicy(), secret=self._kept.secret,
                            salt=self._kept.salt, learn=wanted.learn)  # fmt: skip
        self._told: Callable[[Watched, int], None] = lambda *_: None

    def read(self) -> None:
        """Read all files that were not read yet."""
        with plainly():
            self._query(availableNow=True).awaitTermination()

    def follow(self, told: Callable[[Watched, int], None], stopped: Callable[[], bool]) -> None:
        """Read files as they come, until told to stop; the batch at hand is finished.

        Args:
            told: takes all that was found after each batch, and how many logs were read before
                it; the batch counts as done when it has returned.
            stopped: tells whether to end.
        """
        self._told = told
        with plainly():
            query = self._query(processingTime=EVERY)
            while query.isActive and not stopped():
                query.awaitTermination(1)
            while query.isActive and query.status["isTriggerActive"]:
                query.awaitTermination(1)
            failure = query.exception()
            query.stop()
            if failure is not None:
                raise failure

    def watched(self) -> Watched:
        """Return all that was found since the stream began."""
        return self._merged(self._kept.load())

    def _query(self, **trigger: Any) -> Any:
        found = self._spark.readStream.format("binaryFile").option("recursiveFileLookup", "true")
        if self._wanted.files:
            found = found.option("maxFilesPerTrigger", self._wanted.files)
        paths = found.schema(_FILES).load(str(self._folder)).select("path")
        writer = paths.writeStream.foreachBatch(self._batch)
        return writer.option("checkpointLocation", self._kept.spark).trigger(**trigger).start()

    def _batch(self, found: DataFrame, batch: int) -> None:
        """Read and judge a batch of files."""
        paths = [Path(plain(row["path"])) for row in found.collect()]
        state = self._kept.load(before=batch)
        digests = Digests(self._spark, self._wanted.size)
        logs = [Log(path) for path in sorted(paths) if path.name[0] != "."]
        digests([log.path for log in logs])
        before = len(state.logs)
        self._judged(state, Pieces(digests, logs), batch)
        self._told(self._merged(state), before)
        self._kept.keep(state)

    def _judged(self, state: StreamState, reading: Pieces, batch: int) -> None:
        found = reading.read(self._court)
        sensed = replace(self._sensed(state), logs=reading.logs)
        named = counted(sensed, reading, found, state.templates, len(state.logs))
        chunks = found.mapPartitions(named)
        if state.batch >= 0:
            chunks = chunks.union(self._judges(state.batch).map(_remembered))
        told = judge(chunks, Bench(court=self._court, remember=True))
        rows = self._spark.createDataFrame(told.map(_row), _JUDGES)
        rows.write.mode("overwrite").parquet(self._kept.judges(batch))
        found.unpersist()
        state.batch = batch
        state.logs += reading.logs

    def _sensed(self, state: StreamState) -> SensedTraffic:
        return state.sensed(self._kept.name, self._court.salt, self._wanted.subject)

    def _judges(self, batch: int) -> Any:
        rows = self._spark.read.schema(_JUDGES).parquet(self._kept.judges(batch)).rdd
        return rows.map(_judged_row)

    def _merged(self, state: StreamState) -> Watched:
        """Return what was found up to a state; its inventory gets flows, and is not kept so."""
        told = self._judges(state.batch).map(_without_memory).collect() if state.batch >= 0 else []
        sensed = replace(self._sensed(state), inventory=state.copied())
        return merged(sensed, self._court, sorted(told), self._wanted.documented)


def _row(one: Judged) -> tuple[str, bytearray, bytearray]:
    return one[0], bytearray(one[1]), bytearray(one[2])


def _judged_row(row: Any) -> Judged:
    return row["endpoint"], bytes(row["told"]), bytes(row["memory"])


def _without_memory(one: Judged) -> Judged:
    return one[0], one[1], b""


def _remembered(one: Judged) -> Any:
    """Return what was found before as what stands before all requests of its endpoint."""
    return (one[0], (-1, 0, 0)), one[1:]
