from __future__ import annotations

import json
import socket
import ssl
from pathlib import Path

import pytest
from tests.guards.keep.lane.harness import Guarded, Server
from tests.guards.keep.lane.test_link import certificate

from hongxian.guards.keep.evidence.keys import load_key
from hongxian.guards.keep.tickets.client import Client


def ask(guarded: Guarded, *parts: bytes) -> tuple[int, bytes]:
    with socket.create_connection(("127.0.0.1", guarded.admin), timeout=60) as made:
        for part in parts:
            made.sendall(part)
        data = b""
        while more := made.recv(65_536):
            data += more
    head, _, body = data.partition(b"\r\n\r\n")
    return int(head.split()[1]), body


def get(guarded: Guarded, path: str) -> tuple[int, bytes]:
    return ask(guarded, f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())


def test_health_and_counts(shared: Guarded) -> None:
    with shared.connect() as one:
        one.execute("select 1")
        status, body = get(shared, "/health")
        assert (status, json.loads(body)["ok"], json.loads(body)["sessions"]) == (200, True, 1)
        assert get(shared, "/ready")[0] == 200
        status, body = get(shared, "/metrics?x=1")
        assert status == 200
        assert b"hongxian_keep_sessions_open 1\n" in body
        assert b'hongxian_keep_statements_total{verdict="safe"}' in body


HEAD = b"POST /tickets HTTP/1.1\r\nHost: x\r\ncontent-length: "


@pytest.mark.parametrize(
    ("parts", "status"),
    [
        pytest.param([b"GET /x HTTP/1.1\r\nHost: x\r\n\r\n"], 404, id="no such place"),
        pytest.param([b"PUT /health HTTP/1.1\r\nHost: x\r\n\r\n"], 405, id="method"),
        pytest.param([b"rubbish\r\n\r\n"], 400, id="no request"),
        pytest.param([b"GET /" + b"x" * 9_000], 400, id="long"),
        pytest.param([HEAD + b"99999999\r\n\r\n"], 413, id="large"),
        pytest.param([HEAD + b"2\r\n\r\n", b"{", b"}"], 401, id="nobody"),
        pytest.param([b"GET /tick", b"ets HTTP/1.1\r\nHost: x\r\n\r\n"], 401, id="in pieces"),
    ],
)
def test_other_requests(shared: Guarded, parts: list[bytes], status: int) -> None:
    assert ask(shared, *parts)[0] == status


def test_when_evidence_cannot_be_written(guarded: Guarded) -> None:
    guarded.lane.host.log._broken = True
    try:
        assert ask(guarded, HEAD + b"2\r\n\r\n{}")[0] == 503
        status, body = get(guarded, "/health")
        assert (status, json.loads(body)["evidence"]) == (503, "broken")
    finally:
        guarded.lane.host.log._broken = False


def test_tickets_are_signed_over_tls(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "tls.pem"))
    tls = '[tls]\ncertificate = "tls.pem"\nkey = "tls.key"\n'
    with (
        server.database() as name,
        Guarded(server, name, tmp_path, tls, listen="admin_tls = true") as guarded,
    ):
        asks = Client(f"https://localhost:{guarded.admin}", "li", load_key(tmp_path / "li.key"))
        assert asks.list() == []
        first = served(guarded)
        certificate(tmp_path)
        guarded.call(reloaded(guarded))
        assert guarded.lane.host.metrics.counts["reloads"] == 1
        assert served(guarded) != first
        with pytest.raises((OSError, IndexError)):
            get(guarded, "/health")


async def reloaded(guarded: Guarded) -> None:
    guarded.lane.reload()


def served(guarded: Guarded) -> str:
    """Return the certificate that the port shows."""
    return ssl.get_server_certificate(("localhost", guarded.admin))
