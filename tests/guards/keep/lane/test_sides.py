from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest

from hongxian.guards.keep.lane import sides


@dataclass
class Told:
    """A host, and what became of its links."""

    start_time: float = 60.0
    counts: Counter[str] = field(default_factory=Counter)
    behind: sides.ServerSide | None = None
    there: asyncio.Event = field(default_factory=asyncio.Event)
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    links: list[Client] = field(default_factory=list)

    @property
    def settings(self) -> Any:
        return SimpleNamespace(start_time=self.start_time)

    @property
    def warden(self) -> Any:
        return SimpleNamespace(lang="en")

    def count(self, name: str) -> None:
        self.counts[name] += 1


class Client(sides.ClientSide):
    """Says last words as plain text."""

    def connection_made(self, transport: Any) -> None:
        self.met(transport)
        self.upstream = self.host.behind
        self.host.links.append(self)
        self.host.there.set()
        self._do(asyncio.sleep(3_600))

    def data_received(self, data: bytes) -> None:
        self.misspoken(ValueError(data.decode()))

    def gone(self) -> None:
        self.host.gone.set()

    def tell(self, kind: str, text: str) -> None:
        self.transport.write(f"{kind}: {text}".encode())


class Server(sides.ServerSide):
    """Says goodbye."""

    def bid_farewell(self) -> None:
        self._transport.write(b"bye")


async def asked(host: Told, *, sent: bytes = b"") -> bytes:
    """Return what a client reads until the end."""
    server = await asyncio.get_running_loop().create_server(lambda: Client(host), "127.0.0.1", 0)
    async with server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        await asyncio.wait_for(host.there.wait(), 60)
        writer.write(sent)
        try:
            got = await asyncio.wait_for(reader.read(), 60)
        except ConnectionError:
            got = b""
        writer.close()
        await asyncio.wait_for(host.gone.wait(), 60)
    return got


def test_who_does_not_keep_to_the_protocol_is_told_and_ended() -> None:
    async def main() -> None:
        host = Told()
        said = await asked(host, sent=b"nonsense")
        assert said.startswith(b"protocol: ")
        assert b"nonsense" in said
        assert host.counts == {"connections": 1, "protocol_errors": 1}
        (link,) = host.links
        assert link.peer == "127.0.0.1"
        await asyncio.gather(*link._tasks, return_exceptions=True)
        assert not link._tasks, "what it was about ends with it"
        link.end("protocol", "again")  # nobody is there any more

    asyncio.run(main())


def test_who_does_not_begin_is_let_go() -> None:
    assert asyncio.run(asked(Told(start_time=0.01))) == b""


@pytest.mark.parametrize(("kind", "word"), [("start", "clear"), ("server", "catalog")])
def test_last_words_are_in_the_language_of_the_guard(kind: str, word: str) -> None:
    async def main() -> None:
        host = Told()
        ended = asyncio.ensure_future(asked(host))
        await asyncio.wait_for(host.there.wait(), 60)
        host.links[0].end(kind, word)
        assert (await ended).startswith(f"{kind}: ".encode())

    asyncio.run(main())


def test_a_server_is_held_back_and_bidden_farewell() -> None:
    async def main() -> None:
        heard = asyncio.get_running_loop().create_future()

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            heard.set_result(await reader.read())
            writer.close()

        listening = await asyncio.start_server(serve, "127.0.0.1", 0)
        async with listening:
            address = listening.sockets[0].getsockname()
            made = await asyncio.get_running_loop().create_connection(Server, *address)
            behind: Server = made[1]
            host = Told(behind=behind)
            ended = asyncio.ensure_future(asked(host))
            await asyncio.wait_for(host.there.wait(), 60)
            link = host.links[0]
            link.pause_writing()
            assert not made[0].is_reading()
            link.resume_writing()
            assert made[0].is_reading()
            link.end("server", "server")
            await ended
            assert await asyncio.wait_for(heard, 60) == b"bye"
            behind.close()
            behind.pause()
            behind.resume()

    asyncio.run(main())


def test_a_socket_that_was_never_there_needs_no_end() -> None:
    link, behind = Client(Told()), sides.ServerSide()
    link.abort()
    link.end("protocol", "x")
    link.pause_writing()
    link.resume_writing()
    assert link.eof_received() is False
    behind.close()
    behind.bid_farewell()
