from __future__ import annotations

import gzip
import io
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from pyarrow import parquet
from tests.guards.mask.buckets import Bucket, bucket
from tests.guards.mask.tables import plan

from hongxian.errors import Exit, HongxianError
from hongxian.guards.mask.found import AwayError, check_apart, found_files
from hongxian.guards.mask.known import recognised
from hongxian.guards.mask.many import Masked, Wanted, mask_source
from hongxian.guards.mask.plan import Named
from hongxian.guards.mask.targets.target import open_target

if TYPE_CHECKING:
    from pathlib import Path

PHONE, COVERED = "13812345678", "138****5678"
CSV = f"phone,city\n{PHONE},A\n"
NAMED = {"phone": Named("basic.phone", "partial")}


@pytest.fixture(scope="module")
def server() -> Iterator[Bucket]:
    with bucket() as found:
        yield found


@pytest.fixture
def lake(server: Bucket) -> Bucket:
    for key in server.names():
        server.client.delete_object(Bucket="lake", Key=key)
    server.put("in/a.csv", CSV.encode())
    server.put("in/deep/b.jsonl", f'{{"phone": "{PHONE}"}}\n'.encode())
    server.put("in/deep/13812345678.csv.gz", gzip.compress(CSV.encode(), mtime=0))
    return server


def masked(source: str, target: Any, **own: Any) -> Masked:
    return mask_source(source, target, plan(named=NAMED, recognise=recognised), Wanted(**own))


MASKED = CSV.replace(PHONE, COVERED)


def test_a_prefix_goes_to_another_object_by_object(lake: Bucket) -> None:
    found = masked(lake.spec("in"), lake.spec("out"))
    assert found.problems == ()
    assert lake.names("out") == ["out/a.csv", "out/deep/138____5678.csv.gz", "out/deep/b.jsonl"]
    assert lake.get("out/a.csv").decode() == MASKED
    assert gzip.decompress(lake.get("out/deep/138____5678.csv.gz")).decode() == MASKED
    assert [one.place for one in found.outcomes] == [
        "a.csv", "deep/138____5678.csv.gz", "deep/b.jsonl",
    ]  # fmt: skip
    assert lake.get("in/a.csv").decode() == CSV


def test_a_prefix_goes_to_a_folder_and_a_folder_to_a_prefix(lake: Bucket, tmp_path: Path) -> None:
    masked(lake.spec("in"), tmp_path / "out")
    assert (tmp_path / "out" / "a.csv").read_text() == MASKED
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "c.csv").write_text(CSV)
    masked(str(tmp_path / "in"), lake.spec("up"))
    assert lake.get("up/c.csv").decode() == MASKED


def test_one_object_goes_to_one_file_in_the_form_of_its_name(lake: Bucket, tmp_path: Path) -> None:
    masked(lake.spec("in/a.csv"), tmp_path / "a.parquet")
    assert (tmp_path / "a.parquet").read_bytes().startswith(b"PAR1")
    masked(str(tmp_path / "a.parquet"), lake.spec("out/a.csv.gz"))
    assert gzip.decompress(lake.get("out/a.csv.gz")).decode() == MASKED


def test_one_object_is_masked_in_place_with_a_backup(lake: Bucket) -> None:
    found = masked(lake.spec("in/a.csv"), None)
    assert found.outcomes[0].backup == "lake/in/a.csv.bak"
    assert (lake.get("in/a.csv").decode(), lake.get("in/a.csv.bak").decode()) == (MASKED, CSV)
    with pytest.raises(HongxianError, match="lake/in: only a single file"):
        masked(lake.spec("in"), None)


@pytest.mark.parametrize("target", ["in", "in/deep/x", "in/a.csv", ""])
def test_a_copy_never_takes_the_place_of_its_source(lake: Bucket, target: str) -> None:
    for source in ("in", "in/a.csv"):
        if source == "in" or target != "in/deep/x":
            with pytest.raises(HongxianError, match="output and source are one"):
                masked(lake.spec(source), lake.spec(target))
    assert lake.get("in/a.csv").decode() == CSV


def test_other_places_are_apart(lake: Bucket, tmp_path: Path) -> None:
    check_apart(lake.spec("in"), str(tmp_path))
    check_apart(lake.spec("in"), "memory://in")
    check_apart(lake.spec("in"), lake.spec("in").replace(lake.endpoint, "http://127.0.0.1:1"))
    check_apart(lake.spec("in"), lake.spec("in2"))


def test_a_fault_in_the_middle_leaves_nothing(lake: Bucket) -> None:
    with pytest.raises(HongxianError, match="no column 'fone'"):
        mask_source(lake.spec("in"), lake.spec("out"), plan(named={"fone": Named("basic.phone")}),
                    Wanted())  # fmt: skip
    lake.put("in/z.png", b"\x89PNG\r\n\x1a\n" + bytes(64))
    assert lake.names("out") == []
    found = masked(lake.spec("in"), lake.spec("out"))
    assert [one.say("en")[:6] for one in found.problems] == ["z.png:"]
    assert "out/z.png" not in lake.names("out")


def test_a_store_that_goes_away_is_one_line(lake: Bucket, tmp_path: Path) -> None:
    with pytest.raises(HongxianError, match="lake/none: there is no file") as told:
        masked(lake.spec("none"), tmp_path / "out")
    assert told.value.code is Exit.SENSOR
    [(file, *_), *_] = found_files(lake.spec("in"), None).files
    with file.opened() as stream:
        assert (stream.seekable(), stream.read(5), stream.tell()) == (True, b"phone", 5)
        lake.client.delete_object(Bucket="lake", Key="in/a.csv")
        stream.stream.cache = None  # what was read ahead
        with pytest.raises(AwayError):
            stream.seek(0) or stream.read()


def test_an_object_that_is_gone_ends_the_copy(
    lake: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(target: Any) -> Any:
        lake.client.delete_object(Bucket="lake", Key="in/deep/b.jsonl")
        return open_target(target)

    monkeypatch.setattr("hongxian.guards.mask.many.open_target", gone)
    with pytest.raises(HongxianError, match="lake/in: went away in the middle") as told:
        masked(lake.spec("in"), lake.spec("out"))
    assert told.value.code is Exit.SENSOR
    assert lake.names("out") == []


def test_tables_of_a_database_go_to_objects(lake: Bucket, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "s.db")) as made:
        made.execute("create table a (phone text)")
        made.execute("insert into a values (?)", (PHONE,))
        made.execute("create table b (phone text)")
        made.commit()
    masked(str(tmp_path / "s.db"), lake.spec("db"))
    masked(str(tmp_path / "s.db"), lake.spec("a.orc"), query="select phone from a")
    assert lake.names("db") == ["db/a.parquet", "db/b.parquet"]
    assert parquet.read_table(io.BytesIO(lake.get("db/a.parquet"))).to_pylist() == [
        {"phone": COVERED}
    ]
    assert lake.get("a.orc")[:3] == b"ORC"
