from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from hongxian.guards.keep.vault.ledger import Entry, Ledger


def entry(name: str, at: float = 10.0, **told: object) -> Entry:
    return Entry(**({"area": "a", "name": name, "sha256": "0" * 64, "size": 5, "client": "c",
                     "at": at, "until": at + 100} | told))  # fmt: skip


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    made = Ledger(tmp_path / "ledger.sqlite")
    yield made
    made.close()


def test_what_arrives_is_found_and_what_goes_is_remembered(ledger: Ledger) -> None:
    ledger.append([entry("x"), entry("y", 20), entry("other", area="b")])
    assert [one.name for one in ledger.live("a")] == ["x", "y"]
    assert ledger.areas() == ["a", "b"]
    ledger.append([entry("x", act="expire")])
    assert ledger.find("a", "x") is None
    assert [one.name for one in ledger.expired()] == ["x"]
    assert ledger.head()[0] == 4
    assert [one.name for one in ledger.everything()] == ["y", "other"]


def test_a_name_is_entered_once(ledger: Ledger) -> None:
    ledger.append([entry("x")])
    with pytest.raises(sqlite3.IntegrityError):
        ledger.append([entry("z"), entry("x")])
    assert ledger.head()[0] == 1


def test_names_begin(ledger: Ledger) -> None:
    ledger.append([entry("wal/1"), entry("wal/2"), entry("walk")])
    assert [one.name for one in ledger.live("a", "wal/")] == ["wal/1", "wal/2"]


def test_what_a_client_brought_is_counted(ledger: Ledger) -> None:
    ledger.append([entry("x", 10), entry("y", 20), entry("z", 30, client="d")])
    assert ledger.received("c", 10) == (5, 1)
    assert (ledger.latest("c"), ledger.latest(), ledger.latest("nobody")) == (20, 30, None)


def test_intentions_are_kept_until_they_are_done(ledger: Ledger) -> None:
    ledger.intend([entry("x"), entry("y")])
    ledger.append([entry("x")])
    assert [one.name for one in ledger.intended()] == ["y"]
    ledger.forgo(entry("y"))
    assert ledger.intended() == []


def test_copies_elsewhere_are_remembered(ledger: Ledger) -> None:
    ledger.append([entry("x"), entry("y")])
    first = next(ledger.uncopied("s3"))
    ledger.copied(first, "s3", 50)
    assert [one.name for one in ledger.uncopied("s3")] == ["y"]
    assert len(list(ledger.uncopied("elsewhere"))) == 2


@pytest.mark.parametrize(
    "edit",
    ["update entries set sha256 = 'x' where seq = 2", "delete from entries where seq = 2",
     "update entries set at = 1, until = 2 where seq = 2",
     "update entries set seq = 9 where seq = 2"],
)  # fmt: skip
def test_an_edited_entry_is_pointed_at(tmp_path: Path, ledger: Ledger, edit: str) -> None:
    ledger.append([entry(str(one)) for one in range(5)])
    assert ledger.first_altered() is None
    with sqlite3.connect(tmp_path / "ledger.sqlite") as base:
        base.execute(edit)
    assert ledger.first_altered() == 2


def test_a_reader_needs_no_right_to_write(tmp_path: Path, ledger: Ledger) -> None:
    ledger.append([entry("x")])
    reader = Ledger(tmp_path / "ledger.sqlite", readonly=True)
    assert [one.name for one in reader.everything()] == ["x"]
    with pytest.raises(sqlite3.OperationalError):
        reader.append([entry("y")])
    reader.close()
