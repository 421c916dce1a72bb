from __future__ import annotations

import gzip
import io
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from tests.guards.mask.copies.made import COVERED_CSV, CSV, PHONE, PICTURE, zipped
from tests.guards.mask.tables import plan
from tests.sensors.policy.reading.makers import At, pdf

from hongxian.errors import Exit, HongxianError
from hongxian.guards.mask.job import Job
from hongxian.guards.mask.plan import Named
from hongxian.guards.mask.run import Asked
from hongxian.guards.mask.units import chosen, file_unit, file_units
from hongxian.sensors.store.sources.file import local_file
from hongxian.sensors.store.sources.table import Table

if TYPE_CHECKING:
    from pathlib import Path

    from hongxian.guards.mask.job import Unit

NAMED = {"phone": Named("basic.phone", "partial")}


def units(path: Path, data: bytes, **own: Any) -> tuple[list[Unit], list[Any]]:
    path.write_bytes(data)
    problems: list[Any] = []
    found = file_units(local_file(path, path.name), path.name, "csv", problems, **own)
    return list(found), problems


def written(unit: Unit, **own: Any) -> tuple[bytes, list[Any]]:
    out, job = io.BytesIO(), Job(plan=plan(named=NAMED), tables="csv", **own)
    found = unit.copied(out, unit.packing, job, Asked())
    return out.getvalue(), [*found, *job.notes]


@pytest.mark.parametrize(
    ("name", "data", "unit"),
    [("张三.csv", CSV.encode(), "张_.csv"), ("a.csv.gz", gzip.compress(CSV.encode()), "a.csv.gz"),
     ("a.zip", zipped({"a.csv": CSV}), "a.zip"),
     ("a.pdf", pdf([At(50, 700, f"x {PHONE}")]), "a.pdf.txt")],
    ids=["file", "packed", "archive", "pdf"],
)  # fmt: skip
def test_a_file_becomes_one_of_its_name(tmp_path: Path, name: str, data: bytes, unit: str) -> None:
    [found], problems = units(tmp_path / name, data, mode=0o640)
    assert (found.name, found.mode, problems) == (unit, 0o640, [])
    out, told = written(found)
    assert told
    assert PHONE.encode() not in out


def test_a_packed_file_is_packed_again(tmp_path: Path) -> None:
    [found], _ = units(tmp_path / "a.csv.gz", gzip.compress(CSV.encode()))
    assert gzip.decompress(written(found)[0]).decode() == COVERED_CSV


def test_tables_become_files_in_a_folder_unless_they_are_the_whole(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "s.db")) as made:
        for name in ("a/b", "a b", "..c"):
            made.execute(f'create table "{name}" (phone text)')
        made.commit()
    data = (tmp_path / "s.db").read_bytes()
    names = [one.name for one in units(tmp_path / "s.db", data)[0]]
    assert names == ["s.db/_c.csv", "s.db/a_b.csv", "s.db/a_b-2.csv"] or len(set(names)) == 3
    [one], _ = units(tmp_path / "s.db", data, alone=True, tables=("a b",), within="x!")
    assert (one.name, one.place) == ("a_b.csv", "s.db: a b")
    with pytest.raises(HongxianError, match="no table 'ab'"):
        units(tmp_path / "s.db", data, tables=("ab",))


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (PICTURE, "in!a: content of this kind (unknown)"),
        (b"\x1f\x8b\x08xx", "a: no whole gzip file"),
    ],
    ids=["picture", "damaged"],
)
def test_what_becomes_nothing_is_told(tmp_path: Path, data: bytes, line: str) -> None:
    found, [problem] = units(tmp_path / "a", data, within="in!")
    assert found == []
    assert problem.say("en").startswith(line)
    assert problem.code is Exit.SENSOR
    file = local_file(tmp_path / "a", "a")
    assert file_unit(file, "unknown", "a", "a") is None


def test_a_file_with_files_inside_takes_no_form_of_a_table(tmp_path: Path) -> None:
    [found], _ = units(tmp_path / "a.zip", zipped({"a.csv": CSV}))
    with pytest.raises(HongxianError, match="zip cannot be written as csv"):
        written(found, form="csv")
    [deep], _ = units(tmp_path / "b.zip", zipped({"a.png": PICTURE}))
    with pytest.raises(HongxianError, match="--skip-unknown"):
        written(deep)
    (tmp_path / "c.zip").write_bytes(b"PK\x05\x06" + b"\xff" * 18)
    [broken], _ = units(tmp_path / "c.zip", (tmp_path / "c.zip").read_bytes())
    with pytest.raises(HongxianError, match=r"c\.zip"):
        written(broken)


def test_tables_of_other_kinds_are_told() -> None:
    table = Table(where="r", name="keys", medium="table", kind="redis", read=lambda _: iter(()))
    problems: list[Any] = []
    assert list(chosen([table], "", "csv", (), problems)) == []
    assert "(redis) cannot be masked" in problems[0].say("en")


def test_a_file_that_may_not_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> Any:
        raise PermissionError(13, "no", "x")

    monkeypatch.setattr("hongxian.guards.mask.units.inner_file", refused)
    found, [problem] = units(tmp_path / "a.csv", b"")
    assert (found, problem.where) == ([], "a.csv")
