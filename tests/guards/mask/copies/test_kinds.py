from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.guards.mask.copies.made import zipped
from tests.guards.mask.copies.test_archive import tarred

from hongxian.guards.mask.copies.kinds import copy_kind
from hongxian.sensors.store.sources.file import local_file

if TYPE_CHECKING:
    from pathlib import Path

HEADS = b"From: a@b.cn\nTo: c@d.cn\nSubject: x\n\n"


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [("a", tarred({"a": b"x" * 70_000}), "tar"),
     ("a", b"From a@b.cn Tue Jan  2 10:00:00 2024\n" + HEADS, "mbox"),
     ("a.txt", b"From here to 2024\nwe go\n", "text"), ("a", HEADS, "mail"),
     ("a.mhtml", HEADS + b"<html>", "mail"), ("a", b"<html><p>x", "html"),
     ("a", b"%PDF-1.7", "pdf"),
     ("a", zipped({"word/document.xml": "<a/>"}), "docx"), ("a", zipped({"a": ""}), "zip"),
     ("a.csv", b"a,b\n1,2\n", "csv"), ("a", b"", "empty")],
    ids=["tar", "mbox", "no mbox", "mail", "mhtml", "html", "pdf", "docx", "zip", "csv", "empty"],
)  # fmt: skip
def test_a_file_is_what_its_bytes_are(tmp_path: Path, name: str, data: bytes, kind: str) -> None:
    (tmp_path / name).write_bytes(data)
    file = local_file(tmp_path / name, name)
    assert copy_kind(file, file.head()) == kind
