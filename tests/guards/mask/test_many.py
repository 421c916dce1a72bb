from __future__ import annotations

import gzip
import json
import resource
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from pyarrow import parquet
from tests.guards.mask.copies.made import PICTURE
from tests.guards.mask.tables import plan
from tests.sensors.store.sources.servers import mariadb, mongo, postgres, redis

from hongxian.errors import Exit, HongxianError
from hongxian.guards.mask.known import recognised
from hongxian.guards.mask.many import Masked, Wanted, mask_source
from hongxian.guards.mask.plan import Named
from hongxian.guards.mask.run import Asked

if TYPE_CHECKING:
    from pathlib import Path

PHONE, COVERED = "13812345678", "138****5678"
NAMED = {"phone": Named("basic.phone", "partial")}
CSV = f"phone,city\n{PHONE},A\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    source = tmp_path / "in"
    (source / "deep" / "er").mkdir(parents=True)
    (source / "a.csv").write_text(CSV)
    (source / "deep" / "b.json").write_text(json.dumps([{"phone": PHONE, "city": "A"}]))
    (source / "deep" / "er" / "c.csv.gz").write_bytes(gzip.compress(CSV.encode(), mtime=0))
    (source / "app.log").write_text(f"2024-01-02 10:00:00 tel {PHONE}\n")
    with closing(sqlite3.connect(source / "s.db")) as made:
        made.execute("create table members (phone text, n)")
        made.executemany("insert into members values (?, ?)", [(PHONE, 1), (None, "x")])
        made.execute('create table "a/b" (phone text)')
        made.execute('create table "a b" (phone text)')
        made.commit()
    return source


def masked(source: Path | str, target: Path | str | None, **own: Any) -> Masked:
    named = own.pop("named", NAMED)
    return mask_source(str(source), target, plan(named=named, recognise=recognised), Wanted(**own))


