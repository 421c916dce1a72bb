from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from tests.sensors.traffic.topics.cluster import START, Cluster, asked, cluster

from hongxian.audit.watch import watch
from hongxian.errors import HongxianError
from hongxian.sensors.traffic.sense import SensedTraffic, open_traffic
from hongxian.sensors.traffic.topics import topic as module
from hongxian.sensors.traffic.topics.address import topic_address
from hongxian.sensors.traffic.topics.topic import Topic, open_topic


@pytest.fixture(scope="module")
def kafka() -> Iterator[Cluster]:
    with cluster() as found:
        yield found


def watched(kafka: Cluster, topic: str, query: str = "") -> tuple[SensedTraffic, list[Any]]:
    sensed = open_traffic([kafka.spec(topic, query)])
    found = watch(sensed).incidents
    sensed.close()
    return sensed, [(one.finding.kind, one.locator, one.given) for one in found]


def test_records_of_two_partitions_are_judged_in_the_order_of_their_times(kafka: Cluster) -> None:
    rows = [asked(number) for number in range(60)]
    for part in range(2):
        kafka.write("walk", rows[part::2], part, START + part)
    sensed, found = watched(kafka, "walk")
    assert found == [("enumeration", "walk/1/4", {"basic.phone": 60})]
    assert (sensed.requests, sensed.reasons) == (60, ())
    assert sensed.coverage()[0].detail["logs"] == [f"kafka://{kafka.address}/walk"]


def test_records_that_are_no_requests_are_told_with_their_places(kafka: Cluster) -> None:
    kafka.write("odd", [asked(1), b"oops", None, b"", b"\xff\xfe"])
    sensed, _ = watched(kafka, "odd")
    (reason,) = sensed.reasons
    assert sensed.requests == 1
    assert "3 records are no requests (odd/0/2, odd/0/1, odd/0/4)" in reason.say("en")


def test_records_of_several_lines_are_whole(kafka: Cluster) -> None:
    pretty = json.dumps(asked(1, uri="/a?phone=13800138000"), indent=1).encode()
    kafka.write(
        "pretty", [asked(2), pretty, {"no": "request"}, asked(3, uri="/b?phone=13800138000")]
    )
    sensed, found = watched(kafka, "pretty")
    assert sensed.requests == 3
    assert {place for kind, place, _ in found if kind == "in_url"} == {"pretty/0/1", "pretty/0/3"}
    assert sensed.topics[0].wrong == ["pretty/0/2"]


def test_lines_of_text_and_what_a_shipper_wrapped_are_read(kafka: Cluster) -> None:
    line = '10.0.0.7 - - [17/May/2015:10:05:03 +0000] "GET /a?phone=13800138000 HTTP/1.1" 200 2'
    kafka.write("text", [line.encode()] * 3)
    kafka.write("beat", [{"message": line, "agent": {"type": "filebeat"}}] * 3)
    for topic in ("text", "beat"):
        sensed, found = watched(kafka, topic)
        assert (sensed.requests, found[0][:2]) == (3, ("unauthenticated", "")) or found[0][0] == (
            "in_url"
        )
        assert found[0][1] == f"{topic}/0/0"


def test_a_group_reads_each_record_once(kafka: Cluster) -> None:
    kafka.write("grown", [asked(number) for number in range(3)])
    for more in (3, 2, 0):
        sensed = open_traffic([kafka.spec("grown", "group=g")])
        watch(sensed)
        assert sensed.requests == more
        (topic,) = sensed.topics
        topic.commit()
        sensed.close()
        if more == 3:
            kafka.write("grown", [asked(number) for number in range(3, 5)])
    assert kafka.committed("grown", "g") == {0: 5}


def test_records_deleted_before_they_were_read_are_told(kafka: Cluster) -> None:
    kafka.write("gone", [asked(1)])
    topic = open_topic(topic_address(kafka.spec("gone")))
    topic.ranges[0].gone = 7
    assert "7 records had been deleted" in topic.reasons[0].say("en")
    topic.close()


def test_a_topic_is_followed_until_told_to_stop(kafka: Cluster) -> None:
    kafka.write("live", [asked(1)])
    topic = open_topic(topic_address(kafka.spec("live")), follow=True)
    found: list[bytes] = []
    until = time.monotonic() + 60

    def stopped() -> bool:
        return len(found) == 2 or time.monotonic() > until

    for batch in topic.batches(stopped):
        if batch and not found:
            kafka.write("live", [asked(2)], 1, START - 1)
        found.extend(batch)
    assert [b'"time": 1750000001' in one for one in found] == [True, False]
    assert topic.done == {0: 1, 1: 1}
    topic.close()


def test_what_does_not_come_any_more_is_given_up(
    kafka: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SILENT", 0.1)
    kafka.write("short", [asked(1)])
    topic = open_topic(topic_address(kafka.spec("short")))
    topic.ranges[0].end = 9
    monkeypatch.setattr(Topic, "_wrong", lambda *_: None)
    assert [len(batch) for batch in topic.batches()] == [1]
    assert "was not read to its end" in topic.reasons[0].say("en")
    topic.close()


def test_what_follows_has_no_end(kafka: Cluster) -> None:
    with pytest.raises(HongxianError, match="until"):
        open_topic(topic_address(kafka.spec("walk", "until=1750000000")), follow=True)
    with pytest.raises(HongxianError, match="no such topic"):
        open_topic(topic_address(kafka.spec("none")))


def test_a_partition_that_is_ahead_waits(kafka: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "HELD", 2_000)
    monkeypatch.setattr(module, "BATCH", 5)
    kafka.write("ahead", [asked(number) for number in range(100)], 0, START)
    kafka.write("ahead", [asked(number) for number in range(100)], 1, START + 50)
    topic = open_topic(topic_address(kafka.spec("ahead")))
    places = []
    for batch in topic.batches():
        places += topic.places
        assert len(batch) == len(topic.places)
    assert sorted(places) == [(part, at) for part in range(2) for at in range(100)]
    times = [START + 50 * part + at for part, at in places]
    assert times == sorted(times)
    topic.close()
