from __future__ import annotations

import gc
import gzip
import io
import json
import marshal
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, Any

import pytest
from tests.sensors.traffic.columns.logs import (
    START,
    as_parquet,
    line_by_line,
    random_log,
    random_text,
)

from hongxian.audit.watch import watch
from hongxian.audit.watch_record import record
from hongxian.sensors.traffic import sense
from hongxian.sensors.traffic.columns import parts
from hongxian.sensors.traffic.columns.parts import Part, blocks, cuts
from hongxian.sensors.traffic.hashed import NOWHERE
from hongxian.sensors.traffic.readers import Log
from hongxian.sensors.traffic.sense import observe, open_traffic

if TYPE_CHECKING:
    from pathlib import Path


def shown(path: Path, jobs: int | None = None) -> Any:
    """Return all that the watch tells and keeps of a log."""
    watched = watch(open_traffic([path]), jobs=jobs)
    sensed = watched.sensed
    facts = [repr(one) for one in sensed.facts()]
    callers = {name: one.callers.dump() for name, one in sensed.inventory.endpoints.items()}
    schemas = [
        (one.query, one.request, one.response, one.samples, one.statuses)
        for one in sensed.inventory.endpoints.values()
    ]
    return record(watched, "en"), facts, callers, schemas, [repr(log) for log in sensed.logs]


@pytest.fixture
def fixed(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Have the same salts in every run, and blocks so small that logs have many."""
    monkeypatch.setattr("secrets.token_bytes", bytes)
    monkeypatch.setattr(parts, "BLOCK", 3_000)
    monkeypatch.setattr(parts, "PART", 9_000)
    return monkeypatch


def same(told: Any, other: Any) -> bool:
    """Return whether two readings show the same; only one of them knows its place in bytes."""
    return bool(told[:-1] == other[:-1])


@pytest.mark.parametrize("seed", range(6))
def test_columns_show_what_lines_show(tmp_path: Path, fixed: pytest.MonkeyPatch, seed: int) -> None:
    path = random_log(tmp_path / "a.jsonl", seed, 400)
    fast = shown(path)
    line_by_line(fixed)
    slow = shown(path)
    assert same(fast, slow)
    assert "place=0" in slow[-1][0]
    assert "place=0" not in fast[-1][0]
    assert fast[0]["requests"] > 100


@pytest.mark.parametrize("form", ["combined", "parquet"])
@pytest.mark.parametrize("jobs", [1, 2])
def test_other_formats_are_read_in_parts_as_line_by_line(
    tmp_path: Path, fixed: pytest.MonkeyPatch, form: str, jobs: int
) -> None:
    path = tmp_path / "a.log"
    if form == "combined":
        random_text(path, 4, 400)
    else:
        as_parquet(path, random_log(tmp_path / "b.jsonl", 4, 400))
    fast = shown(path, jobs)
    assert f"form={form!r}" in fast[-1][0]
    line_by_line(fixed)
    assert same(fast, shown(path))
    assert fast[0]["requests"] > 100


def test_an_attack_is_found_by_several_processes_as_by_one(
    tmp_path: Path, fixed: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.jsonl"
    rows = [
        {"time": START + n, "method": "POST", "uri": "/m", "status": 200, "user_id": f"u{n % 3}",
         "ja4": "t13d", "client_ip": f"10.0.0.{n % 9}",
         "request_body": {"phones": [str(13_000_010_000 + 5 * n + k) for k in range(5)]},
         "response_body": {"phone": str(13_000_010_000 + 5 * n)}} for n in range(400)
    ]  # fmt: skip
    path.write_text("".join(json.dumps(one) + "\n" for one in rows))
    one, two = shown(path, 1), shown(path, 2)
    assert one == two
    line_by_line(fixed)
    assert same(one, shown(path))
    assert {found["kind"] for found in one[0]["findings"]} >= {"enumeration"}


def test_a_packed_log_is_read_until_it_breaks_off(
    tmp_path: Path, fixed: pytest.MonkeyPatch
) -> None:
    plain = random_log(tmp_path / "b.jsonl", 9, 300).read_bytes()
    path = tmp_path / "a.jsonl.gz"
    for cut in (None, -400):
        path.write_bytes(gzip.compress(plain, mtime=0)[:cut])
        with fixed.context() as patch:
            line_by_line(patch)
            slow = shown(path)
        assert same(shown(path), slow)
        assert bool(open_traffic([path]).logs) is True


def test_a_process_that_dies_is_told(tmp_path: Path, fixed: pytest.MonkeyPatch) -> None:
    def dying(*_: Any) -> Any:
        raise BrokenProcessPool

    fixed.setattr(parts.Reading, "pages", dying)
    sensed = open_traffic([random_log(tmp_path / "a.jsonl", 1, 100)])
    assert len(list(observe(sensed))) > 0
    assert "damaged" in str(sensed.coverage()[0].reason) or sensed.logs[0].unread


def test_lines_of_any_length_come_whole_or_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "BLOCK", 10)
    monkeypatch.setattr(parts, "LONGEST", 30)
    rows = [b"a", b"", b"b" * 30, b"c" * 31, b"d" * 200, b"e" * 9, b"f" * 10]
    for end in (b"", b"\n"):
        data = b"\n".join(rows) + end
        found = [line for some in blocks(io.BytesIO(data)) for line in some]
        assert found == [row[:30] for row in rows]
    assert list(blocks(io.BytesIO(b""))) == []
    assert list(blocks(io.BytesIO(b"ab\ncd"), 3)) == [[b"ab"]]


def test_parts_end_where_lines_end() -> None:
    data = b"aaa\nbbbb\n" + b"c" * 70_000 + b"\nd\n\ne"
    source = io.BytesIO(data)
    found = list(cuts(source, 4, len(data), 7))
    assert b"".join(data[start:stop] for start, stop in found) == data[4:]
    assert all(data[stop - 1 : stop] == b"\n" for _, stop in found[:-1])
    assert list(cuts(source, len(data), len(data), 7)) == []


def test_a_large_log_is_shared_out(tmp_path: Path, fixed: pytest.MonkeyPatch) -> None:
    fixed.setattr(parts, "LEAST", 0)
    path = random_log(tmp_path / "a.jsonl", 3, 200)
    assert 1 <= parts.cores() <= parts.MOST_JOBS
    few = [one.locator for one in observe(open_traffic([path]), b"s", 1)]
    assert [one.locator for one in observe(open_traffic([path]), b"s")] == few


def test_each_process_makes_pages_of_its_parts(tmp_path: Path) -> None:
    path = random_log(tmp_path / "a.jsonl", 3, 50)
    with parts.seldom_collected():
        parts._begin(None, NOWHERE)
        assert gc.get_threshold() == parts.SELDOM
    assert gc.get_threshold() != parts.SELDOM
    pages = marshal.loads(parts._part(Part(path, "json", 0, path.stat().st_size)))
    assert sum(page[0] for page in pages) == 50


def test_the_head_of_a_log_is_enough_to_know_it(tmp_path: Path) -> None:
    path = random_log(tmp_path / "a.jsonl", 3, 100)
    log = Log(path)
    assert len(list(sense.read_log(log, head=True))) + log.bad == 20
    assert 0 < log.place < path.stat().st_size
