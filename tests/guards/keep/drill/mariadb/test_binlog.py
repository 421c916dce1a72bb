from __future__ import annotations

import time
from pathlib import Path

import pytest
from tests.guards.keep.mariadbs import maria

from hongxian.errors import HongxianError
from hongxian.guards.keep.drill.mariadb.binlog import transactions, whole


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[int]]:
    """A log of all kinds of transactions, and the server's own position behind each."""
    path = tmp_path_factory.mktemp("logs") / "log.000001"
    kinds = (
        "create database shop", "create table shop.a (id int)",
        "create table shop.m (id int) engine = MyISAM",
        "insert into shop.a values (1)", "begin; insert into shop.a values (2), (3); commit",
        "insert into shop.m values (1)", "create table shop.c as select * from shop.a",
        "set session binlog_format = 'statement'; insert into shop.a values (rand())",
        "xa start 'x'; insert into shop.a values (4); xa end 'x'; xa prepare 'x'", "xa commit 'x'",
        "begin; insert into shop.a values (5); insert into shop.m values (2); rollback",
    )  # fmt: skip
    with maria() as shop:
        first = int(shop.sql("show master status").split()[1])
        positions = []
        for text in kinds:
            shop.sql(text)
            positions.append(int(shop.sql("show master status").split()[1]))
        path.write_bytes((shop.place / "data" / "log.000001").read_bytes()[: positions[-1]])
    assert len({first, *positions}) == len(kinds) + 1
    return path, positions


def test_a_transaction_ends_where_the_server_says(log: tuple[Path, list[int]]) -> None:
    path, positions = log
    found = [one.end for one in transactions(path)]
    assert set(positions) <= set(found)
    assert found == sorted(found)
    assert found[-1] == positions[-1]


def test_what_is_cut_off_is_none(log: tuple[Path, list[int]], tmp_path: Path) -> None:
    path, positions = log
    cut = tmp_path / "cut"
    ends = [one.end for one in transactions(path)]
    for size in range(positions[3] - 1, positions[4] + 1, 7):
        cut.write_bytes(path.read_bytes()[:size])
        assert [one.end for one in transactions(cut)] == [one for one in ends if one <= size]


def test_a_moment_ends_a_log_before_its_own_second(log: tuple[Path, list[int]]) -> None:
    path, positions = log
    all_ = list(transactions(path))
    assert whole(path, None) == (positions[-1], float(all_[-1].at), False)
    assert whole(path, time.time() + 60) == (positions[-1], float(all_[-1].at), False)
    assert whole(path, float(all_[0].at)) == (4, 0.0, True)
    assert whole(path, all_[0].at + 0.9) == (4, 0.0, True)
    end, latest, ended = whole(path, all_[-1].at + 0.5)
    assert ended
    assert latest < all_[-1].at
    assert end in {4, *(one.end for one in all_ if one.at < all_[-1].at)}


@pytest.mark.parametrize("data", [b"", b"x" * 100])
def test_another_file_is_no_log(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "log.000001").write_bytes(data)
    with pytest.raises(HongxianError, match="no binary log"):
        whole(tmp_path / "log.000001", None)


def test_an_event_without_a_length_ends_the_log(tmp_path: Path) -> None:
    (tmp_path / "log").write_bytes(b"\xfebin" + bytes(40))
    assert list(transactions(tmp_path / "log")) == []
