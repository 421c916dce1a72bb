"""A topic while it is read: batches of records, in the order of their times."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from hongxian.facts.reason import Reason
from hongxian.sensors.traffic.readers.read import Log
from hongxian.sensors.traffic.topics.brokers import Brokers
from hongxian.sensors.traffic.topics.order import Order, Record
from hongxian.sensors.traffic.topics.records import is_request
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from hongxian.sensors.traffic.topics.address import TopicAddress
    from hongxian.sensors.traffic.topics.brokers import Span

BATCH = 4_000
"""Records that are asked for at a time."""
WAIT = 0.5
"""Seconds to wait for them."""
IDLE = 1.0
"""Seconds without a record after which none is waited for."""
SILENT = 60.0
"""Seconds without a record after which what should be there is given up."""
HELD = 64 << 20
"""Bytes of records that are held back, of all partitions."""
SHOWN = 10
"""Records that are no requests whose places are told."""


@dataclass(slots=True)
class Topic(Log):
    """A topic of Kafka."""

    address: TopicAddress | None = None
    ranges: dict[int, Span] = field(default_factory=dict)
    """Partition -> what is read of it."""
    follow: bool = False
    """Whether reading goes on where the partitions ended at the start."""
    places: list[tuple[int, int]] = field(default_factory=list)
    """Partition and offset of each record of the batch at hand."""
    before: int = 0
    """Records that were read before the batch at hand."""
    wrong: list[str] = field(default_factory=list)
    """Places of the first records that are no requests."""
    done: dict[int, int] = field(default_factory=dict)
    """Partition -> offset behind what was handed on."""
    brokers: Brokers | None = None

    @property
    def name(self) -> str:
        """What it is called in reports."""
        return str(self.address)

    @property
    def label(self) -> str:
        """What it is called before a reason."""
        return str(self.address)

    def locator(self, number: int) -> str:
        """Return where a record stands, counted from those of the batch that were read."""
        return self.place_of(*self.places[self.line - self.before + number])

    def place_of(self, partition: int, offset: int) -> str:
        """Return how the place of a record is written."""
        return f"{self.path.name}/{partition}/{offset}"

    @property
    def digest(self) -> bytes:
        """Hash of which records are read; their contents are not known before."""
        told = [f"{one}:{span.start}-{span.end}" for one, span in sorted(self.ranges.items())]
        return sha256("\n".join([self.name, *told]).encode()).digest()

    @property
    def reasons(self) -> list[Reason]:
        """Why not the whole of it was read."""
        told = list(self.unread)
        gone = sum(span.gone for span in self.ranges.values())
        if gone:
            told.append(Reason("traffic.records_gone", {"gone": gone}, self.label))
        if self.bad:
            values = {"bad": self.bad, "places": ", ".join(self.wrong)}
            told.append(Reason("traffic.bad_records", values, self.label))
        if not self.read and not told:
            told.append(Reason("traffic.no_requests", {}, self.label))
        return told

    def batches(self, stopped: Callable[[], bool] | None = None) -> Iterator[list[bytes]]:
        """Yield records until the end; an empty batch says that nothing came for a while.

        A topic that is followed has no end: it is read until ``stopped`` says so.
        """
        brokers = self.brokers
        spans = {one: span for one, span in self.ranges.items()
                 if self.follow or span.start < span.end}  # fmt: skip
        if brokers is None or not spans:
            return
        brokers.read(spans)
        order = Order(list(spans), HELD // len(spans))
        waiting: list[int] = []
        last = time.monotonic()
        while not (order.done or (stopped and stopped())):
            if self._polled(brokers, order, spans):
                last = time.monotonic()
            silent = time.monotonic() - last
            if silent > SILENT and not self.follow:
                self.unread.append(self._broken(brokers.trouble))
                break
            waiting = _held_back(brokers, waiting, order.full())
            ready = order.ready(idle=self.follow and silent > IDLE)
            if ready or self.follow:
                yield self._batch(ready)
        if rest := order.ready(idle=True):
            yield self._batch(rest)

    def commit(self) -> None:
        """Keep for the group that all records which were handed on need not be read again.

        Raises:
            HongxianError: no broker takes it.
        """
        if self.brokers is not None:
            self.brokers.commit(self.done)

    def close(self) -> None:
        """Leave the brokers."""
        if self.brokers is not None:
            self.brokers.close()
            self.brokers = None

    def note_bad(self, batch: Sequence[bytes]) -> None:
        """Note where the first records of the batch at hand stand that are no requests."""
        for number, line in enumerate(batch):
            if len(self.wrong) >= SHOWN:
                return
            if not is_request(line, self.form):
                self.wrong.append(self.place_of(*self.places[number]))

    def _polled(self, brokers: Brokers, order: Order, spans: dict[int, Span]) -> bool:
        """Take what has come; return whether it is anything."""
        found = brokers.consumer.consume(BATCH, WAIT)
        for message in found:
            partition = message.partition()
            if (error := message.error()) is not None:
                self._wrong(error, partition, order)
                continue
            offset = message.offset()
            span = spans[partition]
            if self.follow or offset < span.end:
                self._taken(
                    message.value(),
                    Record(message.timestamp()[1], partition, offset, message.value() or b""),
                    order,
                )
            if not self.follow and offset >= span.end - 1:
                order.end(partition)
        return bool(found)

    def _taken(self, value: bytes | None, record: Record, order: Order) -> None:
        if value is None:  # a tombstone: what it deletes was a record, it is none
            self.bad += 1
            if len(self.wrong) < SHOWN:
                self.wrong.append(self.place_of(record.partition, record.offset))
        order.add(record)

    def _wrong(self, error: object, partition: int, order: Order) -> None:
        from confluent_kafka import KafkaError  # noqa: PLC0415 - an extra

        if not isinstance(error, KafkaError):
            return
        if error.code() == KafkaError._PARTITION_EOF:  # noqa: SLF001 - the name the client gives it
            if not self.follow:
                order.end(partition)
        elif not error.retriable():
            self.unread.append(self._broken(error.str()))
            order.end(partition)

    def _broken(self, reason: str) -> Reason:
        return Reason("traffic.topic_broken", {"reason": reason or "?"}, self.label)

    def _batch(self, records: list[Record]) -> list[bytes]:
        self.places = [record[1:3] for record in records]
        self.before = self.line
        for _, partition, offset, _ in records:
            self.done[partition] = offset + 1
        return [record.value for record in records]


def open_topic(address: TopicAddress, *, follow: bool = False) -> Topic:
    """Return a topic that is ready to be read.

    Raises:
        HongxianError: it cannot be reached, or is not there.
    """
    if follow and address.until is not None:
        raise WordedError("watch_follow_until", address)
    brokers = Brokers(address)
    try:
        spans = brokers.spans()
    except WordedError:
        brokers.close()
        raise
    return Topic(Path(address.topic), address=address, ranges=spans, follow=follow, brokers=brokers)


def _held_back(brokers: Brokers, waiting: list[int], full: list[int]) -> list[int]:
    """Let partitions wait that are ahead of the others, and the others go on."""
    if more := [one for one in full if one not in waiting]:
        brokers.hold(more)
    if less := [one for one in waiting if one not in full]:
        brokers.go_on(less)
    return full
