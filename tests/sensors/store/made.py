"""Made-up people and the files that hold them, for the tests of the store sensor."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from hongxian.sensors.store.sources.file import local_file
from hongxian.sensors.store.sources.table import Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hongxian.sensors.store.sources.file import File

POLICY = (
    "隐私政策\n一、我们如何收集\n我们收集您的手机号码，用于注册账号。\n二、我们如何保存\n"
    "我们将在 30 天内保存您的手机号码，保存期限为 30 天，届满后删除。\n"
) + "我们重视您的隐私。\n" * 120
"""A policy that declares one type of PI and how long it is kept."""
SURNAMES = "王李张刘陈杨黄赵吴周"
GIVEN = "伟芳娜敏静丽强磊军洋"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def resident_id(draw: random.Random) -> str:
    """Return a made-up resident number with a right check digit."""
    body = f"110105{draw.randint(1950, 2005)}{draw.randint(1, 12):02}{draw.randint(1, 28):02}"
    body += f"{draw.randint(1, 999):03}"
    total = sum(int(one) * weight for one, weight in zip(body, WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def people(count: int, seed: int = 1) -> list[dict[str, Any]]:
    """Return made-up people."""
    draw = random.Random(seed)
    return [
        {
            "id": number,
            "name": draw.choice(SURNAMES) + "".join(draw.choices(GIVEN, k=draw.choice((1, 2)))),
            "phone": f"1{draw.choice('3578')}{draw.randint(0, 10**9 - 1):09}",
            "id_card": resident_id(draw),
            "email": f"user{draw.randint(1, 10**6)}@example.cn",
            "city": draw.choice(("北京", "上海", "广州")),
            "create_time": f"20{draw.randint(18, 25)}-03-{draw.randint(1, 28):02} 10:00:00",
        }
        for number in range(1, count + 1)
    ]


def arrow(count: int, seed: int = 1) -> pa.Table:
    """Return made-up people as an Arrow table."""
    return pa.Table.from_pylist(people(count, seed))


def csv_text(count: int, delimiter: str = ",") -> str:
    """Return made-up people as separated text with a header."""
    rows = people(count)
    lines = [delimiter.join(rows[0]), *(delimiter.join(map(str, row.values())) for row in rows)]
    return "\n".join(lines) + "\n"


def file_of(folder: Path, name: str, data: bytes | str) -> File:
    """Write a file and return it as sources take it."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return local_file(path, name)


def table_of(columns: dict[str, Any], medium: str = "table", name: str = "t", **more: Any) -> Table:
    """Return a table that holds some columns."""
    batch = pa.record_batch([pa.array(one) for one in columns.values()], names=list(columns))

    def read(_sample: Any, /) -> Iterator[Any]:
        yield batch

    described = tuple(Column(name=one) for one in columns)
    return Table(where="made", name=name, medium=medium, kind="made", read=read, columns=described,
                 **more)  # fmt: skip


def rows_of(table: Table, sample: Any = None) -> list[dict[str, Any]]:
    """Return all rows of a table."""
    return [row for batch in table.read(sample) for row in batch.to_pylist()]
