from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.sensors.traffic.topics.cluster import PHONE, Cluster, asked, cluster

from hongxian.audit.watch import watch
from hongxian.cli import watch_follow
from hongxian.cli.watch import command
from hongxian.errors import HongxianError
from hongxian.facts import Store
from hongxian.sensors.traffic.sense import open_traffic

PROGRAM = "import sys; from hongxian.cli import main; main()"


@pytest.fixture(scope="module")
def kafka() -> Iterator[Cluster]:
    with cluster() as found:
        found.write("walk", [asked(number) for number in range(60)])
        yield found


def run(*words: str) -> Result:
    return CliRunner().invoke(command, [*words, "--lang", "en"], catch_exceptions=False)


def test_a_topic_is_read_to_its_end_and_the_group_goes_on_there(
    kafka: Cluster, tmp_path: Path
) -> None:
    done = run(kafka.spec("walk", "group=once"), "--store", str(tmp_path / "s.duckdb"))
    assert done.exit_code == 1
    assert "enumeration" in done.stdout
    assert str(PHONE)[:8] not in done.output
    assert kafka.committed("walk", "once") == {0: 60}
    assert run(kafka.spec("walk", "group=once")).exit_code == 4  # nothing is left to be read


def test_findings_of_a_followed_topic_are_told_kept_and_committed(
    kafka: Cluster, tmp_path: Path
) -> None:
    path = tmp_path / "s.duckdb"
    words = ["watch", kafka.spec("walk", "group=on"), "--follow", "--format", "json",
             "--store", str(path), "--lang", "en"]  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *words], stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert process.stdout is not None
    told = json.loads(process.stdout.readline())
    assert (told["kind"], told["endpoint"]) == ("enumeration", "POST /contacts/match")
    process.send_signal(signal.SIGTERM)
    rest, _ = process.communicate(timeout=60)
    assert (process.returncode, rest) == (1, "")
    assert kafka.committed("walk", "on") == {0: 60}
    store = Store(path)
    (kept,) = store.rows("select count(*) as n from main.facts where kind = 'signal'")
    (runs,) = store.rows("select count(*) as n, min(status) as status from main.runs")
    store.close()
    assert (kept["n"], runs) == (1, {"n": 1, "status": "ran"})


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("a.log", "--follow"), "one topic"),
        (("kafka://a/t", "kafka://a/u", "--follow"), "one topic"),
        (("kafka://a/t", "--follow", "--format", "html"), "needs --output"),
    ],
    ids=["file", "two", "html"],
)
def test_what_cannot_be_followed_is_told(words: tuple[str, ...], told: str) -> None:
    with pytest.raises(HongxianError, match=told):
        run(*words)


def test_a_signal_ends_it_once_and_then_means_what_it_did() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with watch_follow.stopping() as stop:
        os.kill(os.getpid(), signal.SIGTERM)
        until = time.monotonic() + 10
        while not stop.is_set() and time.monotonic() < until:
            time.sleep(0.01)
        assert stop.is_set()
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_finding_is_a_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps(asked(number)) + "\n" for number in range(60)))
    (one,) = watch(open_traffic([path])).incidents
    text = watch_follow.line_of(one, "table", "en")
    assert "enumeration | POST /contacts/match" in text
    assert text.endswith("| a.jsonl:11")
    assert json.loads(watch_follow.line_of(one, "json", "zh"))["kind"] == "enumeration"


def test_a_followed_topic_ends_with_the_report(
    kafka: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    line = watch_follow.line_of

    def told(*rest: object) -> str:
        seen.append(line(*rest))  # type: ignore[arg-type]
        os.kill(os.getpid(), signal.SIGINT)
        return seen[-1]

    monkeypatch.setattr(watch_follow, "line_of", told)
    done = run(kafka.spec("walk"), "--follow")
    assert done.exit_code == 1
    assert done.stdout.startswith(seen[0])
    assert "Endpoints with PI" in done.stdout
