from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest

from hongxian.guards import patient
from hongxian.guards.patient import PatientProtocol


class Echo(PatientProtocol):
    """Answers a line."""

    def received(self) -> None:
        if self._held.endswith(b"\n"):
            self._transport.write(self._held)
            self._transport.close()


async def answered(*pieces: bytes) -> bytes:
    server = await asyncio.get_running_loop().create_server(Echo, "127.0.0.1", 0)
    async with server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        for piece in pieces:
            writer.write(piece)
            await asyncio.sleep(0.01)
        got = b""
        with suppress(ConnectionError):
            got = await asyncio.wait_for(reader.read(), 60)
        writer.close()
    return got


def test_a_request_comes_in_pieces() -> None:
    assert asyncio.run(answered(b"he", b"llo\n")) == b"hello\n"


@pytest.mark.parametrize("sent", [b"", b"never ends"])
def test_who_does_not_end_a_request_is_let_go(sent: bytes, monkeypatch) -> None:
    monkeypatch.setattr(patient, "PATIENCE", 0.05)
    assert asyncio.run(answered(sent)) == b""


def test_who_inherits_says_when_a_request_is_whole() -> None:
    with pytest.raises(TypeError, match="received"):
        PatientProtocol()
