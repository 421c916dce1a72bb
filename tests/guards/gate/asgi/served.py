"""An application behind the middleware, on a real server, and a policy for it."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any

import uvicorn

PHONE = "13800138000"
HEAD = """
[gate]
mode = "enforce"
principals = ["account"]
[callers]
account = ["header:x-user"]
[log]
file = "gate.log"
"""
LIMITED = """
[endpoints."POST /match".limits."basic.phone"]
distinct = 5
action = "throttle"
"""


def policy(tmp_path: Path, more: str = "", head: str = HEAD) -> Path:
    path = tmp_path / "gate.toml"
    path.write_text(head + more, "utf-8")
    return path


def phones(count: int) -> bytes:
    return json.dumps([str(13800000000 + 7919 * n) for n in range(count)]).encode()


@contextmanager
def served(app: Any) -> Iterator[int]:
    """Serve an application; yields its port."""
    with socket.socket() as own:
        own.bind(("127.0.0.1", 0))
        config = uvicorn.Config(
            app, log_level="critical", lifespan="on", timeout_graceful_shutdown=1
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [own]})
        thread.start()
        try:
            while not server.started and thread.is_alive():
                time.sleep(0.01)
            yield own.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join()


def ask(
    port: int, method: str, target: str, body: Any = None, *, chunked: bool = False, **headers: str
) -> tuple[HTTPResponse, bytes]:
    """Send a request; returns head and body of the answer."""
    link = HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        told = {"x-user": "u1", **{name.replace("_", "-"): text for name, text in headers.items()}}
        link.request(method, target, body, told, encode_chunked=chunked)
        answer = link.getresponse()
        return answer, answer.read()
    finally:
        link.close()
