from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from tests.sensors.traffic.topics.cluster import asked, cluster

from hongxian.cli.watch import command
from hongxian.errors import HongxianError
from hongxian.facts import Store
from hongxian.guards.gate.policy_file import load_cohorts
from hongxian.sensors.traffic.openapi import load_openapi

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

FIRST = 13_000_010_000


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    rows = [
        {"time": 1_750_000_000 + n, "method": "POST", "uri": "/m", "user_id": "mallory",
         "request_body": {"phones": [str(FIRST + 5 * n + k) for k in range(5)]},
         "response_body": {"phone": str(FIRST + 5 * n)}} for n in range(60)
    ]  # fmt: skip
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(one) + "\n" for one in rows))
    (tmp_path / "ok.log").write_text(
        '10.0.0.7 - - [17/May/2015:10:05:03 +0000] "GET / HTTP/1.1" 200 203\noops\n'
    )


def run(*words: str) -> Result:
    return CliRunner().invoke(command, [*words, "--lang", "en"], catch_exceptions=False)


def test_an_attack_in_a_log_is_a_violation_and_no_value_is_printed() -> None:
    done = run("a.jsonl")
    assert done.exit_code == 1
    assert "enumeration" in done.stdout
    assert "act at once" in done.stdout
    assert str(FIRST)[:8] not in done.output
    assert "mallory" not in done.output


@pytest.mark.parametrize("form", ["json", "html", "csv"])
def test_a_report_is_written_in_other_formats(tmp_path: Path, form: str) -> None:
    assert run("a.jsonl", "--format", form, "--output", "r").exit_code == 1
    text = (tmp_path / "r").read_text("utf-8-sig")
    assert "enumeration" in text
    assert str(FIRST)[:8] not in text


def test_a_quiet_log_is_clean_and_strictly_unclear() -> None:
    assert run("ok.log").exit_code == 0
    assert run("ok.log", "--strict").exit_code == 3


@pytest.mark.parametrize(("words", "line"), [
    (["kafka://h/t", "--engine", "spark"], "reads files and folders, no topics of Kafka"),
    (["a.jsonl", "--checkpoint", "c"], "--checkpoint needs --engine spark and one folder"),
    (["a.jsonl", "b.jsonl", "--engine", "spark", "--checkpoint", "c"], "and one folder"),
    (["a.jsonl", "--follow"], "--follow needs one topic of Kafka"),
    (["kafka://h/t", "--follow", "--format", "csv"], "--follow --format csv needs --output"),
])  # fmt: skip
def test_what_does_not_go_together_is_refused(words: list[str], line: str) -> None:
    with pytest.raises(HongxianError, match=line):
        run(*words)


def test_a_topic_is_read_and_committed() -> None:
    with cluster() as kafka:
        kafka.write("quiet", [asked(1)])
        assert run(kafka.spec("quiet", "group=once")).exit_code == 0
        assert kafka.committed("quiet", "once") == {0: 1}


