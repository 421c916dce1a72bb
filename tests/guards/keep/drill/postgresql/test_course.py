from __future__ import annotations

import dataclasses
import shutil
import time
from collections.abc import Iterator

import pytest
from tests.guards.keep.protected import Protected, protected

from hongxian.guards.keep.drill.trial import tried


@pytest.fixture(scope="module")
def kept() -> Iterator[Protected]:
    with protected() as made:
        yield made


def outcomes(trial) -> dict[str, str]:
    return {one.what: one.outcome for one in trial.checks}


def test_a_copy_is_tried_without_a_mark(kept: Protected) -> None:
    done = tried(kept.vault, kept.settings, kept.source)
    assert (done.outcome, done.reason, done.mark) == ("passed", None, None)
    assert outcomes(done) == {"amcheck": "passed"}
    assert done.rto > 0


def test_all_that_was_marked_comes_back(kept: Protected) -> None:
    told = kept.mark()
    kept.shop.sql("insert into orders select g, 'later' from generate_series(5001, 6000) g")
    newest = kept.mark()
    kept.shop.sql("delete from orders where id < 10")
    kept.caught_up()
    source = dataclasses.replace(kept.source, longest_rto=600, longest_rpo=600)
    done = tried(kept.vault, kept.settings, source)
    assert (done.outcome, done.reason) == ("passed", None)
    assert outcomes(done) == dict.fromkeys(
        ("sum", "query", "mark", "amcheck", "rpo", "rto"), "passed"
    )
    assert done.mark == newest.number != told.number
    assert done.rpo < 60
    assert not [path for path in kept.settings.folder.iterdir() if path.name.startswith("shop-")]


def test_corruption_that_nothing_else_sees_is_found(kept: Protected) -> None:
    told = kept.mark()
    held = told.seen.tables['"public"."orders"']
    folder = kept.settings.folder / "marks" / "shop"
    path = max(folder.iterdir())
    text = path.read_text()
    kept.caught_up()
    try:
        path.write_text(text.replace(f'"{held.sum}"', '"12345"'))
        wrong = tried(kept.vault, kept.settings, kept.source)
        answer = f'"orders": "{told.seen.queries["orders"]}"'
        rougher = text.replace(f'"rows": {held.rows}', '"rows": 7').replace(answer, '"orders": "9"')
        path.write_text(rougher.replace('"exact": true', '"exact": false'))
        rough = tried(kept.vault, kept.settings, kept.source)
        path.write_text(text.replace('\\"orders\\"', '\\"gone\\"'))
        gone = tried(kept.vault, kept.settings, kept.source)
    finally:
        path.write_text(text)
    assert (wrong.outcome, outcomes(wrong)["sum"]) == ("failed", "failed")
    assert (outcomes(rough)["rows"], outcomes(rough)["query"]) == ("unclear", "unclear")
    assert rough.outcome == "passed"
    assert (gone.outcome, outcomes(gone)["table"]) == ("failed", "failed")


def test_a_mark_that_did_not_come_is_a_loss(kept: Protected) -> None:
    kept.mark()
    kept.caught_up()
    folder = kept.settings.folder / "marks" / "shop"
    path = max(folder.iterdir())
    text = path.read_text()
    number = path.stem.rpartition("-")[2]
    lost = folder / f"9{path.name}"
    lost.write_text(text.replace(number, "f" * 16))
    try:
        done = tried(kept.vault, kept.settings, kept.source)
    finally:
        lost.unlink()
    assert (done.outcome, outcomes(done)["mark"]) == ("failed", "failed")


def test_time_is_turned_back(kept: Protected) -> None:
    kept.shop.sql("create table before_it (id int)")
    time.sleep(0.2)
    moment = time.time()
    time.sleep(0.2)
    kept.shop.sql("drop table orders cascade")
    kept.caught_up()
    source = dataclasses.replace(kept.source, amcheck=False)
    done = tried(kept.vault, kept.settings, source, moment)
    assert (done.outcome, done.reason, done.rpo) == ("passed", None, None)
    assert moment - 1 < done.latest <= moment


def test_a_copy_that_cannot_be_restored_is_told(kept: Protected) -> None:
    entry = next(one for one in kept.vault.ledger.live("postgresql/shop", "base/")
                 if one.name.endswith("pg_control"))  # fmt: skip
    path = kept.vault.path(entry.area, entry.name)
    saved = kept.place / "saved"
    shutil.copy(path, saved)
    path.chmod(0o600)
    path.write_bytes(b"x" * 8192)
    try:
        done = tried(kept.vault, kept.settings, kept.source)
    finally:
        shutil.copy(saved, path)
    assert done.outcome == "failed"
    assert "pg_control" in done.reason
    assert (done.rto, done.base) == (None, None)
