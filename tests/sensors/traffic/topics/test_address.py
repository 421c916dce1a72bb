from __future__ import annotations

import pytest

from hongxian.errors import HongxianError
from hongxian.sensors.traffic.topics.address import is_topic, topic_address


def test_an_address_names_brokers_topic_group_and_where_to_begin() -> None:
    found = topic_address("kafka://a,b:9093,[::1]/gateway.log?group=w&from=latest")
    assert found.brokers == ("a:9092", "b:9093", "[::1]:9092")
    assert (found.topic, found.group, found.begin, found.until) == (
        "gateway.log", "w", "latest", None)  # fmt: skip
    assert str(found) == "kafka://a:9092,b:9093,[::1]:9092/gateway.log"
    assert topic_address("kafka://a/t").begin == "earliest"


def test_moments_are_read_as_in_logs() -> None:
    found = topic_address("kafka://a/t?from=2025-06-15T15:06:40Z&until=1750000100")
    assert (found.begin, found.until) == (1_750_000_000.0, 1_750_000_100.0)


@pytest.mark.parametrize(
    ("spec", "told"),
    [
        ("kafka:///t", "HOST:PORT"),
        ("kafka://a b/t", "HOST:PORT"),
        ("kafka://a", "name of the topic"),
        ("kafka://a/x/y", "name of the topic"),
        ("kafka://a/t?grup=w", "no 'grup'"),
        ("kafka://a/t?from=soon", "not 'soon'"),
        ("kafka://a/t?until=", "until must be"),
    ],
    ids=["no-broker", "blank", "no-topic", "two-topics", "unknown", "no-time", "empty-time"],
)
def test_what_is_wrong_with_an_address_is_told(spec: str, told: str) -> None:
    with pytest.raises(HongxianError, match=told):
        topic_address(spec)


def test_a_password_in_an_address_is_not_repeated() -> None:
    with pytest.raises(HongxianError) as told:
        topic_address("kafka://me:secret@a/t")
    assert "secret" not in str(told.value)


def test_other_sources_are_no_topics() -> None:
    assert is_topic("kafka://a/t")
    assert not is_topic("a.log")
