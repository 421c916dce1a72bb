from __future__ import annotations

import gzip
import os
from typing import TYPE_CHECKING

import pytest
from tests.guards.mask.tables import mask_file, plan

from hongxian.errors import Exit, HongxianError
from hongxian.guards.mask.plan import Named
from hongxian.guards.mask.run import Asked, exit_code

if TYPE_CHECKING:
    from pathlib import Path

NAMED = {"phone": Named("basic.phone", "partial"), "age": Named("basic.age", "band")}
TEXT = "phone,age,illness\n13812345678,31,flu\n13912345678,32,cold\n13712345678,58,flu\nx,59,flu\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "in.csv"
    path.write_text(TEXT)
    return path


def test_a_copy_is_made_and_the_source_stays(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    outcome = mask_file(source, target, plan(named=NAMED))
    assert (outcome.rows, outcome.risk, outcome.backup) == (4, None, None)
    assert target.read_text().splitlines()[1] == "138****5678,30-39,flu"
    assert source.read_text() == TEXT
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out.csv"]


def test_risk_is_measured_before_and_after(source: Path, tmp_path: Path) -> None:
    asked = Asked(quasi=("age",), sensitive=("illness",), least=2)
    own = plan(named={"phone": Named("basic.phone", "fpe"), "age": Named("basic.age", "band")})
    outcome = mask_file(source, tmp_path / "out.csv", own, asked)
    assert outcome.risk
    assert outcome.risk.before
    assert outcome.risk.after
    assert (outcome.risk.before.k, outcome.risk.after.k) == (1, 2)
    assert outcome.risk.grades == (1, 2)
    assert outcome.risk.unjudged == ()
    assert outcome.refused == 1
    assert exit_code([outcome], least_k=2, strict=False) is Exit.CLEAN
    assert exit_code([outcome], least_k=2, strict=True) is Exit.UNCLEAR
    assert exit_code([outcome], least_k=3, strict=True) is Exit.VIOLATED


def test_columns_that_went_out_unknown_are_named(source: Path, tmp_path: Path) -> None:
    own = plan(named={"phone": Named("basic.phone", "keep")})
    outcome = mask_file(source, tmp_path / "out.csv", own, Asked(quasi=("age",)))
    assert outcome.risk
    assert outcome.risk.unjudged == ("illness",)
    assert outcome.risk.grades == (1, 1)


def test_a_column_to_be_measured_must_be_there(source: Path, tmp_path: Path) -> None:
    with pytest.raises(HongxianError, match="no column 'aeg'"):
        mask_file(source, tmp_path / "out.csv", plan(named=NAMED), Asked(quasi=("aeg",)))
    lines = tmp_path / "in.jsonl"
    lines.write_text('{"age": 31, "phone": "1"}\n')
    with pytest.raises(HongxianError, match="no column 'aeg'"):
        mask_file(lines, tmp_path / "out.jsonl", plan(named=NAMED), Asked(quasi=("aeg",)))


def test_a_named_column_that_is_not_there_leaves_no_output(source: Path, tmp_path: Path) -> None:
    with pytest.raises(HongxianError, match="no column 'fone'; nearest: 'phone'"):
        mask_file(source, tmp_path / "out.csv", plan(named={"fone": Named("basic.phone")}))
    assert not (tmp_path / "out.csv").exists()


def test_in_place_leaves_a_backup_and_never_takes_one_away(source: Path, tmp_path: Path) -> None:
    source.chmod(0o640)
    outcome = mask_file(source, None, plan(named=NAMED))
    backup = tmp_path / "in.csv.bak"
    assert outcome.backup == str(backup)
    assert backup.read_text() == TEXT
    assert source.read_text().splitlines()[1] == "138****5678,30-39,flu"
    assert source.stat().st_mode & 0o777 == backup.stat().st_mode & 0o777 == 0o640
    with pytest.raises(HongxianError, match="the backup is there already"):
        mask_file(source, None, plan(named=NAMED))


def test_a_source_that_breaks_half_way_leaves_everything_as_it_was(tmp_path: Path) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(TEXT + "1,2\n")
    target.write_text("older")
    for goal in (target, None):
        with pytest.raises(HongxianError, match="row 6 has 2 columns") as told:
            mask_file(source, goal, plan(named=NAMED))
        assert told.value.code is Exit.SENSOR
    assert target.read_text() == "older"
    assert source.read_text() == TEXT + "1,2\n"
    assert len(list(tmp_path.iterdir())) == 2


def test_what_is_turned_back_is_for_its_owner_alone(source: Path, tmp_path: Path) -> None:
    named = {"phone": Named("basic.phone", "fpe")}
    out, back = tmp_path / "out.csv", tmp_path / "back.csv"
    mask_file(source, out, plan(named=named))
    mask_file(out, back, plan(named=named, reveal=True))
    assert back.read_text() == TEXT.replace("\nx,", "\n,")  # what did not fit is lost
    assert back.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("name", "line"),
    [("none.csv", "No such file"),
     ("in.png", r"of this kind \(unknown\) cannot be masked")],
)  # fmt: skip
def test_what_is_no_source_is_one_line(tmp_path: Path, name: str, line: str) -> None:
    (tmp_path / "in.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    with pytest.raises(HongxianError, match=line):
        mask_file(tmp_path / name, tmp_path / "out.csv", plan(named=NAMED))


def test_the_source_is_never_written_over_by_chance(source: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.csv"
    os.link(source, link)
    for target in (source, link):
        with pytest.raises(HongxianError, match="output and source are one"):
            mask_file(source, target, plan(named=NAMED))
    with pytest.raises(HongxianError, match="No such file"):
        mask_file(source, tmp_path / "none" / "out.csv", plan(named=NAMED))
    assert source.read_text() == TEXT


@pytest.mark.parametrize(
    ("name", "start"),
    [("out.parquet", b"PAR1"), ("out.csv.gz", b"\x1f\x8b"), ("out.txt", b"phone,")],
)
def test_the_name_of_the_copy_says_how_it_is_written(
    source: Path, tmp_path: Path, name: str, start: bytes
) -> None:
    outcome = mask_file(source, tmp_path / name, plan(named=NAMED))
    assert (outcome.place, outcome.rows) == ("in.csv", 4)
    assert (tmp_path / name).read_bytes().startswith(start)


def test_a_copy_of_the_same_kind_keeps_the_delimiter(tmp_path: Path) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(TEXT.replace(",", ";"))
    mask_file(source, target, plan(named=NAMED))
    assert target.read_text().startswith("phone;age;illness\n138****5678;30-39;flu\n")


def test_what_is_packed_is_packed_again_in_place(tmp_path: Path) -> None:
    source = tmp_path / "in.csv.gz"
    source.write_bytes(gzip.compress(TEXT.encode(), mtime=0))
    mask_file(source, None, plan(named=NAMED))
    assert gzip.decompress(source.read_bytes()).startswith(b"phone,age,illness\n138****5678")
