from __future__ import annotations

import struct

from hongxian.guards.keep.lane.proving import let_in, without_binding

SASL = struct.pack(">I", 10)


def test_binding_to_a_channel_is_not_offered() -> None:
    body = SASL + b"SCRAM-SHA-256-PLUS\0SCRAM-SHA-256\0\0"
    assert without_binding(body) == b"R" + struct.pack(">I", 23) + SASL + b"SCRAM-SHA-256\0\0"
    assert without_binding(SASL + b"SCRAM-SHA-256\0\0") is None
    assert without_binding(struct.pack(">I", 0)) is None


def test_who_is_let_in() -> None:
    assert let_in(struct.pack(">I", 0))
    assert not let_in(struct.pack(">I", 5))
    assert not let_in(struct.pack(">II", 0, 0))
