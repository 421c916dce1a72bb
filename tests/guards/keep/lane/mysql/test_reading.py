from __future__ import annotations

import pytest

from hongxian.guards.keep.lane.frames import ProtocolError
from hongxian.guards.keep.lane.mysql.reading import Reading, ReadingError, reading


def answered(*values: str, wide: bool = False) -> list[bytes]:
    row = ",".join(one.encode().hex().upper() if one != "-" else one for one in values).encode()
    if wide:
        row = row.decode().encode("utf-16-be")
    length = bytes([len(row)]) if len(row) < 251 else b"\xfc" + len(row).to_bytes(2, "little")
    return [b"\x01", b"\x03def", length + row, b"\xfe"]


def test_a_session_is_read() -> None:
    told = ("li@x@10.0.0.1", "店", "STRICT_TRANS_TABLES,ANSI_QUOTES", "utf8mb4")
    wanted = Reading("li@x", "店", frozenset({"ANSI_QUOTES"}), "utf-8")
    assert reading(answered(*told), short=True) == wanted
    assert reading(answered(*told, wide=True), short=True) == wanted
    assert reading([*answered(*told)[:2], b"\xfe", *answered(*told)[2:]], short=False) == wanted
    assert reading(answered("a@b", "-", "", "latin1"), short=True) == Reading(
        "a", "*", frozenset(), "cp1252"
    )


@pytest.mark.parametrize(
    ("values", "word", "about"),
    [(("a@b", "c", "", "gbk"), "encoding", "gbk"), (("a@b", "c", "", "sjis"), "encoding", "sjis"),
     (("a@b", "c", "ORACLE,ANSI_QUOTES", "utf8mb4"), "mode", "ORACLE")],
)  # fmt: skip
def test_what_cannot_be_followed(values: tuple[str, ...], word: str, about: str) -> None:
    with pytest.raises(ReadingError) as caught:
        reading(answered(*values), short=True)
    assert (caught.value.word, caught.value.about) == (word, about)


@pytest.mark.parametrize(
    "bodies", [[], [b"\x01", b"", b"\xfe"], [b"\x01", b"", b"\x03a,b", b"\xfe"],
               [b"\x01", b"", b"\x07x,x,x,x", b"\xfe"], [b"\x01", b"", b"\xfb", b"\xfe"]],
)  # fmt: skip
def test_no_answer_ends_the_session(bodies: list[bytes]) -> None:
    with pytest.raises(ProtocolError):
        reading(bodies, short=True)
