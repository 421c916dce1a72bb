from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

import pytest
from tests.guards.keep.lane.test_link import certificate

from hongxian.guards.keep.lane.frames import ProtocolError
from hongxian.guards.keep.lane.mysql.tls import Tls

if TYPE_CHECKING:
    from pathlib import Path


def ends(place: Path) -> tuple[Tls, Tls, list[bytes], list[bytes]]:
    certificate(place)
    own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    own.load_cert_chain(place / "tls.pem", place / "tls.key")
    other = ssl.create_default_context(cafile=place / "tls.pem")
    to_client: list[bytes] = []
    to_server: list[bytes] = []
    server = Tls(own, to_client.append, server=True)
    client = Tls(other, to_server.append, server=False, name="localhost")
    return server, client, to_client, to_server


def exchanged(to: Tls, said: list[bytes]) -> bytes:
    data = b"".join(said)
    said.clear()
    return to.feed(data) if data else b""


def test_both_ends_understand_one_another_wherever_bytes_are_cut(tmp_path: Path) -> None:
    server, client, to_client, to_server = ends(tmp_path)
    client.send(b"waits until the other side has greeted")
    got = b""
    for _ in range(4):
        for byte in b"".join(to_server):
            got += server.feed(bytes([byte]))
        to_server.clear()
        exchanged(client, to_client)
    assert got == b"waits until the other side has greeted"
    server.send(b"x" * 500_000)
    assert exchanged(client, to_client) == b"x" * 500_000
    server.end()
    assert exchanged(client, to_client) == b""
    client.end()


def test_what_is_no_tls_ends_the_session(tmp_path: Path) -> None:
    server = ends(tmp_path)[0]
    with pytest.raises(ProtocolError, match="tls"):
        server.feed(b"\x03select 1" * 9)
