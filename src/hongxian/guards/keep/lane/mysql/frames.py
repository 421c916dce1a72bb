"""Packets of MySQL's protocol: three bytes of length, one of the place in the exchange, a body.

A body of 16 MB less one byte goes on in the next packet. Numbers are little-endian.
Source: MySQL Internals, "Client/Server Protocol"; MariaDB's knowledge base of the same name.
"""

from __future__ import annotations

from hongxian.guards.keep.lane.frames import ProtocolError

MOST = 0xFFFFFF
"""Bytes of a packet; one that is full goes on in the next."""
HEAD = 4
"""Bytes before a body."""

OK, MORE, LOCAL_FILE, EOF, ERR = 0x00, 0x01, 0xFB, 0xFE, 0xFF
"""First bytes of what a server says; ``MORE`` while a client proves who it is."""

QUIT, INIT_DB, QUERY, FIELD_LIST, STATISTICS, PING, CHANGE_USER = 1, 2, 3, 4, 9, 14, 17
PREPARE, EXECUTE, LONG_DATA, CLOSE, RESET, SET_OPTION, FETCH, RESET_CONNECTION = (
    22, 23, 24, 25, 26, 27, 28, 31,
)  # fmt: skip
NAMES = {
    5: "COM_CREATE_DB", 6: "COM_DROP_DB", 7: "COM_REFRESH", 8: "COM_SHUTDOWN",
    10: "COM_PROCESS_INFO", 12: "COM_PROCESS_KILL", 13: "COM_DEBUG", 18: "COM_BINLOG_DUMP",
    19: "COM_TABLE_DUMP", 21: "COM_REGISTER_SLAVE", 23: "COM_STMT_EXECUTE", 26: "COM_STMT_RESET",
    28: "COM_STMT_FETCH",
    29: "COM_DAEMON", 30: "COM_BINLOG_DUMP_GTID", 32: "COM_CLONE", 250: "COM_STMT_BULK_EXECUTE",
    254: "COM_MULTI",
}  # fmt: skip
"""Commands that can be refused, by their names."""

IN_TRANSACTION, MORE_RESULTS, CURSOR = 0x1, 0x8, 0x40
"""Bits of a server's status."""


def packets(body: bytes, number: int) -> bytes:
    """Return a body in packets, the first of which has a number."""
    parts = []
    for start in range(0, len(body) + 1, MOST):
        part = body[start : start + MOST]
        parts += [len(part).to_bytes(3, "little"), bytes([number & 0xFF]), part]
        number += 1
    return b"".join(parts)


def error(number: int, state: str, text: bytes) -> bytes:
    """Return the body of an error; ``state`` is its SQLSTATE."""
    return b"\xff" + number.to_bytes(2, "little") + b"#" + state.encode() + text


def error_number(body: bytes) -> int:
    """Return the number of an error."""
    return int.from_bytes(body[1:3], "little")


def length_at(body: bytes, place: int) -> tuple[int, int]:
    """Return a number of any length, and where it ends.

    Raises:
        ProtocolError: it is none.
    """
    if place >= len(body):
        raise ProtocolError("length")
    first = body[place]
    size = {0xFC: 2, 0xFD: 3, 0xFE: 8}.get(first, 0)
    end = place + 1 + size
    if end > len(body) or first in (0xFB, 0xFF):
        raise ProtocolError("length")
    return (int.from_bytes(body[place + 1 : end], "little") if size else first), end


def status_of(body: bytes, *, plain_eof: bool) -> int:
    """Return the status in a body that ends an answer: OK, or EOF as old clients get it.

    Raises:
        ProtocolError: it is too short.
    """
    place = 3
    if not plain_eof:
        _, place = length_at(body, 1)
        _, place = length_at(body, place)
    if len(body) < place + 2:
        raise ProtocolError("status")
    return int.from_bytes(body[place : place + 2], "little")
