from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.sensors.store.made import arrow, csv_text, file_of, people, rows_of

from hongxian.facts.reason import Reason
from hongxian.sensors.store.sources.file import Limits, local_file
from hongxian.sensors.store.sources.files import (
    count_bytes,
    file_part,
    file_tables,
    parts_of,
    path_tables,
    walk,
)


def places(path: Path) -> tuple[list[str], list[Reason]]:
    problems: list[Reason] = []
    return [f"{t.place} {t.kind}" for t in path_tables(path, problems)], problems


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_a_folder_is_walked_in_order_and_tools_are_left_out(tmp_path: Path) -> None:
    file_of(tmp_path, "b.csv", csv_text(3))
    file_of(tmp_path, "a/log.txt", "x\n")
    file_of(tmp_path, ".git/config", "x\n")
    file_of(tmp_path, "empty", "")
    pq.write_table(arrow(5), tmp_path / "c.parquet")
    file_of(tmp_path, "d.sql", "INSERT INTO t VALUES (1);")
    file_of(tmp_path, "e.json", "[]")
    (tmp_path / "link.csv").symlink_to(tmp_path / "b.csv")
    found, problems = places(tmp_path)
    assert found == [
        "b.csv csv",
        "c.parquet parquet",
        "d.sql: t sqldump",
        "e.json json",
        "a/log.txt log",
    ]
    assert problems == []
    assert count_bytes(tmp_path) > 0
    assert places(tmp_path / "b.csv")[0] == ["b.csv csv"]


def test_archives_in_archives_in_mails(tmp_path: Path) -> None:
    inner = zipped({"in/u.csv.gz": gzip.compress(csv_text(4).encode())})
    mail = EmailMessage()
    mail["From"], mail["To"] = "a@example.cn", "b@example.cn"
    mail.set_content("hello")
    mail.add_attachment(inner, "application", "zip", filename="x.zip")
    problems: list[Reason] = []
    tables = list(file_tables(file_of(tmp_path, "a.eml", bytes(mail)), problems))
    assert [one.place for one in tables] == ["a.eml", "a.eml!x.zip!in/u.csv"]
    assert [row["phone"] for row in rows_of(tables[1])] == [one["phone"] for one in people(4)]
    assert problems == []
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        info = tarfile.TarInfo("x.zip")
        info.size = len(inner)
        archive.addfile(info, io.BytesIO(inner))
    [table] = file_tables(file_of(tmp_path, "c.tgz", out.getvalue()), problems)
    assert table.place.endswith("!x.zip!in/u.csv")
    assert len(rows_of(table)) == 4
    shallow = list(file_tables(file_of(tmp_path, "b.zip", inner), problems, Limits(depth=1)))
    assert (shallow, [one.word for one in problems]) == ([], ["store.too_deep"])


def test_what_cannot_be_read_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    file_of(tmp_path, "a.bin", bytes(range(256)))
    file_of(tmp_path, "b.parquet", b"PAR1 broken")
    file_of(tmp_path, "c.csv", csv_text(2))
    file_of(tmp_path, "d.xlsx", zipped({"xl/workbook.xml": b"x"}))
    file_of(tmp_path, "e.db", b"SQLite format 3\x00" + bytes(99))
    found, problems = places(tmp_path)
    assert found == ["c.csv csv"]
    assert [(one.where, one.word) for one in problems] == [
        ("a.bin", "store.unknown_format"), ("b.parquet", "store.damaged"),
        ("d.xlsx", "store.damaged"), ("e.db", "store.damaged"),
    ]  # fmt: skip


def test_a_file_that_goes_away_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = file_of(tmp_path, "a.csv", csv_text(2))
    (tmp_path / "a.csv").unlink()
    problems: list[Reason] = []
    assert list(file_tables(file, problems)) == []
    file_of(tmp_path, "b.csv", "x")

    def gone(path: Path, name: str) -> None:
        raise PermissionError(13, "Permission denied", str(path), name)

    monkeypatch.setattr("hongxian.sensors.store.sources.files.local_file", gone)
    assert list(path_tables(tmp_path, problems)) == []
    assert [one.word for one in problems] == ["store.unopened", "store.unopened"]
    assert local_file(tmp_path / "b.csv", "b.csv").size == 1


def test_large_parquet_files_have_parts_and_others_do_not(tmp_path: Path) -> None:
    pq.write_table(arrow(200), tmp_path / "a.parquet", row_group_size=20)
    size = (tmp_path / "a.parquet").stat().st_size
    assert parts_of(tmp_path / "a.parquet", size // 3) == 3
    assert parts_of(tmp_path / "a.parquet", size) == 1
    file_of(tmp_path, "a.csv", csv_text(200))
    assert parts_of(tmp_path / "a.csv", 100) == 1
    assert parts_of(tmp_path / "none", 100) == 1
    file, problems = local_file(tmp_path / "a.parquet", "a.parquet"), list[Reason]()
    found = [one for part in range(3) for one in file_part(file, problems, part, 3)]
    assert [row for table, _ in found for row in rows_of(table)] == people(200)
    broken = file_of(tmp_path, "b.parquet", b"PAR1 nothing")
    reasons: list[Reason] = []
    assert list(file_part(broken, reasons, 1, 3)) == []
    assert [one.word for one in reasons] == ["store.damaged"]
    assert [name for _, name in walk(tmp_path)] == ["a.csv", "a.parquet", "b.parquet"]
