from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from tests.guards.mask.tables import plan

from hongxian.audit.masks import keep_masked, mask_subject
from hongxian.audit.outcome import judge_store
from hongxian.facts import Store
from hongxian.guards.mask.many import Masked, Wanted, mask_source
from hongxian.guards.mask.plan import Named
from hongxian.rules.load import load_store_rules
from hongxian.words.worded import WordedError


def ruled(path: Path) -> str:
    store = Store(path)
    try:
        rules, day = load_store_rules(), datetime(2026, 1, 1)  # noqa: DTZ001 - as the store keeps them
        rulings = judge_store(store, rules, [("store:in.csv", None)], day, {})
    finally:
        store.close()
    [found] = [one for one in rulings if one.rule == "store.9"]
    return found.verdict


@pytest.mark.parametrize(("technique", "verdict"), [("partial", "satisfied"), ("keep", "violated")])
def test_a_copy_is_judged_by_what_it_still_holds(
    tmp_path: Path, technique: str, verdict: str
) -> None:
    source = tmp_path / "in.csv"
    source.write_text("phone,city\n13812345678,A\n")
    named = {"phone": Named("basic.phone", technique)}
    masked = mask_source(str(source), tmp_path / "out.csv", plan(named=named), Wanted())
    facts = tmp_path / "facts.duckdb"
    keep_masked(facts, mask_subject(str(source), None), "out.csv", masked, "test")
    assert ruled(facts) == verdict
    problem = WordedError("mask_no_source", "z.zip", kind="zip")
    part = Masked(outcomes=masked.outcomes[:0], problems=(problem,))
    keep_masked(facts, "store:other", "out.csv", part, "test")
    assert ruled(facts) == verdict


def test_a_copy_that_is_not_whole_leaves_it_open(tmp_path: Path) -> None:
    folder = tmp_path / "in.csv"
    folder.mkdir()
    (folder / "a.csv").write_text("phone,city\n13812345678,A\n")
    (folder / "z.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    named = {"phone": Named("basic.phone", "partial")}
    masked = mask_source(str(folder), tmp_path / "out", plan(named=named), Wanted())
    facts = tmp_path / "facts.duckdb"
    keep_masked(facts, mask_subject(str(folder), None), "out", masked, "test")
    assert ruled(facts) == "unclear"


def test_a_subject_is_called_as_the_scan_calls_it() -> None:
    assert mask_subject("a/in.csv", None) == "store:in.csv"
    assert mask_subject("a/in.csv", "shop") == "store:shop"
    assert mask_subject("postgresql://me:secret@h/shop", None) == "store:h/shop"
