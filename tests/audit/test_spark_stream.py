"""A folder read as a stream shows what it shows when it is read at once."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tests.audit.watches import SMALL, lake, shown

from hongxian.audit import spark_stream
from hongxian.audit.spark_stream import Stream, Wanted
from hongxian.audit.watch import Watched, watch
from hongxian.cli import watch_follow
from hongxian.cli.watch import command
from hongxian.errors import HongxianError
from hongxian.facts.spark_session import session
from hongxian.sensors.traffic.sense import open_traffic


def stream(folder: Path, **wanted: Any) -> Stream:
    checkpoint = folder.parent / "checkpoint"
    return Stream(session(), folder, checkpoint, Wanted(size=SMALL, **wanted))


def test_a_stream_goes_on_where_it_stopped_and_finds_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("secrets.token_bytes", bytes)
    folder = lake(tmp_path / "lake")
    here = watch(open_traffic([folder]), learn=True)
    waiting = tmp_path / "waiting"
    folder.rename(waiting)
    folder.mkdir()
    logs = [log.name for log in open_traffic([waiting]).in_order()]
    for some in (logs[:2], logs[2:4], logs[4:], []):
        for name in some:
            (waiting / name).rename(folder / name)
        stream(folder, learn=True).read()
    there = stream(folder, learn=True).watched()
    assert shown(there) == shown(here)
    assert (tmp_path / "checkpoint" / "secret").stat().st_mode & 0o77 == 0
    kept = b"".join(one.read_bytes() for one in (tmp_path / "checkpoint").rglob("*.state"))
    assert b"13000010" not in kept


def test_a_batch_that_breaks_off_is_done_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = lake(tmp_path / "lake")
    whole = watch(open_traffic([folder])).sensed.requests
    with monkeypatch.context() as patch:
        patch.setattr(spark_stream.Checkpoint, "keep", _full)
        with pytest.raises(HongxianError, match="Spark failed"):
            stream(folder).read()
    assert stream(folder).watched().sensed.requests == 0
    stream(folder).read()
    assert stream(folder).watched().sensed.requests == whole


def _full(*_: Any) -> None:
    raise OSError("no space")


def test_a_stream_is_followed_until_told_to_stop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spark_stream, "EVERY", "1 second")
    folder = lake(tmp_path / "lake")
    more = (folder / "d.jsonl").rename(tmp_path / "d.jsonl")
    told: list[tuple[int, int]] = []

    def hear(watched: Watched, before: int) -> None:
        told.append((before, watched.sensed.requests))
        if more.exists():
            more.rename(folder / "d.jsonl")

    stream(folder).follow(hear, lambda: len(told) > 1)
    assert [before for before, _ in told] == [0, 6]
    assert told[1][1] - told[0][1] == 150


def test_the_verb_prints_findings_as_they_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = lake(tmp_path / "lake")
    seen: list[str] = []
    line = watch_follow.line_of

    def heard(*rest: Any) -> str:
        seen.append(line(*rest))
        os.kill(os.getpid(), 15)
        return seen[-1]

    monkeypatch.setattr(watch_follow, "line_of", heard)
    words = [str(folder), "--engine", "spark", "--checkpoint", str(tmp_path / "c"), "--format"]
    done = CliRunner().invoke(command, [*words, "json", "--follow"], catch_exceptions=False)
    assert done.exit_code == 1
    assert done.stdout.splitlines() == seen
    done = CliRunner().invoke(command, [*words, "json"], catch_exceptions=False)
    found = json.loads(done.stdout)["findings"]
    assert {one["kind"] for one in found} == {json.loads(one)["kind"] for one in seen}


def test_what_was_found_before_stands_before_all_requests() -> None:
    row = {"endpoint": "GET /a", "told": bytearray(b"t"), "memory": bytearray(b"m")}
    one = spark_stream._judged_row(row)
    assert one == ("GET /a", b"t", b"m")
    assert spark_stream._row(one) == tuple(row.values())
    assert spark_stream._without_memory(one) == ("GET /a", b"t", b"")
    assert spark_stream._remembered(one) == (("GET /a", (-1, 0, 0)), (b"t", b"m"))


def test_a_stream_needs_a_folder(tmp_path: Path) -> None:
    with pytest.raises(HongxianError, match="from a folder"):
        stream(tmp_path / "none")
    (tmp_path / "lake").mkdir()
    (tmp_path / "checkpoint").write_text("")
    with pytest.raises(HongxianError, match="checkpoint"):
        stream(tmp_path / "lake")
