from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterator

import pytest
from tests.guards.keep.mariadbs import maria
from tests.guards.keep.protected_maria import ProtectedMaria, protected_maria

from hongxian.guards.keep.drill.kinds import brought
from hongxian.guards.keep.drill.results import Trial
from hongxian.guards.keep.drill.trial import tried


@pytest.fixture(scope="module")
def kept() -> Iterator[ProtectedMaria]:
    with protected_maria() as made:
        yield made


def outcomes(trial: Trial) -> dict[str, str]:
    return {one.what: one.outcome for one in trial.checks}


def test_a_copy_is_tried_without_a_mark(kept: ProtectedMaria) -> None:
    done = tried(kept.vault, kept.settings, kept.source)
    assert (done.outcome, done.reason, done.mark) == ("passed", None, None)
    assert outcomes(done) == {"pages": "passed"}
    assert done.rto > 0


@pytest.mark.parametrize("files", [True, False])
def test_all_that_was_marked_comes_back(files: bool) -> None:
    with protected_maria(files=files, longest_rto=600, longest_rpo=600) as kept:
        told = kept.mark()
        kept.shop.sql("insert into shop.orders select seq, 'later' from shop.seq_5001_to_6000;"
                      "flush binary logs")  # fmt: skip
        newest = kept.mark()
        kept.shop.sql("delete from shop.orders where id < 10")
        kept.caught_up()
        done = tried(kept.vault, kept.settings, kept.source)
        assert (done.outcome, done.reason) == ("passed", None)
        assert outcomes(done) == dict.fromkeys(
            ("sum", "query", "mark", "pages", "rpo", "rto"), "passed"
        )
        assert done.mark == newest.number != told.number
        assert done.rpo < 60
        assert [one.name for one in kept.settings.folder.iterdir()] == ["marks"]


def test_a_loss_that_nothing_else_sees_is_found(kept: ProtectedMaria) -> None:
    told = kept.mark()
    held = told.seen.tables["`shop`.`orders`"]
    path = max((kept.settings.folder / "marks" / "shop").iterdir())
    text = path.read_text()
    kept.caught_up()
    try:
        path.write_text(text.replace(f'"{held.sum}"', '"12345"'))
        wrong = tried(kept.vault, kept.settings, kept.source)
        path.write_text(text.replace("`orders`", "`gone`"))
        gone = tried(kept.vault, kept.settings, kept.source)
    finally:
        path.write_text(text)
    assert (wrong.outcome, outcomes(wrong)["sum"]) == ("failed", "failed")
    assert (gone.outcome, outcomes(gone)["table"]) == ("failed", "failed")


def test_a_mark_that_did_not_come_is_a_loss(kept: ProtectedMaria) -> None:
    kept.mark()
    kept.caught_up()
    path = max((kept.settings.folder / "marks" / "shop").iterdir())
    number = path.stem.rpartition("-")[2]
    lost = path.parent / f"9{path.name}"
    lost.write_text(path.read_text().replace(number, "f" * 16))
    try:
        done = tried(kept.vault, kept.settings, kept.source)
    finally:
        lost.unlink()
    assert (done.outcome, outcomes(done)["mark"]) == ("failed", "failed")


def test_a_dropped_table_is_back_as_it_was_the_moment_before() -> None:
    with protected_maria() as kept:
        kept.shop.sql("insert into shop.orders values (5001, 'last')")
        before = kept.mark()
        time.sleep(3.2)  # logs know whole seconds, and marks need two of them
        moment = time.time()
        time.sleep(1.2)
        kept.shop.sql("drop table shop.orders; drop database hongxian_drill")
        kept.caught_up()
        done = tried(kept.vault, kept.settings, kept.source, moment)
        assert (done.outcome, done.reason, done.rpo) == ("passed", None, None)
        assert done.mark == before.number
        assert outcomes(done) == dict.fromkeys(("sum", "query", "mark", "pages"), "passed")
        assert moment - 60 < done.latest <= moment
        gone = tried(kept.vault, kept.settings, dataclasses.replace(kept.source, check=False))
        assert outcomes(gone)["mark"] == "failed"


def test_a_lost_server_is_back_with_all_that_it_had_committed() -> None:
    with protected_maria() as kept:
        ends = time.monotonic() + 3
        last = 5000
        while time.monotonic() < ends:
            last += 1
            kept.shop.sql(f"insert into shop.orders values ({last}, 'minute')")
        newest = kept.mark()
        kept.caught_up()
        kept.shop.lost()
        done = tried(kept.vault, kept.settings, kept.source)
        assert (done.outcome, done.reason, done.mark) == ("passed", None, newest.number)
        place = kept.place / "back"
        place.mkdir()
        with maria(data=brought(kept.vault, kept.source, place, None).data) as back:
            told = back.sql("select count(*), max(id) from shop.orders")
        assert told == f"{last}\t{last}"


def test_a_copy_that_cannot_be_restored_is_told(kept: ProtectedMaria) -> None:
    entry = next(one for one in kept.vault.ledger.live("mariadb/shop", "base/")
                 if one.name.endswith(".mbstream"))  # fmt: skip
    path = kept.vault.path(entry.area, entry.name)
    data = path.read_bytes()
    path.chmod(0o600)
    path.write_bytes(data[:-1] + b"!")
    try:
        done = tried(kept.vault, kept.settings, kept.source)
    finally:
        path.write_bytes(data)
    assert done.outcome == "failed"
    assert "is not as it came" in done.reason
    assert (done.rto, done.base) == (None, None)
