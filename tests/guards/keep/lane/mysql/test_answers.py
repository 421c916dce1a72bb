from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.guards.keep.lane.frames import ProtocolError
from hongxian.guards.keep.lane.mysql import answers, frames
from hongxian.guards.keep.lane.mysql.answers import Answers, Ended

OK = b"\x00\x05\x00\x02\x00\x00\x00"
MORE = b"\x00\x00\x00\x0a\x00\x00\x00"
DEFINED = b"\x03def" + b"x" * 20
EOF = b"\xfe\x00\x00\x02\x00"
EOF_MORE = b"\xfe\x00\x00\x0a\x00"
CURSOR = b"\xfe\x00\x00\x42\x00"
SHORT = b"\xfe\x00\x00\x02\x00\x00\x00"
SHORT_MORE = b"\xfe\x00\x00\x0a\x00\x00\x00"
ERROR = frames.error(1146, "42S02", b"nope")
ROW = b"\x01a\xfb\x03xyz"
LONG_ROW = b"\xfe" + (frames.MOST + 50).to_bytes(8, "little") + b"\xfe" * (frames.MOST + 50)
PREPARED = b"\x00\x07\x00\x00\x00\x01\x00\x02\x00\x00\x00\x00"
LATER = [
    (answers.RESULT, False, [OK], Ended(status=2, changed=5)),
    (answers.RESULT, False, [ERROR], Ended(1146)),
    (answers.RESULT, False, [b"\x02", DEFINED, DEFINED, EOF, ROW, ROW, EOF], Ended(status=2)),
    (answers.RESULT, False, [b"\x01", DEFINED, EOF, ROW, ERROR], Ended(1146, 2)),
    (answers.RESULT, False, [b"\x01", DEFINED, EOF, EOF_MORE, MORE, OK],
     Ended(status=2, changed=5)),
    (answers.RESULT, False, [b"\x01", DEFINED, CURSOR], Ended(status=0x42)),
    (answers.RESULT, True, [b"\x01", DEFINED, ROW, b"\x00" * 9, SHORT], Ended(status=2)),
    (answers.RESULT, True, [b"\x01", DEFINED, ROW, SHORT_MORE, b"\x01", DEFINED, SHORT],
     Ended(status=2)),
    (answers.SINGLE, False, [OK], Ended(status=2, changed=5)),
    (answers.SINGLE, False, [EOF], Ended(status=2)),
    (answers.SINGLE, True, [SHORT], Ended(status=2)),
    (answers.TEXT, False, [b"Uptime: 5"], Ended()),
    (answers.TEXT, False, [ERROR], Ended()),
    (answers.FIELDS, False, [DEFINED, DEFINED, EOF], Ended(status=2)),
    (answers.FIELDS, True, [DEFINED, SHORT], Ended(status=2)),
    (answers.ROWS, False, [ROW, EOF], Ended(status=2)),
    (answers.PREPARED, False, [PREPARED, DEFINED, DEFINED, EOF, DEFINED, EOF],
     Ended(status=2, statement=7, parameters=2)),
    (answers.PREPARED, True, [PREPARED, DEFINED, DEFINED, DEFINED],
     Ended(statement=7, parameters=2)),
    (answers.PREPARED, False, [PREPARED[:5] + bytes(7)], Ended(statement=7)),
    (answers.PREPARED, False, [ERROR], Ended(1146)),
    (answers.PROOF, False, [b"\x01\x04"], Ended(body=b"\x01\x04")),
    (answers.PROOF, False, [ERROR], Ended(1146, body=ERROR)),
]  # fmt: skip


def sent(bodies: list[bytes]) -> bytes:
    return b"".join(frames.packets(one, at + 1) for at, one in enumerate(bodies))


def read(phase: int, pieces: list[bytes], *, short: bool) -> tuple[bytes, list[Ended], Answers]:
    out: list[bytes] = []
    ended: list[Ended] = []
    made = Answers(out.append, ended.append)
    made.short = short
    made.expect(phase)
    for one in pieces:
        made.feed(one)
    return b"".join(out), ended, made


@given(st.sampled_from(LATER), st.lists(st.integers(0, 400), max_size=12))
def test_answers_are_sent_on_wherever_they_are_cut(
    one: tuple[int, bool, list[bytes], Ended], cuts: list[int]
) -> None:
    phase, short, bodies, wanted = one
    data, places = sent(bodies), [0, *sorted(cuts)]
    pieces = [data[a:b] for a, b in zip(places, [*places[1:], len(data)], strict=True)]
    out, ended, made = read(phase, pieces, short=short)
    assert (out, ended, made.busy) == (data, [wanted], False)
    assert made.number == len(bodies)


def test_rows_above_a_packet_are_no_end() -> None:
    for short, end in ((False, EOF), (True, SHORT)):
        data = sent([b"\x01", DEFINED, *([] if short else [EOF]), LONG_ROW, end])
        for size in (1 << 20, len(data)):
            pieces = [data[at : at + size] for at in range(0, len(data), size)]
            out, ended, _ = read(answers.RESULT, pieces, short=short)
            assert (out == data, [one.status for one in ended]) == (True, [2])
    whole = sent([b"\x01", DEFINED, EOF]) + frames.packets(b"\xfb" * frames.MOST, 4) + sent([EOF])
    assert read(answers.RESULT, [whole], short=False)[1] == [Ended(status=2)]


def test_an_answer_of_our_own_is_kept() -> None:
    out: list[bytes] = []
    made = Answers(out.append, lambda _: None)
    made.kept = []
    made.expect(answers.RESULT)
    bodies = [b"\x01", DEFINED, EOF, ROW, EOF]
    for byte in sent(bodies):
        made.feed(bytes([byte]))
    assert (made.kept, out) == (bodies, [])


def test_a_server_may_say_that_it_ends_the_session() -> None:
    out, ended, _ = read(0, [sent([ERROR])], short=False)
    assert (out, ended) == (sent([ERROR]), [Ended(1146)])


@pytest.mark.parametrize(
    ("phase", "bodies"),
    [
        (0, [OK]),
        (answers.RESULT, [OK, OK]),
        (answers.RESULT, [b"\xfbfile"]),
        (answers.RESULT, [b""]),
        (answers.RESULT, [b"\x01\x01"]),
        (answers.RESULT, [b"\x01", DEFINED, ROW]),
        (answers.SINGLE, [ROW]),
        (answers.PREPARED, [OK]),
        (answers.RESULT, [b"\x00\x01"]),
    ],
)
def test_what_is_no_answer_ends_the_session(phase: int, bodies: list[bytes]) -> None:
    with pytest.raises(ProtocolError):
        read(phase, [sent(bodies)], short=False)


@given(st.integers(0, 9), st.booleans(), st.lists(st.binary(max_size=60), max_size=5))
def test_any_bytes_are_followed_or_end_the_session(
    phase: int, short: bool, pieces: list[bytes]
) -> None:
    try:
        out = read(phase, pieces, short=short)[0]
    except ProtocolError:
        return
    assert b"".join(pieces).startswith(out)
