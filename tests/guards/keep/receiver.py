"""A web server on loopback that keeps what is posted to it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Got:
    """What came."""

    def __init__(self) -> None:
        self.address = ""
        self.bodies: list[bytes] = []
        self.paths: list[str] = []


@contextmanager
def receiver(status: int = 200) -> Iterator[Got]:
    got = Got()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.paths.append(self.path)
            got.bodies.append(self.rfile.read(int(self.headers["content-length"])))
            self.send_response(status)
            self.send_header("content-length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

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
