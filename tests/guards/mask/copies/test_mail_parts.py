from __future__ import annotations

from email import message_from_bytes
from typing import TYPE_CHECKING, Any

import pytest
from tests.guards.mask.tables import plan

from hongxian.guards.mask.copies.mail_parts import Mail
from hongxian.guards.mask.job import Job
from hongxian.guards.mask.units import _member_units
from hongxian.sensors.store.sources.file import File

if TYPE_CHECKING:
    from email.message import Message


def masked(data: bytes, *, skip: bool = False) -> tuple[Message, Job]:
    job = Job(plan=plan(named={}), skip=skip, tables="csv")
    mail = message_from_bytes(data)
    Mail(File(name="m", opened=lambda: None), "m", job, _member_units).mask(mail)  # type: ignore[arg-type,return-value]
    return mail, job


def parted(kind: bytes, *parts: bytes) -> bytes:
    whole = b"".join(b"--q\n" + part + b"\n" for part in parts)
    return (
        b"Subject: x\nContent-Type: " + kind + b"; boundary=q\n\nfirst\n" + whole + b"--q--\nlast"
    )


TEXT = b"Content-Type: text/plain\n\ntel 13812345678\n"


@pytest.mark.parametrize(
    ("data", "text", "packing"),
    [(b"\ntel 13812345678", b"tel 138****5678", "7bit"), (b"\nplain", b"plain", None),
     (b"Content-Type: text/plain; charset=gbk\n\n\xd5\xc5 13812345678", b"\xd5\xc5 138****5678",
      "base64"),
     (b"Content-Transfer-Encoding: quoted-printable\n\n138=31 13812345678",
      b"1381 138****5678", "quoted-printable"),
     (b"Content-Type: text/html\n\n<b>13812345678", b"<b>138****5678", "7bit"),
     (b"Content-Type: text/plain; charset=none\n\n13812345678", b"138****5678", "7bit"),
     (b"\n" + b"x" * 999 + b" 13812345678", b"x" * 999 + b" 138****5678", "base64")],
    ids=["text", "same", "gbk", "quoted", "html", "no charset", "long line"],
)  # fmt: skip
def test_texts_are_packed_as_mails_may_be(data: bytes, text: bytes, packing: str | None) -> None:
    mail, _ = masked(b"Subject: x\n" + data)
    found: Any = mail.get_payload(decode=True)
    assert (found.strip(), mail["Content-Transfer-Encoding"]) == (text, packing)


def test_what_stands_around_the_parts_goes_and_signatures_with_it() -> None:
    signature = b"Content-Type: application/pgp-signature\n\nAAAA"
    mail, job = masked(parted(b"multipart/mixed", TEXT, signature))
    [part] = mail.get_payload()  # type: ignore[misc]
    assert part.get_payload().strip() == "tel 138****5678"  # type: ignore[union-attr]
    assert (mail.preamble, mail.epilogue) == (None, None)
    assert "signatures" in job.notes[0].say("en")


def test_a_signed_whole_becomes_its_first_part() -> None:
    inner = parted(b"multipart/alternative", TEXT).replace(b"q", b"r").replace(b"Subject: x\n", b"")
    mail, job = masked(
        parted(b"multipart/signed", inner, b"Content-Type: application/pgp-keys\n\nA")
    )
    assert mail.get_content_type() == "multipart/alternative"
    assert "138****5678" in mail.as_string()
    assert (mail["Subject"], len(job.notes)) == ("x", 1)
    mail, _ = masked(b"Subject: x\nContent-Type: multipart/signed; boundary=q\n\nnothing")
    assert mail.get_payload() in ("", "nothing", None)


def test_a_part_without_a_name_is_a_file_all_the_same() -> None:
    csv = (
        b"Content-Type: application/x-thing\nContent-Transfer-Encoding: base64\n\nMTM4MTIzNDU2Nzg="
    )
    mail, job = masked(parted(b"multipart/mixed", TEXT, csv))
    second = mail.get_payload()[1]  # type: ignore[index]
    assert b"13812345678" not in second.get_payload(decode=True)  # type: ignore[union-attr,operator]
    assert [one.place for one in job.inner] == ["m!attachment.bin"]
    mail, job = masked(b"Subject: x\nContent-Type: image/png\n\nabc\x00\x01\x02\x03", skip=True)
    assert (mail.get_content_type(), mail.get_payload()) == ("text/plain", "")
    assert len(job.problems) == 1
