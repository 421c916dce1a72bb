from __future__ import annotations

import io
import mailbox
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from tests.sensors.store.made import file_of

from hongxian.sensors.store.sources.faults import SourceError
from hongxian.sensors.store.sources.file import File, Limits
from hongxian.sensors.store.sources.mbox import is_mbox, mails

if TYPE_CHECKING:
    from pathlib import Path

FROM = b"From a@b.cn Tue Jan  2 10:00:00 2024\n"


@pytest.mark.parametrize(
    ("head", "box"),
    [(FROM + b"Subject: x\n", True), (FROM + b">From x\n", True),
     (FROM.rstrip() + b"\r\nTo: y", True),
     (b"From here to 2024\nwe go\n", False), (b"From: a@b.cn\nTo: c@d.cn\n", False), (b"", False)],
    ids=["box", "quoted", "other ends", "text", "mail", "empty"],
)  # fmt: skip
def test_a_box_is_known_by_its_first_two_lines(head: bytes, *, box: bool) -> None:
    assert is_mbox(head) is box


def test_mails_come_one_by_one_as_the_library_writes_them(tmp_path: Path) -> None:
    with closing(mailbox.mbox(tmp_path / "a.mbox")) as box:
        for number in range(3):
            box.add(f"Subject: {number}\n\nFrom me\n>From you\n\nFrom all {number}\n".encode())
    found = list(mails(file_of(tmp_path, "b.mbox", (tmp_path / "a.mbox").read_bytes())))
    assert [first.startswith(b"From MAILER-DAEMON ") for first, _ in found] == [True] * 3
    # the library quotes one mark too few, so that the second comes back as the first
    assert found[2][1].strip() == b"Subject: 2\n\nFrom me\nFrom you\n\nFrom all 2"


def test_a_mail_may_only_be_so_long_and_a_line_comes_in_pieces() -> None:
    def box(data: bytes) -> File:
        return File(name="m", opened=lambda: io.BytesIO(data))

    with pytest.raises(SourceError, match="too_large"):
        list(mails(box(FROM + b"x\n" * 100), Limits(document=100)))
    data = b"y" * (3 << 20)
    [(_, mail)] = mails(box(FROM + data), Limits(cell=1 << 20))
    assert mail == data
    assert list(mails(box(b"no box"))) == []
