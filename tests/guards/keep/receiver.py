"""A web server on loopback that keeps what is posted to it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Got:
    """What came, and what is answered."""

    status: int = 200
    address: str = ""
    bodies: list[bytes] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)

    def answer(self, kind: str, body: bytes) -> bytes:
        """Return the answer to what was posted as some media type."""
        del kind, body
        return b"ok"


@contextmanager
def receiver(status: int = 200, got: Got | None = None) -> Iterator[Got]:
    got = got or Got(status)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.paths.append(self.path)
            got.bodies.append(self.rfile.read(int(self.headers["content-length"])))
            answer = got.answer(self.headers["content-type"], got.bodies[-1])
            self.send_response(got.status)
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    got.address = f"http://127.0.0.1:{server.server_port}/in?a=1"
    try:
        yield got
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
