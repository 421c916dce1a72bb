from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.guards.keep.lane.frames import ProtocolError
from hongxian.guards.keep.lane.mysql import greeting
from hongxian.guards.keep.lane.mysql.greeting import asked, offered, offers_tls, wants_tls

ALL = 0xFFFFFFFF


def greeted(flags: int = ALL, more: bytes = b"\xff\xff\xff\xff") -> bytes:
    low, high = flags.to_bytes(4, "little")[:2], flags.to_bytes(4, "little")[2:]
    parts = (b"\x0a10.11.1\0", b"\1\2\3\4", b"scramble", b"\0", low, b"\x2d\2\0", high, b"\x15",
             bytes(6), more, b"scramble four\0", b"mysql_native_password\0")  # fmt: skip
    return b"".join(parts)


def start(flags: int = ALL, *, proof: bytes = b"\x14" + b"p" * 20, more: bytes = b"") -> bytes:
    return (flags.to_bytes(4, "little") + bytes(4) + b"\x2d" + b"\xee" * 23 + b"li\0" + proof
            + b"shop\0" + more)  # fmt: skip


def flags_of(body: bytes) -> int:
    end = body.index(0)
    return int.from_bytes(body[end + 14 : end + 16] + body[end + 19 : end + 21], "little")


def test_only_what_can_be_followed_is_offered() -> None:
    told = offered(greeted(), tls=False)
    assert flags_of(told) == greeting.FOLLOWED
    assert not flags_of(told) & (
        1 << 5 | 1 << 7 | 1 << 25 | 1 << 26 | 1 << 27 | 1 << 28 | greeting.TLS
    )
    assert flags_of(offered(greeted(), tls=True)) == greeting.FOLLOWED | greeting.TLS
    assert len(told) == len(greeted())
    assert b"\xff\xff\xff\xff" not in told  # what MariaDB adds
    assert told.endswith(b"scramble four\0mysql_native_password\0")
    assert offers_tls(greeted())
    assert not offers_tls(greeted(ALL & ~greeting.TLS))


@pytest.mark.parametrize("body", [b"", b"\x09x\0", greeted()[:30], greeted(0), greeted(1 << 9)])
def test_what_is_no_greeting_ends_the_session(body: bytes) -> None:
    with pytest.raises(ProtocolError):
        offered(body, tls=False)


def test_who_asks() -> None:
    found = asked(start())
    assert (found.role, found.database) == ("li", "shop")
    assert found.flags == greeting.FOLLOWED | greeting.TLS
    assert found.forwarded(tls=False)[:4] == greeting.FOLLOWED.to_bytes(4, "little")
    assert found.forwarded(tls=True)[9:32] == bytes(23)  # wishes of MariaDB's own
    assert found.forwarded(tls=True)[32:] == start()[32:]
    assert wants_tls(found.request)
    assert len(found.request) == 32
    assert not wants_tls(start())
    plain = asked(start(greeting.PROTOCOL_41 | greeting.SECURE))
    assert plain.database == ""


@pytest.mark.parametrize(
    "body",
    [b"", bytes(33), start()[:33], start(proof=b"\x99"), start(greeting.PROTOCOL_41),
     start()[:36] + b"\xff"],
)  # fmt: skip
def test_what_is_no_start_ends_the_session(body: bytes) -> None:
    with pytest.raises(ProtocolError):
        asked(body)


@given(st.binary(max_size=120))
def test_any_bytes_are_read_or_end_the_session(body: bytes) -> None:
    for read in (lambda: offered(body, tls=True), lambda: asked(body)):
        try:
            read()
        except ProtocolError:
            continue
