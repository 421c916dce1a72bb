from __future__ import annotations

from pathlib import Path

import pytest
from tests.sensors.store.made import csv_text, file_of

from hongxian.errors import HongxianError
from hongxian.sensors.store.sources.sources import open_source, plain_name


def test_a_path_is_a_source(tmp_path: Path) -> None:
    file_of(tmp_path, "a.csv", csv_text(2))
    for spec in (str(tmp_path), f"file://{tmp_path}"):
        source = open_source(spec)
        assert source.name == tmp_path.name
        assert source.size == len(csv_text(2).encode())
        assert [one.place for one in source.tables([])] == ["a.csv"]


def test_what_is_no_source_is_told_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(HongxianError, match="No such file"):
        open_source(str(tmp_path / "none"))
    with pytest.raises(HongxianError, match="gopher") as error:
        open_source("gopher://me:secret@host/x")
    assert "secret" not in str(error.value)
    assert plain_name("postgresql://me:secret@host:5432/db?password=x") == "host:5432/db"
    assert plain_name("redis://") == "redis"


@pytest.mark.parametrize(
    ("spec", "name"),
    [
        ("postgresql://me:secret@host/db", "host/db"),
        ("mariadb://host:1/db?ssl=1", "host:1/db"),
        ("rediss://:secret@host", "host"),
        ("sqlalchemy+oracle+oracledb://me:secret@host/x", "host/x"),
        ("s3://bucket/folder?key=secret", "bucket/folder"),
    ],
)
def test_an_address_is_a_source_that_is_opened_later(spec: str, name: str) -> None:
    assert open_source(spec).name == name


def test_a_sqlite_file_may_be_given_as_an_address(tmp_path: Path) -> None:
    file_of(tmp_path, "a.db", csv_text(2))
    assert [one.kind for one in open_source(f"sqlite://{tmp_path}/a.db").tables([])] == ["csv"]
