from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from tests.sensors.store.sources.servers import free_port

from hongxian.guards.keep.vault import alarms as module
from hongxian.guards.keep.vault.alarms import Alarms


@pytest.fixture
def hook() -> Iterator[tuple[str, list[dict]]]:
    got: list[dict] = []
    answers = [500]

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(answers.pop() if answers else 200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/", got
    server.shutdown()
    server.server_close()
    thread.join()


def test_an_alarm_is_told_everywhere_and_once(tmp_path, hook, capsys, monkeypatch) -> None:
    monkeypatch.setattr(module, "PAUSE", 0.01)
    address, got = hook
    now = [1000.0]
    alarms = Alarms(tmp_path / "log", lambda: now[0], address, "zh", "v")
    assert alarms.tell("silent", "shop", hours=3)
    assert not alarms.tell("silent", "shop", hours=3)
    assert alarms.tell("silent", "other", hours=1)
    alarms.over("silent", "shop")
    assert alarms.tell("silent", "shop", hours=4)
    now[0] += 3601
    assert alarms.tell("silent", "shop", hours=5)
    alarms.close()
    logged = [json.loads(line) for line in (tmp_path / "log").read_text("utf-8").splitlines()]
    assert [one["source"] for one in logged] == ["shop", "other", "shop", "shop"]
    assert logged[0]["text"]["en"] == "shop has been silent for 3 hours"
    assert got == [logged[0], *logged]  # the first answer was an error
    assert "shop 已沉默 3 小时" in capsys.readouterr().err


def test_a_webhook_that_nobody_answers_is_told(tmp_path: Path, capsys, monkeypatch) -> None:
    monkeypatch.setattr(module, "PAUSE", 0.001)
    alarms = Alarms(tmp_path / "log", lambda: 0.0, f"http://127.0.0.1:{free_port()}/")
    alarms.tell("silent", "13812345678", hours=3)
    alarms.close()
    alarms.close()
    told = capsys.readouterr().err
    assert "could not be posted" in told
    assert "13812345678" not in told + (tmp_path / "log").read_text("utf-8")


def test_a_disk_that_takes_nothing_does_not_silence_it(tmp_path: Path, capsys) -> None:
    assert Alarms(tmp_path / "no" / "log", lambda: 0.0).tell("silent", "shop", hours=3)
    assert "shop has been silent" in capsys.readouterr().err


def test_a_queue_has_an_end(tmp_path: Path, capsys, monkeypatch) -> None:
    alarms = Alarms(tmp_path / "log", lambda: 0.0, "http://127.0.0.1:1/")
    monkeypatch.setattr(alarms, "_send_all", lambda: None)
    for number in range(1002):
        alarms.tell("silent", str(number), hours=3)
    assert "too many alarms" in capsys.readouterr().err


def test_an_alarm_is_evidence(tmp_path: Path, capsys) -> None:
    from hongxian.guards.keep.evidence.keys import make_key
    from hongxian.guards.keep.evidence.written import Written

    make_key(tmp_path / "key")
    written = Written(tmp_path / "evidence", tmp_path / "key")
    alarms = Alarms(tmp_path / "log", lambda: 0.0, name="v", written=written)
    alarms.tell("silent", "13812345678", hours=3)
    last = json.loads((tmp_path / "evidence").read_text().splitlines()[-1])
    assert (last["kind"], last["body"]["kind"]) == ("alarm", "silent")
    assert "silent for 3 hours" in last["body"]["says"]
    assert "13812345678" not in json.dumps(last)
    written._log._broken = True
    alarms.tell("silent", "other", hours=3)
    kinds = [json.loads(one)["kind"] for one in (tmp_path / "log").read_text().splitlines()]
    assert kinds == ["silent", "silent", "evidence"]
    assert "evidence cannot be written" in capsys.readouterr().err
    written.close()
