"""Masking on Spark gives the rows and the report of one process."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from tests.guards.mask.lakes import POLICY, SECRET, made_lake, made_policy, order
from tests.sensors.store.made import csv_text, people

from hongxian.cli.mask import command
from hongxian.errors import Exit, HongxianError
from hongxian.guards.mask import spark as spark_mask
from hongxian.guards.mask.known import recognised
from hongxian.guards.mask.many import Masked, Wanted, mask_source
from hongxian.guards.mask.outcome import masked_record
from hongxian.guards.mask.plan import Plan
from hongxian.guards.mask.policy import Policy
from hongxian.guards.mask.policy_file import load_policy
from hongxian.guards.mask.run import Asked
from hongxian.guards.mask.spark import mask_on_spark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from hongxian.guards.mask.spark_masking import Order, Piece


class Here:
    """Stands for Spark where a test looks at what is done, not where; pieces cross a border."""

    defaultParallelism = 2  # noqa: N815 - Spark's word

    @property
    def sparkContext(self) -> Here:  # noqa: N802 - Spark's word
        return self

    def parallelize(self, pieces: list[Piece], _slices: int) -> Here:
        self.pieces = pieces
        return self

    def mapPartitions(self, work: Callable[[Iterable[Piece]], Any]) -> Here:  # noqa: N802
        self.work = work
        return self

    def collect(self) -> list[Any]:
        carried = pickle.dumps((self.work, self.pieces))
        assert SECRET.encode() not in carried
        assert bytes.fromhex(SECRET) not in carried
        work, pieces = pickle.loads(carried)
        return pickle.loads(pickle.dumps([one for piece in pieces for one in work([piece])]))


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    return made_policy(tmp_path)


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    return made_lake(tmp_path)


def rows_of(folder: Path) -> list[dict[str, Any]]:
    files = sorted(folder.rglob("*.parquet"))
    return [row for path in files for row in pq.ParquetFile(path).read().to_pylist()]


def here(source: Path, target: Path, words: Order, asked: Asked | None = None) -> Masked:
    return mask_on_spark(source, target, words, asked or Asked(), Here())  # type: ignore[arg-type]


def alone(source: Path, target: Path, words: Order, asked: Asked | None = None) -> Masked:
    """Mask the same in one process."""
    policy = load_policy(Path(words.policy)) if words.policy else Policy()
    plan = Plan(policy=policy, audience=words.audience, named=words.named, recognise=recognised)
    return mask_source(str(source), target, plan, Wanted(asked=asked or Asked()))


def test_rows_and_report_are_those_of_one_process(
    lake: Path, policy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spark_mask, "PART", 20_000)
    (lake / "u.csv").write_text(csv_text(30))
    (lake / "v.jsonl").write_text("".join(f"{json.dumps(one)}\n" for one in people(30)))
    (lake / "broken.parquet").write_bytes(b"PAR1 nothing")
    (lake / "x.db").write_bytes(b"SQLite format 3\0")
    words = order(policy, "age=basic.age:band", "city=:keep")
    many, one = here(lake, tmp_path / "out", words), alone(lake, tmp_path / "one", words)
    assert [record["rows"] for record in told(one)["tables"]] == [100, 700, 30, 30, 100]
    assert told(many)["tables"] == told(one)["tables"]
    assert "broken.parquet" in str(many.problems)
    assert rows_of(tmp_path / "out") == rows_of(tmp_path / "one")
    for name in ("u.csv", "v.jsonl"):
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "one" / name).read_bytes()
    names = {path.name for path in (tmp_path / "out").rglob("*.parquet")}
    assert {"a.parquet", "b-00000.parquet", "c.parquet"} <= names
    assert not list(tmp_path.glob(".hongxian-*"))


def test_risk_of_a_large_file_is_that_of_one_process(
    lake: Path, policy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spark_mask, "PART", 20_000)
    words = order(policy, "age=basic.age:band", "city=:keep")
    asked = Asked(quasi=("city", "age"), sensitive=("name",), least=2)
    many = here(lake / "b.parquet", tmp_path / "out", words, asked)
    one = alone(lake / "b.parquet", tmp_path / "one.parquet", words, asked)
    assert rounded(told(many)) == rounded(told(one))
    with pytest.raises(HongxianError, match="one table"):
        here(lake, tmp_path / "all", words, asked)


def test_what_was_masked_can_be_turned_back(lake: Path, policy: Path, tmp_path: Path) -> None:
    here(lake, tmp_path / "out", order(policy))
    words = order(policy, "phone=basic.phone:fpe", reveal=True)
    here(tmp_path / "out", tmp_path / "back", words)
    assert [row["phone"] for row in rows_of(tmp_path / "back")] == [
        one["phone"] for one in people(900)
    ]
    assert (tmp_path / "back").stat().st_mode & 0o077 == 0


def told(masked: Masked) -> Any:
    return json.loads(json.dumps(masked_record(masked)))


def rounded(told: Any) -> Any:
    """Return a record whose figures are rounded: sums depend on the order of rows in a last bit."""
    if isinstance(told, dict):
        return {key: rounded(value) for key, value in told.items()}
    if isinstance(told, list):
        return [rounded(value) for value in told]
    return round(told, 9) if isinstance(told, float) else told


def refused(source: Path, target: Path, words: Order) -> str:
    with pytest.raises(HongxianError) as caught:
        here(source, target, words)
    assert "\n" not in str(caught.value)
    assert not list(target.parent.glob(".hongxian-*"))
    assert caught.value.code is Exit.USAGE
    return str(caught.value)


def test_what_many_cannot_do_as_one_is_refused(lake: Path, policy: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert "vault" in refused(lake, out, order(policy, "phone=basic.phone:token"))
    seeded = POLICY + '[types."basic.name"]\ntest = { technique = "permute", seed = 3 }\n'
    (tmp_path / "seeded.toml").write_text(seeded)
    assert "seed" in refused(lake, out, order(tmp_path / "seeded.toml", "name=basic.name"))
    assert "there already" in refused(lake, lake, order(policy))
    assert "no column" in refused(lake, out, order(policy, "phnoe=basic.phone"))
    assert "none" in refused(tmp_path / "none", out, order(policy))
    assert "no" in refused(lake, tmp_path / "no" / "out", order(policy))
    assert not out.exists()


def test_parts_that_take_a_column_for_different_things_are_told(
    policy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    values = [None] * 9 + ["13812345678"] * 9 + ["someone@example.cn"] * 9
    table = pa.table({"x": pa.array(values, pa.string()), "n": [str(n) for n in range(27)]})
    pq.write_table(table, tmp_path / "in.parquet", row_group_size=9)
    monkeypatch.setattr(spark_mask, "PART", (tmp_path / "in.parquet").stat().st_size // 3)
    assert "--column" in refused(tmp_path / "in.parquet", tmp_path / "out", order(policy))
    done = here(tmp_path / "in.parquet", tmp_path / "out", order(policy, "x=basic.phone:suppress"))
    assert [one.rows for one in done.outcomes] == [27]


def test_a_damaged_part_is_no_copy(
    lake: Path, policy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spark_mask, "PART", 20_000)
    data = bytearray((lake / "b.parquet").read_bytes())
    place = pq.ParquetFile(lake / "b.parquet").metadata.row_group(3).column(2).data_page_offset
    data[place : place + 40] = bytes(40)
    (lake / "b.parquet").write_bytes(data)
    done = here(lake, tmp_path / "out", order(policy))
    assert [one.place for one in done.outcomes] == ["a.parquet", "day=2/c.parquet"]
    assert "b.parquet" in str(done.problems)
    assert not list((tmp_path / "out").glob("b*"))


@pytest.mark.usefixtures("spark")
def test_executors_mask_and_fetch_the_keys_themselves(
    lake: Path, policy: Path, tmp_path: Path
) -> None:
    words = ["--policy", policy, "--audience", "test", "--column", "city=:keep",
             "--column", "age=basic.age:band", "--lang", "en", "--format", "json"]  # fmt: skip
    said = [lake, *words, "--output", tmp_path / "out", "--engine", "spark"]
    result = CliRunner().invoke(command, list(map(str, said)), catch_exceptions=False)
    one = alone(lake, tmp_path / "one", order(policy, "city=:keep", "age=basic.age:band"))
    assert (result.exit_code, json.loads(result.stdout)) == (0, told(one))
    assert rows_of(tmp_path / "out") == rows_of(tmp_path / "one")
