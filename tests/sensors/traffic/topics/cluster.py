"""A cluster that speaks Kafka's protocol on loopback: the one that librdkafka brings along."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from confluent_kafka import Consumer, Producer, TopicPartition

START = 1_750_000_000_000
"""Milliseconds since 1970 of the first record."""
PHONE = 13_000_010_000


class Cluster:
    """One broker; a topic is there once something was written, in four partitions."""

    def __init__(self) -> None:
        silent = logging.getLogger("mock")
        silent.setLevel(logging.CRITICAL + 1)
        self._producer = Producer({"test.mock.num.brokers": 1, "logger": silent})
        (broker,) = self._producer.list_topics(timeout=10).brokers.values()
        self.address = f"{broker.host}:{broker.port}"

    def spec(self, topic: str, query: str = "") -> str:
        return f"kafka://{self.address}/{topic}" + (f"?{query}" if query else "")

    def write(self, topic: str, values: list[Any], partition: int = 0, at: int = START) -> None:
        for number, value in enumerate(values):
            body = value if value is None or isinstance(value, bytes) else json.dumps(value)
            self._producer.produce(topic, body, partition=partition, timestamp=at + number)
        assert self._producer.flush(20) == 0

    def committed(self, topic: str, group: str) -> dict[int, int]:
        one = Consumer({"bootstrap.servers": self.address, "group.id": group})
        found = one.committed([TopicPartition(topic, part) for part in range(4)], timeout=10)
        one.close()
        return {place.partition: place.offset for place in found if place.offset >= 0}


@contextmanager
def cluster() -> Iterator[Cluster]:
    yield Cluster()


def asked(number: int, **what: Any) -> dict[str, Any]:
    """Return a request by which somebody walks through numbers, five at a time."""
    phones = [str(PHONE + 5 * number + one) for one in range(5)]
    return {
        "time": START // 1_000 + number, "method": "POST", "uri": "/contacts/match",
        "status": 200, "user_id": "mallory", "scheme": "https",
        "request_body": {"phones": phones}, "response_body": {"found": [{"phone": phones[0]}]},
    } | what  # fmt: skip
