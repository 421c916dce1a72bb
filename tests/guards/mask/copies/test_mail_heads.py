from __future__ import annotations

import re
from email import message_from_bytes
from typing import TYPE_CHECKING

import pytest

from hongxian.guards.mask.copies.mail_heads import NOWHERE, mask_heads, other_id

if TYPE_CHECKING:
    from email.message import Message


def change(kind: str, texts: list[str]) -> list[str]:
    if kind == "name":
        return [one and "N" for one in texts]
    if kind == "address":
        return [{"a@b.cn": "x@y.cn", "gone@b.cn": "", "odd@b.cn": "甲 乙"}[one] for one in texts]
    return [re.sub(r"1\d{10}", "***", one) for one in texts]


def masked(head: bytes) -> tuple[Message, bool]:
    mail = message_from_bytes(head + b"\nX-Last: y\n\nbody")
    signed = mask_heads(mail, change)
    return mail, signed


@pytest.mark.parametrize(
    ("head", "value"),
    [(b"From: =?utf-8?b?5byg5LiJ?= <a@b.cn>", "N <x@y.cn>"),
     (b"To: a@b.cn,\n a@b.cn", "x@y.cn, x@y.cn"),
     (b"Cc: gone@b.cn", f"undisclosed@{NOWHERE}"), (b"Sender: odd@b.cn", f"---@{NOWHERE}"),
     (b"Subject: =?gb18030?b?1cXI/Q==?= 13812345678", "=?utf-8?b?5byg5LiJICoqKg==?="),
     (b"Subject: call 13812345678", "call ***"), (b"Subject: plain", "plain"),
     (b"X-Tel: \xd5\xc5 13812345678", "=?utf-8?b?77+977+9ICoqKg==?="),
     (b"Subject: =?utf-8?b?a?= 13812345678", "=?utf-8?b?a?= ***"),
     (b"MIME-Version: 13812345678", "***"), (b"Message-ID: 13812345678", "***"),
     (b"To: ", "")],
    ids=["person", "two", "gone", "odd", "encoded", "plain", "same", "raw", "bad", "version",
         "no id",
         "nobody"],
)  # fmt: skip
def test_each_head_is_masked_by_what_it_is(head: bytes, value: str) -> None:
    mail, signed = masked(head)
    name = head.split(b":")[0].decode()
    assert (mail[name], mail["X-Last"], signed) == (value, "y", False)
    assert mail.keys() == [name, "X-Last"]


def test_the_name_of_a_file_is_left_to_who_masks_the_file() -> None:
    mail, _ = masked(b"Content-Disposition: attachment; filename=13812345678.csv")
    assert mail.get_filename() == "13812345678.csv"
    mail, _ = masked(b"Content-Type: text/plain; x=13812345678")
    assert mail["Content-Type"] == "text/plain; x=***"


@pytest.mark.parametrize("name", ["DKIM-Signature", "ARC-Seal", "Autocrypt", "X-Face"])
def test_heads_that_hold_only_for_the_mail_as_it_was_are_left_out(name: str) -> None:
    mail, signed = masked(f"{name}: v=1".encode())
    assert (mail[name], signed) == (None, True)


def test_ids_get_others_that_are_the_same_in_all_heads() -> None:
    mail, _ = masked(b"Message-ID: <a@b.cn>\nReferences: <c@d>\n <a@b.cn>")
    assert mail["Message-ID"] == f"<{other_id('a@b.cn')}>"
    assert mail["References"] == f"<{other_id('c@d')}> <{other_id('a@b.cn')}>"
    assert other_id("a").endswith(f"@{NOWHERE}")
