"""A time-stamp authority on loopback, as ``openssl ts`` is one, under a CA of its own."""

from __future__ import annotations

import subprocess
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CONFIG = """
[tsa]
default_tsa = own
[own]
serial = {place}/serial
crypto_device = builtin
signer_cert = {place}/tsa.pem
signer_key = {place}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
ess_cert_id_alg = sha256
"""
EXTENSIONS = (
    "basicConstraints=critical,CA:false\nkeyUsage=critical,digitalSignature\n"
    "extendedKeyUsage=critical,timeStamping\n"
)


@dataclass
class Authority:
    """Where its files lie, and what it answers; ``fixed`` instead of what it should."""

    place: Path
    address: str = ""
    status: int = 200
    asked: int = 0
    fixed: bytes | None = None

    @property
    def ca(self) -> Path:
        """The certificate of its CA."""
        return self.place / "ca.pem"

    def answer(self, query: bytes) -> bytes:
        """Return its answer to a request."""
        self.asked += 1
        if self.fixed is not None:
            return self.fixed
        (self.place / "query").write_bytes(query)
        _openssl("ts", "-reply", "-config", str(self.place / "config"), "-queryfile",
                 str(self.place / "query"), "-out", str(self.place / "answer"))  # fmt: skip
        return (self.place / "answer").read_bytes()


def made(place: Path) -> Authority:
    """Make a CA, and an authority under it."""
    place.mkdir()
    curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    _openssl("req", "-x509", *curve, "-keyout", f"{place}/ca.key", "-out", f"{place}/ca.pem",
             "-subj", "/CN=Test CA", "-days", "2", "-addext",
             "keyUsage=critical,keyCertSign")  # fmt: skip
    _openssl("req", *curve, "-keyout", f"{place}/tsa.key", "-out", f"{place}/tsa.csr", "-subj",
             "/CN=Test TSA")  # fmt: skip
    (place / "extensions").write_text(EXTENSIONS)
    _openssl("x509", "-req", "-in", f"{place}/tsa.csr", "-CA", f"{place}/ca.pem", "-CAkey",
             f"{place}/ca.key", "-CAcreateserial", "-days", "2", "-extfile",
             f"{place}/extensions", "-out", f"{place}/tsa.pem")  # fmt: skip
    (place / "serial").write_text("01\n")
    (place / "config").write_text(CONFIG.format(place=place))
    return Authority(place)


@contextmanager
def serving(one: Authority) -> Iterator[Authority]:
    """Answer by HTTP until the test is done."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.headers["content-type"] == "application/timestamp-query"
            answer = one.answer(self.rfile.read(int(self.headers["content-length"])))
            self.send_response(one.status)
            self.send_header("content-type", "application/timestamp-reply")
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    one.address = f"http://127.0.0.1:{server.server_port}/tsa"
    try:
        yield one
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _openssl(*words: str) -> None:
    done = subprocess.run(["openssl", *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
