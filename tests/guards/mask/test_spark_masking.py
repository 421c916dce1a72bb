"""What executors do with pieces of a table."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.guards.mask.lakes import POLICY, SECRET, made_lake, made_policy, order
from tests.sensors.store.made import people

from hongxian.errors import HongxianError
from hongxian.guards.mask.plan import Column
from hongxian.guards.mask.policy import Rule
from hongxian.guards.mask.spark import pieces_of
from hongxian.guards.mask.spark_masking import (
    CHECK,
    Masking,
    Piece,
    Told,
    plan_of,
    uncarried,
    unpacked,
)


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    return made_policy(tmp_path)


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    return made_lake(tmp_path)


def by_name(told: Told) -> dict[str, Column]:
    return {column.name: column for column in told.columns}


def told_of(masking: Masking, pieces: list[Piece]) -> list[Told]:
    return list(masking(iter(pieces)))


def test_each_piece_becomes_a_file_and_is_told(lake: Path, policy: Path, tmp_path: Path) -> None:
    words = order(policy, "name=:keep", watched=("city", "age"))
    pieces = list(pieces_of(lake, tmp_path / "stage", 20_000))
    found = told_of(Masking(words), pieces)
    assert sum(told.rows for told in found) == 900
    assert not any(told.error for told in found)
    assert sum(by_name(told)["phone"].values for told in found) == 900
    assert by_name(found[0])["name"].rule == Rule(technique="keep")
    assert {"phone", "gone"} <= found[0].seen
    sides = [side for side, _ in found[0].watched]
    assert sides == ["before", "after"]
    column = unpacked(found[0].watched[0][1])
    assert column("city").to_pylist() == [one["city"] for one in people(900)[:100]]
    assert column("phone") is None
    written = [Path(piece.target) for piece in pieces if Path(piece.target).exists()]
    assert sum(pq.ParquetFile(path).metadata.num_rows for path in written) == 900
    assert "13" not in repr(found[0])


def test_more_parts_than_groups_are_empty_files(lake: Path, tmp_path: Path) -> None:
    pieces = [
        Piece(file=0, name="a", source=str(lake / "a.parquet"), part=part, parts=3,
              target=str(tmp_path / f"out/{part}"))
        for part in range(3)
    ]  # fmt: skip
    words = order(None, *(f"{one}=:keep" for one in people(1)[0]), "age=:keep")
    found = told_of(Masking(words), pieces)
    assert [told.rows for told in found] == [0, 0, 100]
    files = [pq.ParquetFile(piece.target) for piece in pieces]
    assert [file.metadata.num_rows for file in files] == [0, 0, 100]


def test_an_executor_with_another_key_is_told(lake: Path, policy: Path, tmp_path: Path) -> None:
    words = order(policy)
    pieces = list(pieces_of(lake, tmp_path / "stage", 1 << 30))
    plan = plan_of(words)
    settled = replace(words, checks={"k1": plan.policy.ring.key("k1").derive(CHECK)})
    assert SECRET not in repr(settled)
    (tmp_path / "k1.key").write_text("f" * 64)
    (told,) = Masking(settled)(pieces[:1])
    assert told.error
    assert "k1" in str(uncarried(told.error))
    (tmp_path / "k1.key").chmod(0o644)
    (told,) = Masking(settled)(pieces[:1])
    assert told.error
    assert not list((tmp_path / "stage").glob("*"))


def test_what_was_settled_holds_even_for_empty_parts(
    lake: Path, policy: Path, tmp_path: Path
) -> None:
    rule = Rule(technique="band", options={"size": 10})
    words = order(policy, settled={4: {"age": ("basic.age", "option", rule)}})
    target = tmp_path / "out" / "c.parquet"
    empty = pq.ParquetFile(lake / "day=2" / "c.parquet").read().slice(99)
    pq.write_table(empty, lake / "c.parquet")
    piece = Piece(file=4, name="c", source=str(lake / "c.parquet"), target=str(target))
    (told,) = told_of(Masking(words), [piece])
    age = by_name(told)["age"]
    assert (age.info, age.how, age.rule, age.values) == ("basic.age", "option", rule, 0)
    assert str(pq.ParquetFile(target).schema_arrow.field("age").type) == "string"


@pytest.mark.parametrize("words", ["token", "seed"])
def test_techniques_that_need_one_process_are_refused(
    lake: Path, policy: Path, tmp_path: Path, words: str
) -> None:
    seeded = '[types."basic.name"]\ntest = { technique = "permute", seed = 3 }\n'
    (tmp_path / "seeded.toml").write_text(POLICY + seeded)
    own = order(policy, "phone=basic.phone:token")
    if words == "seed":
        own = order(tmp_path / "seeded.toml", "name=basic.name")
    (told, *_) = told_of(Masking(own), list(pieces_of(lake, tmp_path / "stage", 1 << 30)))
    assert told.error
    assert not (tmp_path / "tokens.vault").exists()


def test_a_file_that_went_away_or_is_broken_is_one_line(
    lake: Path, policy: Path, tmp_path: Path
) -> None:
    pieces = list(pieces_of(lake, tmp_path / "stage", 20_000))
    (lake / "a.parquet").unlink()
    (lake / "b.parquet").write_bytes(b"PAR1 nothing")
    found = told_of(Masking(order(policy, lang="zh")), pieces)
    lines = [str(uncarried(told.error)) for told in found if told.error]
    assert len(lines) == len(pieces) - 1
    assert "a.parquet" in lines[0]
    assert not [line for line in lines if "\n" in line]
    with pytest.raises(HongxianError):
        plan_of(order(tmp_path / "none.toml"))
