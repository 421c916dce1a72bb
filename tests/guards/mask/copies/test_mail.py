from __future__ import annotations

import email
import email.policy
import io
import mailbox
from contextlib import closing, suppress
from email.message import EmailMessage
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.guards.mask.copies.made import COVERED_CSV, CSV, PHONE, PICTURE, copied, told, zipped
from tests.guards.mask.tables import plan

from hongxian.errors import HongxianError
from hongxian.guards.mask.copies.mail import mask_mail
from hongxian.guards.mask.job import Job
from hongxian.guards.mask.plan import Named
from hongxian.sensors.store.sources.file import File

if TYPE_CHECKING:
    from pathlib import Path

PHONES = {"phone": Named("basic.phone", "partial")}
NAMED = {
    "name": Named("basic.name", "partial"),
    "address": Named("basic.email", "partial"),
}  # fmt: skip


def mail(**heads: str) -> EmailMessage:
    made = EmailMessage()
    made["From"] = "张三 <zhangsan@example.cn>"
    made["To"] = "lisi@example.cn, 王五 <wangwu@example.cn>"
    made["Subject"] = f"张三的电话 {PHONE}"
    made["Received"] = f"from x (x [10.1.2.3]) by y for <lisi@example.cn>; {PHONE}"
    made["Message-ID"] = "<1.zhangsan@pc.example.cn>"
    made["Date"] = "Tue, 02 Jan 2024 10:00:00 +0800"
    for name, value in heads.items():
        made[name.replace("_", "-")] = value
    return made


def masked(tmp_path: Path, data: bytes | EmailMessage, **own: Any) -> tuple[Any, Any]:
    source, target = tmp_path / "in.eml", tmp_path / "out.eml"
    source.write_bytes(data if isinstance(data, bytes) else data.as_bytes())
    found = copied(source, target, **{**NAMED, **own})
    return email.message_from_bytes(target.read_bytes(), policy=email.policy.default), found


def test_heads_are_masked_and_stay_heads(tmp_path: Path) -> None:
    made = mail(References="<1.zhangsan@pc.example.cn> <2@x>")
    made.set_content("hello\n")
    new, found = masked(tmp_path, made)
    [sender] = new["From"].addresses
    assert (sender.display_name, sender.addr_spec) == ("张*", "z***@example.cn")
    assert [one.addr_spec for one in new["To"].addresses] == ["l***@example.cn", "w***@example.cn"]
    assert new["Subject"] == "张*的电话 138****5678"
    assert "10.1" not in new["Received"] or "10.1.2.3" not in new["Received"]
    assert "lisi" not in new["Received"]
    assert new["Date"] == made["Date"]
    assert new["Message-ID"] in new["References"]
    assert new["Message-ID"].endswith("@masked.invalid>")
    assert new.get_content() == "hello\n"
    assert b"zhangsan" not in (tmp_path / "out.eml").read_bytes()
    assert {one.name for one in found.outcomes[0].columns} == {"name", "address", "header", "line"}


def test_an_address_that_is_none_any_more_is_still_one_to_a_reader(tmp_path: Path) -> None:
    made = mail()
    made.set_content("x\n")
    new, _ = masked(tmp_path, made, address=Named("basic.email", "suppress"))
    assert new["From"].addresses[0].addr_spec == "undisclosed@masked.invalid"
    new, _ = masked(tmp_path, made, address=Named("basic.email", "pseudonym"))
    assert new["From"].addresses[0].domain == "masked.invalid"


@pytest.mark.parametrize("coding", ["utf-8", "gb18030", "us-ascii"])
@pytest.mark.parametrize("packing", ["quoted-printable", "base64"])
def test_texts_are_covered_in_their_encoding(tmp_path: Path, coding: str, packing: str) -> None:
    made = mail()
    text = f"tel {PHONE}\n" if coding == "us-ascii" else f"联系张三，电话 {PHONE}。\n谢谢\n"
    made.set_content(text, charset=coding, cte=packing)
    new, _ = masked(tmp_path, made)
    shown = text.replace("张三", "张*").replace(PHONE, "138****5678")
    assert new.get_content() == shown
    assert new.get_content_charset() in (coding, "gb2312")


