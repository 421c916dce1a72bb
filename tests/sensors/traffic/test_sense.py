from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.sensors.traffic.topics.cluster import PHONE, START, Cluster, asked, cluster

from hongxian.errors import HongxianError
from hongxian.sensors.traffic.sense import SensedTraffic, observe, open_traffic
from hongxian.signals.observation import Observation

LINE = '{{"time": 14318571{:02d}, "method": "GET", "uri": "/a?phone=13800138000"}}\n'
COMBINED = '10.0.0.{} - - [15/Jun/2025:15:06:40 +0000] "GET /a?phone={} HTTP/1.1" 200 203 "-" "c"'


@pytest.fixture(scope="module")
def kafka() -> Iterator[Cluster]:
    with cluster() as found:
        yield found


def read(sensed: SensedTraffic) -> list[Observation]:
    found = list(observe(sensed, jobs=1))
    sensed.close()
    return found


def values(found: list[Observation]) -> list[Any]:
    return [[one.value for one in seen.identifiers] for seen in found]


def test_logs_of_a_folder_are_read_as_one(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "a.log").write_text(LINE.format(5) + "oops\n")
    (tmp_path / "b" / "c.log").write_text(LINE.format(1))
    (tmp_path / ".hidden").write_text("x")
    sensed = open_traffic([tmp_path])
    assert [one.at for one in observe(sensed)] == [1431857101, 1431857105]
    assert (sensed.requests, sensed.first, sensed.last) == (2, 1431857101, 1431857105)
    assert sensed.subject == f"interface:{sensed.artefact[:12]}"
    (told,) = sensed.coverage()
    assert (told.scope, told.status) == ("traffic.requests", "partial")
    assert "1 lines are no requests" in str(told.reason)
    assert sensed.facts() == []


def test_a_whole_log_is_covered_and_an_empty_one_is_not(tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    for text, status in ((LINE.format(1), "ran"), ("", "not_run")):
        path.write_text(text)
        sensed = open_traffic([path], "interface:shop")
        list(observe(sensed))
        assert sensed.coverage()[0].status == status
        assert sensed.subject == "interface:shop"


def test_paths_that_hold_nothing_are_told(tmp_path: Path) -> None:
    with pytest.raises(HongxianError, match="there is no log"):
        open_traffic([tmp_path])
    with pytest.raises(HongxianError, match="No such file"):
        open_traffic([tmp_path / "none"])


def test_all_of_a_long_log_is_counted_wherever_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    path.write_text("".join(json.dumps(asked(number)) + "\n" for number in range(50)))
    sensed = open_traffic([path])
    found = read(sensed)
    assert values(found) == [[str(PHONE + 5 * row + one) for one in range(5)] for row in range(50)]
    assert [one.locator for one in found] == [f"a.log:{row + 1}" for row in range(50)]
    assert (sensed.requests, sensed.reasons) == (50, ())
    (taker,) = sensed.takers.greatest(9)
    assert (taker.kind, taker.requests, taker.records) == ("account", 50, 50)
    assert taker.endpoints == {"POST /contacts/match": {"basic.phone": 50}}


def test_the_hash_of_files_may_be_told_by_who_reads_them(tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    path.write_text(LINE.format(1))
    own = open_traffic([path])
    told = open_traffic([path], digests=lambda paths: [
        hashlib.sha256(one.read_bytes()).digest() for one in paths])  # fmt: skip
    assert told.artefact == own.artefact
    path.write_text(LINE.format(2))
    assert open_traffic([path]).artefact != own.artefact


def test_topics_are_read_behind_the_logs(kafka: Cluster, tmp_path: Path) -> None:
    kafka.write("json", [asked(number) for number in range(30)])
    path = tmp_path / "a.log"
    path.write_text(LINE.format(1))
    sensed = open_traffic([kafka.spec("json"), path])
    assert [log.name for log in sensed.topics] == [kafka.spec("json")]
    found = read(sensed)
    assert [one.locator for one in found] == ["a.log:1", *(f"json/0/{row}" for row in range(30))]
    assert [one.at for one in found[1:]] == [START // 1_000 + row for row in range(30)]
    (taker,) = sensed.takers.greatest(9)
    assert taker.records == 30
    (told,) = sensed.coverage()
    assert (told.status, told.detail["requests"]) == ("ran", 31)
    assert told.detail["logs"] == [kafka.spec("json"), "a.log"]


@pytest.mark.parametrize("shipper", [None, "message", "log"], ids=["bare", "message", "log"])
@pytest.mark.parametrize("form", ["text", "json"])
def test_records_are_read_as_whoever_shipped_them_wrote(
    kafka: Cluster, form: str, shipper: str | None
) -> None:
    topic = f"{form}-{shipper}"
    phones = [str(PHONE + row) for row in range(25)]
    lines = [COMBINED.format(row, phone) if form == "text" else json.dumps(
        {"time": START // 1_000, "method": "GET", "uri": f"/a?phone={phone}"})
        for row, phone in enumerate(phones)]  # fmt: skip
    kafka.write(topic, [{shipper: one} if shipper else one.encode() for one in lines])
    sensed = open_traffic([kafka.spec(topic)])
    found = read(sensed)
    assert values(found) == [[phone] for phone in phones]
    assert {one.endpoint for one in found} == {"GET /a"}
    assert sensed.coverage()[0].status == "ran"


@pytest.mark.parametrize("form", ["text", "json"])
def test_records_that_are_no_requests_are_told_by_their_places(kafka: Cluster, form: str) -> None:
    good = COMBINED.format(1, PHONE).encode() if form == "text" else json.dumps(asked(1)).encode()
    kafka.write(f"bad-{form}", [good, b"oops 13800138000", good, b"[]", good])
    sensed = open_traffic([kafka.spec(f"bad-{form}")])
    assert len(read(sensed)) == sensed.requests == 3
    (reason,) = sensed.reasons
    assert reason.values == {"bad": 2, "places": f"bad-{form}/0/1, bad-{form}/0/3"}
    assert "13800138000" not in reason.say("en") + reason.say("zh")
    assert sensed.coverage()[0].status == "partial"


def test_a_topic_that_is_not_there_is_told_at_once(kafka: Cluster) -> None:
    with pytest.raises(HongxianError, match="no such topic"):
        open_traffic([f"kafka://{kafka.address}/none"])


def test_a_log_that_cannot_be_read_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.log").write_text("x")
    real = Path.open

    def denied(path: Path, *words: Any, **more: Any) -> Any:
        if path.name == "a.log":
            raise PermissionError(13, "Permission denied")
        return real(path, *words, **more)

    monkeypatch.setattr(Path, "open", denied)
    with pytest.raises(HongxianError, match=r"a\.log: no permission"):
        open_traffic([tmp_path])
