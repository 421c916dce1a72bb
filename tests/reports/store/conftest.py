"""A scan with its report, for the tests of each format."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from tests.sensors.store.made import csv_text, file_of, people, table_of

from hongxian.audit.outcome import judge_store
from hongxian.audit.stores import keep_scan
from hongxian.facts import Store
from hongxian.reports import Origin, Report, build_report
from hongxian.reports.store import Inventory, build_inventory
from hongxian.rules.load import load_store_rules
from hongxian.sensors.store.scan import Options, scan
from hongxian.sensors.store.sources.sources import Source, open_source

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 1)  # noqa: DTZ001 - as the store keeps times
Made = tuple[Inventory, Report]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """A folder and a table of which a sample was read."""
    file_of(tmp_path, "u.csv", csv_text(20))
    file_of(tmp_path, "app.log", "start\n2026-11-01 10:00:00 password=Abc12345! 13812345678\n")
    file_of(tmp_path, "x.bin", bytes(range(256)))
    rows = {"phone": [one["phone"] for one in people(9)], "f": ["=1+1"] * 9}
    table = table_of(rows, rows=900, samples=True, name="=t")
    sources = [open_source(str(tmp_path)), Source(name="db", tables=lambda _: iter([table]))]
    scanned = scan(sources, "store:s", Options(sample=9))
    store = Store()
    keep_scan(store, scanned, None)
    rules = load_store_rules()
    rulings = judge_store(store, rules, [("store:s", None)], NOW, {})
    report = build_report(store, rules, rulings, Origin(judged_at=NOW, version="1", command="c"))
    store.close()
    return build_inventory(scanned), report


@pytest.fixture
def clean(tmp_path: Path) -> Made:
    """A folder without PI."""
    file_of(tmp_path, "a.txt", "nothing here\n")
    scanned = scan([open_source(str(tmp_path))], "store:s", Options())
    report = Report(origin=Origin(judged_at=NOW, version="1", command="c"), subjects=(), rules=())
    return build_inventory(scanned), report
