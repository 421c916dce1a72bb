from __future__ import annotations

import socket
from pathlib import Path

import pytest
from tests.sensors.store.made import csv_text, file_of, people

from hongxian.sensors.store.absent import Absent, hashed
from hongxian.sensors.store.scan import Options, Scanned, scan
from hongxian.sensors.store.sources.sources import open_source
from hongxian.sensors.store.state import State


def scanned(path: Path, **options: object) -> Scanned:
    return scan([open_source(str(path))], "store:x", Options(**options))  # type: ignore[arg-type]


def test_a_folder_becomes_facts_and_coverage(tmp_path: Path) -> None:
    file_of(tmp_path, "u.csv", csv_text(20))
    file_of(tmp_path, "app.log", "2026-11-01 10:00:00 phone=13812345678\n")
    found = scanned(tmp_path)
    infos = {(fact.item, fact.info) for fact in found.facts()}
    assert ("u.csv.id_card", "identity.doc_number") in infos
    assert ("app.log.line", "basic.phone") in infos
    coverage = found.coverage()
    assert (coverage.status, coverage.detail["tables"], coverage.detail["rows"]) == ("ran", 2, 21)


def test_no_socket_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    file_of(tmp_path, "u.csv", csv_text(20))
    file_of(tmp_path, "u.json", "[]")
    assert scanned(tmp_path).verdicts


def test_what_could_not_be_read_makes_the_coverage_partial(tmp_path: Path) -> None:
    file_of(tmp_path, "a.bin", bytes(range(256)))
    nothing = scanned(tmp_path).coverage()
    assert (nothing.status, "no known format" in (nothing.reason or "")) == ("not_run", True)
    file_of(tmp_path, "u.csv", csv_text(20) + "1,2\n")
    found = scanned(tmp_path)
    assert found.coverage().status == "partial"
    assert {one.word for one in found.reasons()} == {"store.unknown_format", "store.broken_rows"}
    empty = tmp_path / "empty"
    empty.mkdir()
    assert scanned(empty).coverage().status == "not_run"


def test_names_of_files_that_hold_a_value_are_covered(tmp_path: Path) -> None:
    file_of(tmp_path, "13812345678.csv", csv_text(5))
    assert "13812345678" not in str(scanned(tmp_path).facts())


def test_a_scan_that_was_broken_off_goes_on_where_it_was(tmp_path: Path) -> None:
    for name in "abc":
        file_of(tmp_path, f"in/{name}.csv", csv_text(20))
    state = State(tmp_path / "state", {})
    seen = 0

    def moved(_rows: int, _size: int) -> None:
        nonlocal seen
        seen += 1
        if seen == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        scanned(tmp_path / "in", state=state, moved=moved)
    state.close()
    state = State(tmp_path / "state", {})
    names: list[str] = []
    again = scanned(tmp_path / "in", state=state, begun=lambda table: names.append(table.place))
    state.close()
    assert (again.reused, names) == (2, ["c.csv"])
    whole = scanned(tmp_path / "in")
    assert [fact.fact_id for fact in again.facts()] == [fact.fact_id for fact in whole.facts()]
    text = (tmp_path / "state").read_text("utf-8")
    assert not [one["phone"] for one in people(20) if one["phone"] in text]


def test_only_what_changed_is_read_again(tmp_path: Path) -> None:
    for name in "ab":
        file_of(tmp_path, f"in/{name}.csv", csv_text(20))
    for expected in (0, 2):
        state = State(tmp_path / "state", {})
        assert scanned(tmp_path / "in", state=state).reused == expected
        state.close()
    file_of(tmp_path, "in/b.csv", csv_text(21))
    state = State(tmp_path / "state", {})
    assert scanned(tmp_path / "in", state=state).reused == 1
    state.close()


def test_persons_who_should_be_gone(tmp_path: Path) -> None:
    file_of(tmp_path, "u.csv", csv_text(20))
    absent = Absent("s", frozenset([hashed(people(3)[2]["phone"], "s")]))
    [fact] = [one for one in scanned(tmp_path, absent=absent).facts() if one.kind == "delete"]
    assert (fact.item, fact.outcome) == ("u.csv.phone", "residue")


def test_texts_of_which_a_part_was_looked_at_are_told_and_no_fault(tmp_path: Path) -> None:
    lines = "".join(f"第 {place} 单已经发货，请注意查收\n" for place in range(1_500))
    (tmp_path / "a.txt").write_text(lines, encoding="utf-8")
    scanned = scan([open_source(str(tmp_path))], "store:x", Options())
    assert [(one.word, one.where) for one in scanned.reasons()] == [("store.texts_drawn", "a.txt")]
    coverage = scanned.coverage()
    assert (coverage.status, len(coverage.detail["reasons"])) == ("ran", 1)
    assert "1000" in scanned.reasons()[0].say("en")