def test_pages_and_their_pictures_by_id(tmp_path: Path) -> None:
    made = mail()
    made.set_content("plain\n")
    made.add_alternative(f'<p>138<b>1234</b>5678 {PHONE} <img src="cid:a@b.cn"></p>', "html")
    made.get_payload()[1].add_related(CSV.encode(), "text", "csv", cid="<a@b.cn>", filename="a.csv")
    new, _ = masked(tmp_path, made)
    page = new.get_body(("html",))
    assert "138<b>****</b>5678 138****5678" in page.get_content()
    [related] = [one for one in new.walk() if one.get_filename()]
    assert f"cid:{related['Content-ID'].strip('<>')}" in page.get_content()
    assert "a@b.cn" not in page.get_content()


def test_attachments_are_masked_by_their_own_formats(tmp_path: Path) -> None:
    made = mail()
    made.set_content("see\n")
    made.add_attachment(CSV.encode(), "text", "csv", filename=f"张三_{PHONE}.csv")
    made.add_attachment(zipped({"b.csv": CSV}), "application", "zip", filename="b.zip")
    inner = mail()
    inner.set_content(f"tel {PHONE}\n")
    made.add_attachment(inner)
    new, found = masked(tmp_path, made, **PHONES)
    one, two, three = new.iter_attachments()
    assert (one.get_filename(), one.get_content()) == ("张__138____5678.csv", COVERED_CSV)
    assert PHONE not in str(new)
    assert two.get_filename() == "b.zip"
    assert three.get_content().get_content() == "tel 138****5678\n"
    assert [one.place for one in found.outcomes] == [
        "in.eml", "in.eml!张__138____5678.csv", "in.eml!b.zip!b.csv",
    ]  # fmt: skip