def test_a_folder_is_copied_file_by_file_to_the_same_places(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    found = masked(folder, out)
    assert found.problems == ()
    assert [one.place for one in found.outcomes] == [
        "a.csv", "app.log", "s.db: a b", "s.db: a/b", "s.db: members", "deep/b.json",
        "deep/er/c.csv.gz",
    ]  # fmt: skip
    assert (out / "a.csv").read_text() == CSV.replace(PHONE, COVERED)
    assert json.loads((out / "deep" / "b.json").read_text()) == [{"phone": COVERED, "city": "A"}]
    packed = (out / "deep" / "er" / "c.csv.gz").read_bytes()
    assert gzip.decompress(packed).decode() == CSV.replace(PHONE, COVERED)
    assert (out / "app.log").read_text() == f"2024-01-02 10:00:00 tel {COVERED}\n"
    members = parquet.read_table(out / "s.db" / "members.parquet").to_pylist()
    assert members == [{"phone": COVERED, "n": "1"}, {"phone": None, "n": "x"}]
    assert {one.name for one in (out / "s.db").iterdir()} == {
        "members.parquet", "a_b.parquet", "a_b-2.parquet",
    }  # fmt: skip
    assert sorted(one.name for one in tmp_path.iterdir()) == ["in", "out"]
    assert out.stat().st_mode & 0o777 == folder.stat().st_mode & 0o777


def test_what_cannot_be_masked_is_told_and_the_rest_copied(folder: Path, tmp_path: Path) -> None:
    (folder / "z.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    (folder / "bad.csv").write_text("a,b\n1\n2,3,4\n")
    (folder / "cut.parquet").write_bytes(b"PAR1xxxx")
    (folder / "cut.gz").write_bytes(b"\x1f\x8b\x08xx")
    found = masked(folder, tmp_path / "out")
    told = "\n".join(one.say("en") for one in found.problems)
    for words in ("bad.csv: row 2 has 1", "cut.parquet: no whole", "cut.gz: no whole", "z.png"):
        assert words in told
    assert len(found.outcomes) == 7
    assert not (tmp_path / "out" / "bad.csv").exists()


def test_a_folder_that_is_there_is_not_written_into(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    masked(folder, out)
    with pytest.raises(HongxianError, match="is there already and not an empty folder"):
        masked(folder, out)
    with pytest.raises(HongxianError, match="No such file"):
        masked(folder, tmp_path / "none" / "out")


def test_a_fault_of_the_policy_leaves_no_folder(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(HongxianError, match="no column 'fone'"):
        masked(folder, tmp_path / "out", named={"fone": Named("basic.phone")})
    with pytest.raises(HongxianError, match="a bare hash"):
        masked(folder, tmp_path / "out", named={"phone": Named("basic.phone", "hash")})
    assert [one.name for one in tmp_path.iterdir()] == ["in"]


def test_a_column_may_be_another_kind_in_each_table(folder: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(folder / "s.db")) as made:
        made.execute("create table mails (contact text)")
        made.execute("insert into mails values ('a@example.cn')")
        made.execute("create table phones (contact text)")
        made.execute("insert into phones values (?)", (PHONE,))
        made.commit()
    found = masked(folder / "s.db", tmp_path / "out", tables=("mails", "phones"), named={})
    told = [one.info for outcome in found.outcomes for one in outcome.columns]
    assert told == ["basic.email", "basic.phone"]


def test_one_table_goes_to_one_file_in_the_form_of_its_name(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "members.csv.gz"
    found = masked(folder / "s.db", target, tables=("members",), asked=Asked(quasi=("phone",)))
    assert gzip.decompress(target.read_bytes()).decode() == f"phone,n\n{COVERED},1\n,x\n"
    assert found.outcomes[0].risk
    with pytest.raises(HongxianError, match="holds 3 tables or files"):
        masked(folder / "s.db", target)
    with pytest.raises(HongxianError, match="no table 'member'; nearest: 'members'"):
        masked(folder / "s.db", target, tables=("member",))
    with pytest.raises(HongxianError, match="measure one table"):
        masked(folder / "s.db", tmp_path / "out", asked=Asked(quasi=("phone",)))
    with pytest.raises(HongxianError, match="No such file"):
        masked(folder / "s.db", tmp_path / "none" / "a.csv", tables=("members",))


def test_the_rows_of_a_query_are_masked(folder: Path, tmp_path: Path) -> None:
    sql = "select phone, n from members where n is not null"
    for place, source in enumerate((folder / "s.db", f"sqlite://{folder / 's.db'}")):
        target = tmp_path / f"{place}.csv"
        found = masked(source, target, query=sql)
        assert target.read_text() == f"phone,n\n{COVERED},1\n,x\n"
        assert [one.place for one in found.outcomes] == ["s.db: query"]
    masked(folder / "s.db", tmp_path / "out", query=sql)
    assert parquet.read_table(tmp_path / "out" / "query.parquet").num_rows == 2
    with pytest.raises(HongxianError, match="takes no SELECT"):
        masked(folder / "a.csv", tmp_path / "x.csv", query=sql)


def test_a_workbook_and_a_dump_become_tables(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["phone", "city"])
    book.active.append([int(PHONE), "A"])
    book.save(tmp_path / "in.xlsx")
    masked(tmp_path / "in.xlsx", tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text() == CSV.replace(PHONE, COVERED)
    (tmp_path / "in.sql").write_text(
        f"CREATE TABLE t (id int, phone text);\nINSERT INTO t VALUES (1, '{PHONE}'), (2, NULL);\n"
    )
    masked(tmp_path / "in.sql", tmp_path / "out", form="csv")
    assert (tmp_path / "out" / "t.csv").read_text() == f"id,phone\n1,{COVERED}\n2,\n"
    (tmp_path / "no.sql").write_text("INSERT INTO \n-- nothing\n")
    none = masked(tmp_path / "no.sql", tmp_path / "none.csv")
    assert (none.outcomes, len(none.problems)) == ((), 1)
    assert not (tmp_path / "none.csv").exists()


def test_nothing_but_a_single_file_is_masked_in_place(folder: Path) -> None:
    for source in (folder, folder / "s.db", "postgresql://me:secret@127.0.0.1:1/shop"):
        with pytest.raises(HongxianError, match="masked in place") as told:
            masked(source, None)
        assert "secret" not in str(told.value)
    found = masked(folder / "a.csv", None)
    assert found.outcomes[0].backup == str(folder / "a.csv.bak")


def test_a_source_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(HongxianError, match="No such file"):
        masked(tmp_path / "none", tmp_path / "out")
    with pytest.raises(HongxianError, match="cannot be reached") as told:
        masked("postgresql://me:secret@127.0.0.1:1/shop", tmp_path / "out")
    assert told.value.code is Exit.SENSOR
    assert "secret" not in str(told.value)


def test_a_file_that_may_not_be_read_is_told(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> Any:
        raise PermissionError(13, "no", "x")

    monkeypatch.setattr("hongxian.guards.mask.units.inner_file", refused)
    found = masked(folder, tmp_path / "out")
    assert len(found.problems) == 5
    assert not (tmp_path / "out").exists()


def test_tables_of_postgresql_are_copied_whole(tmp_path: Path) -> None:
    from adbc_driver_postgresql import dbapi

    with postgres() as spec:
        with dbapi.connect(spec, autocommit=True) as made, made.cursor() as cursor:
            cursor.execute("create table members (phone text, paid_on date, paid numeric(9, 2))")
            cursor.execute(
                f"insert into members values ('{PHONE}', '2020-01-02', 1.50), (null, null, null)"
            )
            cursor.execute("create table nobody (phone text)")
        found = masked(spec, tmp_path / "out")
    assert [(one.rows, one.refused) for one in found.outcomes] == [(2, 0), (0, 0)]
    [first, second] = parquet.read_table(tmp_path / "out" / "members.parquet").to_pylist()
    assert (first["phone"], str(first["paid_on"]), str(first["paid"])) == (
        COVERED,
        "2020-01-02",
        "1.50",
    )
    assert set(second.values()) == {None}
    assert parquet.read_table(tmp_path / "out" / "nobody.parquet").schema.names == ["phone"]


def test_tables_of_mariadb_and_of_sqlalchemy_are_copied_whole(tmp_path: Path) -> None:
    import pymysql

    with mariadb() as spec:
        port = int(spec.rsplit(":", 1)[1].split("/", maxsplit=1)[0])
        with pymysql.connect(host="127.0.0.1", port=port, user="root", database="shop") as made:
            made.cursor().execute("create table members (phone varchar(20), n bigint)")
            made.cursor().execute(f"insert into members values ('{PHONE}', 9007199254740993)")
            made.commit()
        masked(spec, tmp_path / "out")
        found = parquet.read_table(tmp_path / "out" / "members.parquet").to_pylist()
        assert found == [{"phone": COVERED, "n": 9007199254740993}]
        other = spec.replace("mysql://", "sqlalchemy+mysql+pymysql://")
        masked(other, tmp_path / "members.csv")
    assert (tmp_path / "members.csv").read_text() == f"phone,n\n{COVERED},9007199254740993\n"


def test_what_a_target_cannot_be_is_one_line(folder: Path, tmp_path: Path) -> None:
    for name, data in (
        ("a.png", PICTURE),
        ("a.pdf", b"%PDF-1.4"),
        ("a.zip", b"PK\x05\x06" + bytes(18)),
    ):
        (folder / name).write_bytes(data)
    for source, target, line in (
        ("a.png", "out.png", "content of this kind"), ("a.pdf", "out.pdf", r"ends in \.txt"),
        ("a.zip", "out.csv", "zip cannot be written as csv"),
        ("a.csv", "in/a.csv", "output and source are one"), ("a.csv", "none/x", "No such file"),
    ):  # fmt: skip
        with pytest.raises(HongxianError, match=line):
            masked(folder / source, tmp_path / target)
    with pytest.raises(HongxianError, match="measure one table"):
        masked(folder / "a.zip", tmp_path / "out.zip", asked=Asked(quasi=("phone",)))
    with pytest.raises(HongxianError, match="No such file"):
        masked(folder / "none.db", tmp_path / "out", query="select 1")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["in"]


def test_a_full_disk_is_one_line_and_leaves_nothing(folder: Path, tmp_path: Path) -> None:
    (folder / "big.log").write_text(f"tel {PHONE}\n" * 100_000)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, before[1]))
    try:
        for source, target in ((folder, "out"), (folder / "big.log", "out.log")):
            with pytest.raises(
                HongxianError, match=r"cannot be written \(File too large\)"
            ) as told:
                masked(source, tmp_path / target, named={})
            assert str(tmp_path / target) in str(told.value)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert [one.name for one in tmp_path.iterdir()] == ["in"]


def test_redis_and_mongodb_go_to_their_own_kind() -> None:
    import pymongo
    import redis as client

    with redis() as spec:
        with client.Redis.from_url(spec, decode_responses=True) as made:
            made.hset("user:1", mapping={"phone": PHONE})
        masked(spec, spec.replace("/0", "/1"), named={"user:*.phone": NAMED["phone"]})
        with client.Redis.from_url(spec.replace("/0", "/1"), decode_responses=True) as copy:
            assert copy.hgetall("user:1") == {"phone": COVERED}
    with mongo() as spec, pymongo.MongoClient(spec) as server:
        server["shop"]["a"].insert_one({"phone": PHONE})
        masked(spec, spec.replace("/shop", "/copy"))
        assert server["copy"]["a"].find_one()["phone"] == COVERED


def test_a_database_without_tables_goes_to_one_of_its_kind_alone(tmp_path: Path) -> None:
    for source in ("redis://:secret@127.0.0.1:1/0", "mongodb://me:secret@127.0.0.1:1/shop"):
        with pytest.raises(HongxianError, match="alone; give an --output") as told:
            masked(source, tmp_path / "out")
        assert "secret" not in str(told.value)
    with pytest.raises(HongxianError, match="nothing is written to an address of this kind"):
        masked(tmp_path, "mongodb://127.0.0.1:1/shop")
    assert not (tmp_path / "out").exists()
