from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.sensors.traffic.topics.cluster import Cluster, asked, cluster

from hongxian.audit.follow import Listener, follow
from hongxian.audit.watch import Incident, Watched
from hongxian.errors import HongxianError
from hongxian.sensors.traffic.sense import open_traffic


@pytest.fixture(scope="module")
def kafka() -> Iterator[Cluster]:
    with cluster() as found:
        found.write("walk", [asked(number) for number in range(60)])
        yield found


def test_offsets_move_on_only_behind_what_is_kept(kafka: Cluster, tmp_path: Path) -> None:
    path = tmp_path / "before.jsonl"
    path.write_text(json.dumps(asked(500, user_id="other")) + "\n")
    sensed = open_traffic([path, kafka.spec("walk", "group=f")], follow=True)
    found: list[Incident] = []
    kept: list[tuple[int, dict[int, int]]] = []

    def keep(watched: Watched) -> None:
        kept.append((watched.sensed.requests, kafka.committed("walk", "f")))

    listener = Listener(
        found=found.append, keep=keep, stopped=lambda: len(kept) > 90 or (61, {0: 60}) in kept
    )
    watching = follow(sensed, None, listener, every=0.0)
    sensed.close()
    assert [one.finding.kind for one in found] == ["enumeration"]
    assert [before for _, before in kept][:1] == [{}]
    assert kept[-1] == (61, {0: 60})
    assert watching.told().incidents[0].given == {"basic.phone": 60}


def test_what_could_not_be_kept_is_read_again(kafka: Cluster) -> None:
    sensed = open_traffic([kafka.spec("walk", "group=broken")], follow=True)

    def full(_: Watched) -> None:
        raise HongxianError("no space")

    listener = Listener(found=lambda _: None, keep=full, stopped=lambda: False)
    with pytest.raises(HongxianError, match="no space"):
        follow(sensed, None, listener, every=0.0)
    sensed.close()
    assert kafka.committed("walk", "broken") == {}