def test_a_workbook_becomes_a_file_for_each_table(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.title = "one"
    book.active.append(["phone", "city"])
    book.active.append([PHONE, "A"])
    book.create_sheet("two").append(["phone"])
    book["two"].append([PHONE])
    book.save(tmp_path / "b.xlsx")
    made = mail()
    made.set_content("see\n")
    made.add_attachment((tmp_path / "b.xlsx").read_bytes(), "application", "x", filename="b.xlsx")
    new, _ = masked(tmp_path, made, **PHONES)
    names = [one.get_filename() for one in new.iter_attachments()]
    assert names == ["b.xlsx-one.csv", "b.xlsx-two.csv"]
    assert next(new.iter_attachments()).get_content() == COVERED_CSV


def test_what_cannot_be_masked_refuses_the_mail_unless_it_is_left_out(tmp_path: Path) -> None:
    made = mail()
    made.set_content("see\n")
    made.add_attachment(PICTURE, "image", "png", filename="a.png")
    made.add_attachment(PICTURE, "image", "png")
    with pytest.raises(HongxianError, match=r"in\.eml!a\.png: content of this kind"):
        masked(tmp_path, made)
    assert not (tmp_path / "out.eml").exists()
    found = copied(tmp_path / "in.eml", tmp_path / "out.eml", skip=True, **NAMED)
    assert [line.split(":")[0] for line in told(found)] == [
        "in.eml!a.png", "in.eml!attachment.png",
    ]  # fmt: skip
    new = email.message_from_bytes((tmp_path / "out.eml").read_bytes(), policy=email.policy.default)
    assert list(new.iter_attachments()) == []
    assert new.get_body().get_content() == "see\n"


SIGNED = (
    b"From: a@b.cn\r\nTo: c@d.cn\r\nSubject: x\r\nDKIM-Signature: v=1; b=abc\r\n"
    b"MIME-Version: 1.0\r\n"
    b'Content-Type: multipart/signed; protocol="application/pkcs7-signature"; boundary=q\r\n\r\n'
    b"--q\r\nContent-Type: text/plain\r\n\r\ntel 13812345678\r\n"
    b"--q\r\nContent-Type: application/pkcs7-signature\r\n\r\nAAAA\r\n--q--\r\n"
)


def test_signatures_go_and_it_is_told(tmp_path: Path) -> None:
    new, found = masked(tmp_path, SIGNED)
    assert new["DKIM-Signature"] is None
    assert new.get_content_type() == "text/plain"
    assert new.get_content().strip() == "tel 138****5678"
    assert "signatures" in found.notes[0].say("en")
    assert b"\r\n" in (tmp_path / "out.eml").read_bytes()


def test_a_locked_mail_is_refused_or_emptied(tmp_path: Path) -> None:
    data = SIGNED.replace(b"multipart/signed", b"application/pkcs7-mime").replace(b"--q", b"xx")
    with pytest.raises(HongxianError, match=r"in\.eml: is encrypted"):
        masked(tmp_path, data)
    copied(tmp_path / "in.eml", tmp_path / "out.eml", skip=True, **NAMED)
    assert b"AAAA" not in (tmp_path / "out.eml").read_bytes()


@pytest.mark.parametrize(
    "heads",
    [b"Subject: \xd5\xc5\xc8\xfd 13812345678", b"Subject: =?bad?q?x?= 13812345678",
     b"From: @@@ 13812345678 <<", b"Content-Type: text/plain; charset=nope",
     b'Content-Type: text/plain; charset="\xff"', b"Message-ID: 13812345678"],
    ids=["raw bytes", "bad word", "bad address", "no charset", "odd charset", "no id"],
)  # fmt: skip
def test_odd_heads_hide_nothing(tmp_path: Path, heads: bytes) -> None:
    data = b"To: c@d.cn\nX-A: b\nX-B: c\n" + heads + b"\n\ntel 13812345678\n"
    masked(tmp_path, data)
    assert PHONE.encode() not in (tmp_path / "out.eml").read_bytes()


def test_a_box_keeps_its_mails_apart(tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "in.mbox")
    for place in range(3):
        made = mail(In_Reply_To="<1.zhangsan@pc.example.cn>")
        made.set_content(f"From here on\ntel {PHONE}\n{place}\n")
        line = mailbox.mboxMessage(made)
        line.set_from("zhangsan@example.cn", True)
        box.add(line)
    box.close()
    found = copied(tmp_path / "in.mbox", tmp_path / "out.mbox", **NAMED)
    assert [one.rows for one in found.outcomes] == [3]
    with closing(mailbox.mbox(tmp_path / "out.mbox")) as box:
        new = list(box)
    assert len(new) == 3
    assert new[2].get_payload().endswith("From here on\ntel 138****5678\n2\n")
    assert new[0]["Message-ID"] == new[2]["In-Reply-To"]
    text = (tmp_path / "out.mbox").read_bytes()
    assert text.startswith(b"From MAILER-DAEMON ")
    assert b"zhangsan" not in text


def test_no_mail_is_masked_that_was_not_understood(tmp_path: Path) -> None:
    deep = b"From: a@b.cn\nTo: c@d.cn\nSubject: x\n"
    for place in range(400):
        deep += b"Content-Type: multipart/mixed; boundary=q%d\n\n--q%d\n" % (place, place)
    with pytest.raises(HongxianError, match=r"in\.eml: no whole mail file"):
        masked(tmp_path, deep)


PIECES = st.sampled_from([
    b"From: a@b.cn\n", b"Subject: ", b"=?utf-8?b?5byg5LiJ?=", b"=?utf-8?b?a?=", b"=?x", b"\n",
    b"Content-Type: multipart/mixed; boundary=q\n", b"--q", b"--q--", b"\n\n", b"\xff\xfe", b"\x00",
    b"Content-Type: text/html\n", b"Content-Transfer-Encoding: base64\n", b"MTM4MTIzNDU2Nzg=",
    b"Content-Type: message/rfc822\n", b"Content-Type: multipart/signed; boundary=q\n", b"\r\n",
    b"Content-Transfer-Encoding: quoted-printable\n", b"=31=33", b" x 13812345678 ", b";", b'"',
    b"Content-Type: text/plain; charset=utf-7\n", b"Content-Type: x; name*=utf-8''%ff\n",
    b"Content-Disposition: attachment\n",
])  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(st.lists(PIECES, max_size=12).map(b"".join))
def test_a_broken_mail_is_masked_or_one_line(data: bytes) -> None:
    whole = b"From: a@b.cn\nTo: c@d.cn\nX-A: 13812345678\n" + data
    file = File(name="m", opened=lambda: io.BytesIO(whole), size=len(whole))
    out, job = io.BytesIO(), Job(plan=plan(named={}), skip=True)
    with suppress(HongxianError):
        mask_mail(file, "m", out, job, lambda *_: iter(()))
    assert b"a@b.cn" not in out.getvalue()
    if b"base64" not in data:  # in which digits are letters of a packing
        assert PHONE.encode() not in out.getvalue()
