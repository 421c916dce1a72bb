"""A table in several files, a policy with a key, and orders, for the tests of masking on Spark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
from tests.sensors.store.made import arrow

from hongxian.guards.mask.plan import named_column
from hongxian.guards.mask.spark_masking import Order

if TYPE_CHECKING:
    from pathlib import Path

SECRET = "0123456789abcdef" * 4
POLICY = """
[keys]
active = "k1"
[keys.k1]
file = "k1.key"
[vault]
path = "tokens.vault"
[types."basic.phone"]
test = { technique = "fpe", keep = ["segment"] }
[types."identity.doc_number"]
test = "pseudonym"
"""


def made_policy(tmp_path: Path) -> Path:
    """Write a policy and its key."""
    (tmp_path / "k1.key").write_text(SECRET)
    (tmp_path / "k1.key").chmod(0o600)
    path = tmp_path / "policy.toml"
    path.write_text(POLICY)
    return path


def made_lake(tmp_path: Path) -> Path:
    """One table in three files of Parquet, one of them of many groups."""
    folder = tmp_path / "lake"
    (folder / "day=2").mkdir(parents=True)
    rows = arrow(900)
    ages = pa.array([n % 70 for n in range(899)] + [None], pa.int64())
    rows = rows.append_column("age", ages).append_column("gone", pa.nulls(900, pa.string()))
    pq.write_table(rows.slice(0, 100), folder / "a.parquet")
    pq.write_table(rows.slice(100, 700), folder / "b.parquet", row_group_size=100,
                   compression="none")  # fmt: skip
    pq.write_table(rows.slice(800), folder / "day=2" / "c.parquet")
    return folder


def order(policy: Path | None, *columns: str, **own: Any) -> Order:
    """Return what is to be done; columns as on the command line."""
    named = dict(named_column(one) for one in columns)
    return Order(policy=str(policy) if policy else None, audience="test", named=named, **own)
