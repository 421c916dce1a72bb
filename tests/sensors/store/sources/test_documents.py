from __future__ import annotations

import io
from email.message import EmailMessage
from pathlib import Path

import docx
import pytest
from tests.sensors.store.made import csv_text, file_of, rows_of

from hongxian.sensors.store.sources.documents import (
    attachments,
    content,
    document_table,
    mail_table,
)
from hongxian.sensors.store.sources.faults import SourceError
from hongxian.sensors.store.sources.file import Limits
from hongxian.sensors.store.sources.files import file_tables


def mail() -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "张三 <a@example.cn>", "b@example.cn", "订单"
    made.set_content("电话 13812345678\n")
    made.add_alternative("<p>手机 13987654321</p>", subtype="html")
    made.add_attachment(csv_text(3), filename="用户.csv")
    return made


def test_the_text_of_a_document_is_its_lines(tmp_path: Path) -> None:
    made, out = docx.Document(), io.BytesIO()
    made.add_paragraph("姓名：张三")
    made.add_paragraph("电话：13812345678")
    made.save(out)
    table = document_table(file_of(tmp_path, "a.docx", out.getvalue()))
    assert "电话：13812345678" in "".join(row["line"] for row in rows_of(table))
    page = file_of(tmp_path, "a.html", "<html><body><p>电话：13812345678</p></body></html>")
    assert "13812345678" in "".join(row["line"] for row in rows_of(document_table(page)))


def test_a_document_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as error:
        rows_of(document_table(file_of(tmp_path, "a.pdf", b"%PDF-1.4 broken")))
    assert error.value.reason("a.pdf").say("en").startswith("a.pdf: cannot be read: ")
    table = document_table(file_of(tmp_path, "a.png", b"\x89PNG\r\n" + bytes(20)))
    rows_of(table)
    assert "store.picture" in [one.word for one in table.problems]
    with pytest.raises(SourceError, match="too_large"):
        content(file_of(tmp_path, "b", "12345"), Limits(document=3))


def test_a_mail_gives_head_texts_and_attachments(tmp_path: Path) -> None:
    file = file_of(tmp_path, "a.eml", bytes(mail()))
    text = "".join(row["line"] for row in rows_of(mail_table(file)))
    assert all(one in text for one in ("a@example.cn", "13812345678", "13987654321", "订单"))
    [member] = attachments(file)
    assert member.name == "a.eml!用户.csv"
    assert member.head().decode().splitlines() == csv_text(3).splitlines()


def test_a_mail_in_a_charset_that_nobody_knows_is_read_all_the_same(tmp_path: Path) -> None:
    head = b"From: a@example.cn\nTo: =?bad?\nContent-Type: text/plain; charset=x-none\n\n"
    file = file_of(tmp_path, "a.eml", head + "电话 13812345678".encode("gb18030"))
    text = "".join(row["line"] for row in rows_of(mail_table(file)))
    assert "电话 13812345678" in text
    html = b"From: a@example.cn\nContent-Type: text/html\n\n"
    rows_of(mail_table(file_of(tmp_path, "b.eml", html)))


def test_a_box_of_mails_is_one_table_and_its_attachments_are_files(tmp_path: Path) -> None:
    line = b"From a@example.cn Tue Jan  2 10:00:00 2024\n"
    file = file_of(tmp_path, "a.mbox", (line + bytes(mail()) + b"\n") * 2)
    text = "".join(row["line"] for row in rows_of(mail_table(file, "mbox")))
    assert text.count("手机 13987654321") == 2
    assert [one.name for one in attachments(file, "mbox")] == [
        "a.mbox!1!用户.csv", "a.mbox!2!用户.csv",
    ]  # fmt: skip
    [table, *files] = file_tables(file, [])
    assert (table.place, table.kind) == ("a.mbox", "mbox")
    assert [len(rows_of(one)) for one in files] == [3, 3]
