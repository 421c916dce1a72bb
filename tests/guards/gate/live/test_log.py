from __future__ import annotations

import json
import os
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from hongxian.guards.gate.exchange.ruling import Cover, Ruling
from hongxian.guards.gate.findings import Decision, Finding
from hongxian.guards.gate.live import log as module
from hongxian.guards.gate.live.log import Log, shown
from hongxian.guards.gate.policy import EndpointRule


def written(tmp_path: Path, *write: Any) -> list[dict[str, Any]]:
    path = tmp_path / "gate.log"
    log = Log(path, worker=3)
    log.start()
    for one in write:
        one(log)
    log.close()
    return [json.loads(line) for line in path.read_text().splitlines()]


FLOW: Any = SimpleNamespace(
    status=403, method="GET", log_reason="upstream_closed", since=1.0,
    worker=SimpleNamespace(clock=lambda: 1.25),
)  # fmt: skip


def ruling() -> Ruling:
    finding = Finding(
        kind="limit", action="block", endpoint="GET /a", info="basic.phone", principal="account",
        who=255, window=60.0, values={"distinct": 6},
    )  # fmt: skip
    return Ruling(
        cover=Cover("GET /a", EndpointRule(pattern="*"), True, True, frozenset()),
        action="block", reason="large", masked=2,
        decision=Decision(action="block", advised="block", findings=(finding,), spared="a@b.cn"),
    )  # fmt: skip


def test_a_line_tells_what_was_done_and_why(tmp_path: Path) -> None:
    (row,) = written(tmp_path, lambda log: log.request(FLOW, ruling()))
    assert row["worker"] == 3
    assert (row["endpoint"], row["status"], row["ms"]) == ("GET /a", 403, 250.0)
    assert row["reasons"] == ["large", "upstream_closed"]
    assert (row["closed"], row["masked"], row["spared"]) == (True, 2, "***")
    assert row["findings"] == [{
        "kind": "limit", "action": "block", "info": "basic.phone", "principal": "account",
        "who": "00000000000000ff", "window": 60.0, "values": {"distinct": 6},
        "owasp": ["API4:2023"],
    }]  # fmt: skip


def test_other_lines_hold_no_value_either(tmp_path: Path) -> None:
    rows = written(
        tmp_path,
        lambda log: log.event("reload_refused", reason="13800138000 is wrong"),
        lambda log: log.rejected(7, 400, "host"),
        lambda log: log.failed(FLOW),
    )
    assert rows[0]["reason"] == "*** is wrong"
    assert rows[1]["who"] == "0000000000000007"
    assert rows[2]["reason"] == "upstream_closed"


@pytest.mark.parametrize(("endpoint", "told"), [
    ("GET /users/{id}", "GET /users/{id}"), ("GET /search/李雷", "GET /search/{text}"),
    ("GET /a/%E6%9D%8E", "GET /a/{text}"), ("GET /m/a@b.cn", "GET /m/***"),
    ("GET /" + "a" * 65, "GET /{text}"),
])  # fmt: skip
def test_endpoints_are_told_without_words_of_callers(endpoint: str, told: str) -> None:
    assert shown(endpoint) == told


def test_who_reads_slowly_holds_nobody_up(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(module, "MOST_LINES", 2)
    dropped: list[int] = []
    waits, writes = threading.Event(), os.write

    def slow(place: int, data: bytes) -> int:
        waits.wait()
        return writes(place, data)

    monkeypatch.setattr(module.os, "write", slow)
    log = Log(tmp_path / "gate.log", dropped=dropped.append)
    log.start()
    for number in range(20):
        log.event("e", number=number)
    waits.set()
    log.close()
    lines = (tmp_path / "gate.log").read_text().splitlines()
    assert 0 < len(lines) < 20
    assert len(lines) + sum(dropped) == 20


def test_a_log_that_cannot_be_written_is_counted(tmp_path: Path, monkeypatch) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left")

    dropped: list[int] = []
    log = Log(tmp_path / "gate.log", dropped=dropped.append)
    log.start()
    monkeypatch.setattr(module.os, "write", full)
    log.event("e")
    log.close()
    assert sum(dropped) == 1
    with pytest.raises(OSError, match="directory"):
        Log(tmp_path / "no" / "log").start()


def test_standard_output_is_a_log(capfd) -> None:
    log = Log()
    log.start()
    log.event("started")
    log.close()
    assert '"event":"started"' in capfd.readouterr().out
