from __future__ import annotations

import importlib.util
import socket
from collections.abc import Iterator

import pytest
from tests.sensors.traffic.topics.cluster import START, Cluster, cluster

from hongxian.errors import HongxianError
from hongxian.sensors.traffic.topics import brokers as module
from hongxian.sensors.traffic.topics.address import topic_address
from hongxian.sensors.traffic.topics.brokers import Brokers, Span


@pytest.fixture(scope="module")
def kafka() -> Iterator[Cluster]:
    with cluster() as found:
        found.write("logs", [b"{}"] * 7)
        found.write("logs", [b"{}"] * 3, 1)
        yield found


def spans(kafka: Cluster, query: str = "") -> dict[int, Span]:
    brokers = Brokers(topic_address(kafka.spec("logs", query)))
    found = brokers.spans()
    brokers.close()
    return {one: span for one, span in found.items() if span != Span(0, 0)}


def test_a_topic_is_read_from_its_beginning_to_where_it_ends_now(kafka: Cluster) -> None:
    assert spans(kafka) == {0: Span(0, 7), 1: Span(0, 3)}
    assert spans(kafka, "from=latest") == {0: Span(7, 7), 1: Span(3, 3)}
    later = (START + 60_000) / 1_000
    assert spans(kafka, f"from={later}") == {0: Span(7, 7), 1: Span(3, 3)}
    assert spans(kafka, f"until={later}") == {0: Span(0, 7), 1: Span(0, 3)}


def test_a_group_goes_on_where_it_stopped(kafka: Cluster) -> None:
    brokers = Brokers(topic_address(kafka.spec("logs", "group=w")))
    brokers.commit({0: 5})
    brokers.close()
    assert kafka.committed("logs", "w") == {0: 5}
    assert spans(kafka, "group=w&from=latest") == {0: Span(5, 7), 1: Span(3, 3)}


def test_without_a_group_nothing_is_kept(kafka: Cluster) -> None:
    brokers = Brokers(topic_address(kafka.spec("logs")))
    brokers.commit({0: 5})
    brokers.close()
    assert kafka.committed("logs", module._NO_GROUP) == {}


def test_a_topic_that_is_not_there_is_told(kafka: Cluster) -> None:
    brokers = Brokers(topic_address(f"kafka://{kafka.address}/none"))
    with pytest.raises(HongxianError, match="no such topic") as told:
        brokers.spans()
    assert told.value.code == 4
    brokers.close()


def test_brokers_that_are_away_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE", 1.0)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        brokers = Brokers(topic_address(f"kafka://127.0.0.1:{free.getsockname()[1]}/logs"))
        with pytest.raises(HongxianError, match=r"no broker serves it \(.+\)"):
            brokers.spans()
        brokers.close()


@pytest.mark.parametrize(
    ("name", "value"),
    [("SASL_PASSWORDS", "hunter2"), ("SECURITY_PROTOCOL", "hunter2"),
     ("SSL_CA_PEM", "hunter2")],
    ids=["unknown", "value", "certificate"],
)  # fmt: skip
def test_a_wrong_setting_is_told_without_its_value(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"HONGXIAN_KAFKA_{name}", value)
    if name == "SSL_CA_PEM":
        monkeypatch.setenv("HONGXIAN_KAFKA_SECURITY_PROTOCOL", "SSL")
    with pytest.raises(HongxianError, match=r"a setting for Kafka is none: .+") as told:
        Brokers(topic_address("kafka://a/t"))
    assert "hunter2" not in str(told.value)


def test_a_missing_client_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "find_spec", lambda _: None)
    assert importlib.util.find_spec("confluent_kafka")
    with pytest.raises(HongxianError, match=r"hongxian\[kafka\]"):
        Brokers(topic_address("kafka://a/t"))


def test_offsets_that_nobody_takes_are_told(kafka: Cluster) -> None:
    brokers = Brokers(topic_address(kafka.spec("logs", "group=w2")))
    brokers.close()
    with pytest.raises((HongxianError, RuntimeError)):
        brokers.commit({0: 5})
