"""Speaks to the brokers of a topic: which partitions there are, and from where to where to read."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from hongxian.errors import Exit
from hongxian.sensors.traffic.topics.config import settings_of
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.traffic.topics.address import TopicAddress

PATIENCE = 10.0
"""Seconds that a broker may take to answer."""
_VALUE = re.compile(r'value ".*" for')
_NO_GROUP = "hongxian-watch"
"""librdkafka wants a name even where no offsets are kept."""


@dataclass(slots=True)
class Span:
    """What is read of a partition: from an offset to before another."""

    start: int
    end: int
    gone: int = 0
    """Records behind the group's offset that were deleted before anybody read them."""


@dataclass(slots=True)
class Brokers:
    """A consumer of a topic.

    Raises:
        HongxianError: the client is not installed, or a setting of it is none.
    """

    address: TopicAddress
    consumer: Any = field(init=False, repr=False)
    trouble: str = field(init=False, default="")
    """What the client last complained of."""

    def __post_init__(self) -> None:
        """Make the client; it connects when it is first asked."""
        if find_spec("confluent_kafka") is None:
            raise WordedError("no_kafka_extra")
        from confluent_kafka import Consumer, KafkaException  # noqa: PLC0415 - an extra

        silent = logging.Logger("hongxian.kafka", logging.CRITICAL + 1)  # noqa: LOG001 - nobody's
        ours = {
            "bootstrap.servers": ",".join(self.address.brokers),
            "group.id": self.address.group or _NO_GROUP, "enable.auto.commit": False,
            "enable.auto.offset.store": False, "enable.partition.eof": True,
            "auto.offset.reset": "error", "error_cb": self._complained, "logger": silent,
        }  # fmt: skip
        try:
            self.consumer = Consumer({**settings_of(), **ours})
        except (KafkaException, TypeError, ValueError) as error:
            raise WordedError("watch_kafka_setting", reason=_told(error)) from None

    def spans(self) -> dict[int, Span]:
        """Return partition -> what is to be read of it.

        Raises:
            HongxianError: no broker answers, refuses, or does not know the topic.
        """
        from confluent_kafka import KafkaException  # noqa: PLC0415 - an extra

        topic = self.address.topic
        try:
            found = self.consumer.list_topics(topic, timeout=PATIENCE).topics[topic]
            if found.error is not None:
                word = "watch_no_topic" if found.error.name().startswith("UNKNOWN") else "no_broker"
                raise WordedError(word, self.address, Exit.SENSOR, reason=found.error.str())
            return dict(self._spans(sorted(found.partitions)))
        except KafkaException as error:
            reason = self.trouble or _told(error)
            raise WordedError("no_broker", self.address, Exit.SENSOR, reason=reason) from None

    def read(self, spans: dict[int, Span]) -> None:
        """Begin to read."""
        self.consumer.assign([self._place(one, span.start) for one, span in spans.items()])

    def hold(self, partitions: list[int]) -> None:
        """Let some partitions wait."""
        self.consumer.pause([self._place(one) for one in partitions])

    def go_on(self, partitions: list[int]) -> None:
        """Read those on that waited."""
        self.consumer.resume([self._place(one) for one in partitions])

    def commit(self, offsets: dict[int, int]) -> None:
        """Keep where the group goes on; without a group nothing is kept.

        Raises:
            HongxianError: no broker takes it.
        """
        from confluent_kafka import KafkaException  # noqa: PLC0415 - an extra

        if not self.address.group or not offsets:
            return
        places = [self._place(one, offset) for one, offset in offsets.items()]
        try:
            done = self.consumer.commit(offsets=places, asynchronous=False)
            wrong = next((one.error for one in done if one.error is not None), None)
        except KafkaException as error:
            wrong = error.args[0]
        if wrong is not None:
            raise WordedError("watch_no_commit", self.address, Exit.SENSOR, reason=wrong.str())

    def close(self) -> None:
        """Leave."""
        self.consumer.close()

    def _spans(self, partitions: list[int]) -> Iterator[tuple[int, Span]]:
        begin, until = self._begin(partitions), self._moments(partitions, self.address.until)
        for one in partitions:
            low, high = self.consumer.get_watermark_offsets(self._place(one), timeout=PATIENCE)
            edge = high if self.address.begin == "latest" else low
            start = begin.get(one, edge)
            end = min(high, until.get(one, high))
            yield one, Span(max(low, start), end, max(0, low - start))

    def _begin(self, partitions: list[int]) -> dict[int, int]:
        """Return where partitions begin that do not at an edge."""
        at = self.address.begin
        found = self._moments(partitions, None if isinstance(at, str) else at, late=True)
        if self.address.group:
            places = [self._place(one) for one in partitions]
            for place in self.consumer.committed(places, timeout=PATIENCE):
                if place.offset >= 0:
                    found[place.partition] = place.offset
        return found

    def _moments(
        self, partitions: list[int], at: float | None, *, late: bool = False
    ) -> dict[int, int]:
        """Return the first offset of each partition at a moment or later, where there is one.

        Args:
            partitions: which.
            at: the moment; ``None`` for none.
            late: whether a partition without any such record gets its end.
        """
        if at is None:
            return {}
        places = [self._place(one, round(at * 1_000)) for one in partitions]
        found = self.consumer.offsets_for_times(places, timeout=PATIENCE)
        offsets = {one.partition: one.offset for one in found if one.offset >= 0}
        if late:
            for one in set(partitions) - offsets.keys():
                offsets[one] = self.consumer.get_watermark_offsets(
                    self._place(one), timeout=PATIENCE)[1]  # fmt: skip
        return offsets

    def _place(self, partition: int, offset: int | None = None) -> Any:
        from confluent_kafka import TopicPartition  # noqa: PLC0415 - an extra

        where = (self.address.topic, partition)
        return TopicPartition(*where) if offset is None else TopicPartition(*where, offset)

    def _complained(self, error: Any) -> None:
        self.trouble = error.str()


def _told(error: Exception) -> str:
    """Return what is wrong without the value of any setting."""
    from confluent_kafka import KafkaError  # noqa: PLC0415 - an extra

    first = error.args[0] if error.args else ""
    text = first.str() if isinstance(first, KafkaError) else str(first)
    return _VALUE.sub("value for", text)