def test_a_file_that_is_no_log_fails(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("nothing\n")
    assert run("x").exit_code == 4


def test_facts_what_is_usual_and_the_interfaces_are_written(tmp_path: Path) -> None:
    run("a.jsonl", "--store", "s.duckdb", "--learn", "l.json", "--write-openapi", "o.json",
        "--subject", "interface:shop")  # fmt: skip
    assert "POST /m" in load_cohorts(tmp_path / "l.json")
    assert [one.name for one in load_openapi(tmp_path / "o.json")] == ["POST /m"]
    store = Store(tmp_path / "s.duckdb")
    assert store.rows("select distinct subject from main.facts") == [{"subject": "interface:shop"}]
    store.close()


def test_a_policy_and_a_document_are_heard(tmp_path: Path) -> None:
    (tmp_path / "gate.toml").write_text('[[allow]]\nprincipal = "account:mallory"\nowner = "Li"\n'
                                        "until = 2999-01-01\n")  # fmt: skip
    (tmp_path / "api.json").write_text('{"paths": {"/old": {"get": {}}}}')
    done = run("a.jsonl", "--policy", "gate.toml", "--openapi", "api.json")
    assert done.exit_code == 0
    assert "shadow endpoint" in done.stdout
    assert "GET /old" in done.stdout
    (tmp_path / "gate.toml").write_text("[gates]")
    with pytest.raises(HongxianError, match="unknown key"):
        run("a.jsonl", "--policy", "gate.toml")


def test_the_compiled_parts_find_what_the_plain_ones_do(tmp_path: Path) -> None:
    rows = [
        {"time": 1_750_000_000 + n, "method": "POST", "uri": "/m", "user_id": f"u{n % 4}",
         "ja4": f"t{n % 2}", "client_ip": f"10.0.0.{n % 7}",
         "request_body": json.dumps({"phones": [str(FIRST + 70_001 * n % 10**8 + 3 * k)
                                                for k in range(5)]}),
         "response_body": json.dumps({"phone": str(FIRST + 70_001 * n % 10**8)}) if n % 3 else "{}"}
        for n in range(200)
    ]  # fmt: skip
    (tmp_path / "b.jsonl").write_text("".join(json.dumps(one) + "\n" for one in rows))
    told = [_told_apart("b.jsonl", plain) for plain in ("", "1")]
    assert told[0] == told[1]
    assert len(told[0]) > 3


def test_the_compiled_parts_read_lines_of_text_as_the_plain_ones_do(tmp_path: Path) -> None:
    line = '10.0.0.{} - u{} [17/May/2015:10:05:03 +0000] "GET {} HTTP/1.1" 200 203\n'
    targets = ("/v1/orders/{}", "/v1/feed", "/find?phone=13000010{:03d}", "/u/{}?phone=13800138000")
    (tmp_path / "b.log").write_text("".join(
        line.format(n % 7, n % 3, targets[n % 4].format(n)) for n in range(200)
    ))  # fmt: skip
    told = [_told_apart("b.log", plain) for plain in ("", "1")]
    assert told[0] == told[1]
    assert len(told[0]) > 3


def _told_apart(log: str, plain: str) -> list[Any]:
    """Return what a process of its own tells of a log."""
    program = "from hongxian.cli import main; main()"
    words = [sys.executable, "-c", program, "watch", log, "--format", "json", "--lang", "en"]
    done = subprocess.run(
        words, capture_output=True, text=True, check=False,
        env={**os.environ, "HONGXIAN_PLAIN": plain, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    found = json.loads(done.stdout)
    return [
        [one[name] for name in ("kind", "score", "figures", "message", "locator", "requests")]
        for one in found["findings"]
    ] + [found["endpoints"], found["leak"]]


def test_several_processes_find_what_one_finds() -> None:
    told = [json.loads(run("a.jsonl", "--format", "json", "--jobs", jobs).stdout)
            for jobs in ("1", "3")]  # fmt: skip
    for one in told:
        for found in one["findings"]:
            found["principal"] = found["principal"].partition(":")[0]
    assert told[0]["findings"] == told[1]["findings"]
    assert told[0]["findings"]


def test_jobs_are_a_number_and_not_for_spark() -> None:
    assert run("a.jsonl", "--jobs", "0").exit_code == 2
    with pytest.raises(HongxianError, match="Spark"):
        run("a.jsonl", "--engine", "spark", "--jobs", "2")


def test_digests_are_told_as_hashed(tmp_path: Path) -> None:
    (tmp_path / "gate.toml").write_text('[endpoints."POST /h"]\nhashed = "basic.phone"\n')
    body = json.dumps({"h": ["ab" * 16, "cd" * 16]})
    row = {"time": 1_750_000_000, "method": "POST", "uri": "/h", "request_body": body}
    (tmp_path / "h.jsonl").write_text(json.dumps(row) + "\n")
    (told,) = json.loads(run("h.jsonl", "--policy", "gate.toml", "--format", "json").stdout)[
        "endpoints"
    ]
    assert (told["pi_in"], told["pi_hashed"]) == ({"basic.phone": 2}, {"basic.phone": 2})
    assert told["in_names"] == ["personal phone number (hashed)"]
