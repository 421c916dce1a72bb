"""The small parts of the fault harness; the faults themselves are its own command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bench.keep_faults import command
from bench.keep_faults.command import Group
from bench.keep_faults.logs import Log
from bench.keep_faults.network import CABLES, HOSTS, Network
from bench.keep_faults.processes import Runner, until
from bench.keep_faults.results import Outcome, Results
from bench.keep_faults.statements import changed

from hongxian.guards.keep.evidence.keys import make_key
from hongxian.guards.keep.evidence.log import EvidenceLog


def outcome(word: str, evidence: str = "lane 5 refused") -> Outcome:
    return Outcome("statements", "DROP TABLE", "refused", "KP001", word, evidence)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["refused", "healed"], 0),
        (["refused", "lost"], 1),
        (["refused", "not run"], 3),
        (["lost", "not run"], 1),
        ([], 3),
    ],
)
def test_the_exit_code_says_whether_anything_was_neither(words: list[str], code: int) -> None:
    results = Results(quiet=True)
    for word in words:
        results.add(outcome(word))
    assert results.code() == code


def test_what_no_record_shows_does_not_count() -> None:
    results = Results(quiet=True)
    results.add(outcome("refused", ""))
    assert results.outcomes[0].outcome == "lost"
    assert "no record shows it" in results.outcomes[0].happened
    with pytest.raises(ValueError, match="fine"):
        results.add(outcome("fine"))


def test_a_log_that_is_not_whole_fails_the_run() -> None:
    results = Results(quiet=True)
    results.add(outcome("refused"))
    results.prove("lane: whole", whole=True)
    assert results.code() == 0
    results.prove("lane: altered", whole=False)
    assert results.code() == 1


def test_the_table_tells_fault_outcome_and_record(capsys) -> None:
    results = Results()
    results.add(outcome("refused"))
    results.prove("lane: 9 records are as they were written", whole=True)
    assert "lane 5 refused" in capsys.readouterr().out
    head, _, row, *rest = results.text().splitlines()
    assert head.split() == ["group", "fault", "expected", "happened", "outcome", "evidence"]
    assert "DROP TABLE" in row
    assert "KP001" in row
    assert rest[1] == "keep verify: lane: 9 records are as they were written"
    assert rest[-1] == "1 faults: 1 refused, 0 healed, 0 lost, 0 not run"
    assert "| statements | DROP TABLE | refused | KP001 |" in results.markdown()
    assert json.loads(results.json())["code"] == 0


def test_without_root_each_group_says_that_it_was_not_run(monkeypatch, capsys) -> None:
    monkeypatch.setattr(command, "missing", lambda: {"root": "not root"})
    with pytest.raises(SystemExit) as ended:
        command.main(["--only", "statements", "lost", "--format", "json"])
    assert ended.value.code == 3
    told = json.loads(capsys.readouterr().out)["faults"]
    assert [(one["group"], one["outcome"], one["happened"]) for one in told] == [
        ("statements", "not run", "not root"), ("lost", "not run", "not root"),
    ]  # fmt: skip


def test_what_a_group_needs_is_named() -> None:
    results = Results(quiet=True)
    lacks = {"faketime": "libfaketime is not installed"}
    command.run([Group("clocks", lambda _: None, ("faketime",))], lacks, results)
    assert results.outcomes[0].happened == "libfaketime is not installed"


def test_a_group_that_breaks_off_is_lost(monkeypatch, capsys) -> None:
    def broken(*_: object) -> None:
        raise TimeoutError("the vault listens")

    monkeypatch.setattr(command, "world", broken)
    results = Results(quiet=True)
    command.run([Group("lost", lambda _: None)], {}, results)
    assert results.code() == 1
    assert "the vault listens" in results.outcomes[0].happened
    assert "TimeoutError" in capsys.readouterr().err


def test_the_newest_record_of_a_kind_is_named(tmp_path: Path) -> None:
    make_key(tmp_path / "key")
    from hongxian.guards.keep.evidence.keys import load_key

    written = EvidenceLog(tmp_path / "log", load_key(tmp_path / "key"))
    written.record("refused", {"says": "drop"})
    written.record("alarm", {"kind": "clock", "source": "vault"})
    written.record("ticket_refused", {"reason": "used"})
    written.close()
    log = Log("lane", tmp_path / "log", tmp_path / "heads")
    assert log.size() == 4
    assert log.shown(0, ("refused",)) == "lane 1 refused"
    assert log.shown(0, ("alarm",), "clock") == "lane 2 alarm clock"
    assert log.shown(0, ("refused", "ticket_refused")) == "lane 3 ticket_refused used"
    assert log.shown(2, ("refused",)) == ""
    log.hold()
    assert log.copies.read_bytes() == (tmp_path / "log.heads").read_bytes()
    done = log.verify(Runner(Network(apart=False)))
    assert (done.code, "4 records are as they were written" in done.text) == (0, True)


def test_the_operator_has_no_cable_to_the_database() -> None:
    assert {"operator", "db"} not in [set(one) for one in CABLES]
    network = Network()
    ends = [
        network.address(*pair) for one, other in CABLES for pair in ((one, other), (other, one))
    ]
    assert len(set(ends)) == len(ends) == 2 * len(CABLES)
    assert network.within("lane") == ["ip", "netns", "exec", "hxf-lane"]
    alone = Network(apart=False)
    alone.make()
    assert {alone.address(one, "db") for one in HOSTS[1:]} == {"127.0.0.1"}
    assert alone.within("lane") == []


def test_changed_tables_are_named() -> None:
    assert changed({"a": "1", "b": "2"}, {"a": "1", "b": "missing"}) == "b missing"


def test_waiting_ends() -> None:
    with pytest.raises(TimeoutError, match="the lane answers"):
        until(lambda: False, "the lane answers", 0.2)
