from __future__ import annotations

import os
import re

from hongxian.guards.gate.findings import Decision, Finding
from hongxian.guards.gate.live.metrics import BUCKETS, Metrics


def test_counts_of_all_workers_are_added_up() -> None:
    metrics = Metrics(3)
    for worker in range(3):
        metrics.of(worker)
        metrics.add("requests", worker + 1)
        metrics.status(200)
    assert (metrics.total("requests"), metrics.total("status_2")) == (6, 3)


def test_other_processes_count_in_the_same_memory() -> None:
    metrics = Metrics(2)
    pid = os.fork()
    if not pid:
        metrics.of(1)
        metrics.add("requests", 7)
        os._exit(0)
    os.waitpid(pid, 0)
    assert metrics.total("requests") == 7


def test_findings_are_counted_once_for_each_request() -> None:
    metrics = Metrics()
    found = Finding(kind="limit", action="block", endpoint="GET /")
    metrics.decided(Decision(action="block", advised="block", findings=(found, found)))
    assert (metrics.total("action_block"), metrics.total("finding_limit")) == (1, 1)


def test_prometheus_can_read_them() -> None:
    metrics = Metrics()
    for seconds in (0.0001, 0.02, 99.0):
        metrics.took(seconds)
    text = metrics.text()
    line = re.compile(r'(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z]+="[^"]+"\})? [0-9.e+-]+)')
    assert all(line.fullmatch(one) for one in text.splitlines())
    assert 'request_seconds_bucket{le="0.001"} 1\n' in text
    assert f'request_seconds_bucket{{le="{BUCKETS[-1]}"}} 2\n' in text
    assert 'request_seconds_bucket{le="+Inf"} 3\n' in text
    assert "request_seconds_count 3\n" in text


def test_odd_statuses_are_counted_too() -> None:
    metrics = Metrics()
    metrics.status(0)
    metrics.status(999)
    assert (metrics.total("status_1"), metrics.total("status_5")) == (1, 1)
