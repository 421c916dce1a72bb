from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sensors.store.made import csv_text, file_of

from hongxian.sensors.store.sources.file import File
from hongxian.sensors.store.sources.kinds import kind_of


def zip_of(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a", b"PAR1....", "parquet"),
        ("a", b"ORC..", "orc"),
        ("a", b"ARROW1", "arrow"),
        ("a", b"SQLite format 3\x00", "sqlite"),
        ("a", b"%PDF-1.7", "document"),
        ("a", gzip.compress(b"x", mtime=0), "gzip"),
        ("a", b"BZh9", "bzip2"),
        ("a", b"a.csv".ljust(257, b"\x00") + b"ustar\x0000" + b"a,b\n1,2\n" * 99, "tar"),
        ("a.xls", b"\xd0\xcf\x11\xe0", "excel"),
        ("a", zip_of("xl/workbook.xml"), "excel"),
        ("a", zip_of("word/document.xml"), "document"),
        ("a", zip_of("mimetype", "content.xml"), "excel"),
        ("a", zip_of("x.csv"), "zip"),
        ("a", b"PK\x03\x04", "zip"),
        ("a", b"  \n", "empty"),
        ("a", bytes(range(256)), "unknown"),
        ("a.csv", csv_text(3).encode(), "csv"),
        ("a", csv_text(30).encode("gbk"), "csv"),
        ("a.txt", "一段话，没有表格。\n又一段。\n".encode(), "text"),
        ("a", b'{"a": 1}\n{"a": 2}\n', "jsonl"),
        ("a", b'[\n{"a": 1}\n]', "json"),
        ("a.json", b"{bad", "json"),
        ("a", b"[2026-11-01] started\nx\n", "text"),
        ("a", '{"a": "张"}'.encode("utf-16"), "json"),
        ("a.eml", b"x", "mail"),
        ("a", b"From: a@b.cn\r\nTo: c@d.cn\r\nSubject: x\r\n y\r\n\r\nhi", "mail"),
        ("a", b"<!DOCTYPE html><p>", "document"),
        ("a", b"-- MySQL dump 10\nx", "sqldump"),
        ("a", b"x\nINSERT INTO t VALUES (1);", "sqldump"),
        ("a.ndjson", b"{}", "jsonl"),
        ("a.yaml", b"a: 1,2\nb: 1,2\n", "text"),
    ],
)
def test_formats_are_told_by_content_first(
    tmp_path: Path, name: str, data: bytes, kind: str
) -> None:
    file = file_of(tmp_path, name, data)
    assert kind_of(file, file.head()) == kind


@given(st.binary(max_size=400), st.sampled_from([".json", ".csv", ".tsv", ".sql", ""]))
def test_any_bytes_have_a_kind(data: bytes, suffix: str) -> None:
    file = File(name=f"x{suffix}", opened=lambda: io.BytesIO(data))
    assert kind_of(file, data)
