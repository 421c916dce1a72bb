"""Sends requests at a fixed rate, and tells how long each took from the moment that it was due.

So a pause of the server counts for every request that it held up, not only for the one under way.
Used by ``gate_live.py``.
"""

from __future__ import annotations

import select
import socket
import time
from collections import deque

LINKS = 16
_HEAD = (
    b"POST %b HTTP/1.1\r\nHost: x\r\nX-User: u%d\r\nContent-Type: application/json\r\n"
    b"Content-Length: %d\r\n\r\n"
)


def request(path: str, number: int) -> bytes:
    """Return one request."""
    body = b'{"phone":"13%09d"}' % (number * 2654435761 % 10**9)
    return _HEAD % (path.encode(), number * 7919 % 5000, len(body)) + body


class Link:
    """A connection, and when the request under way was due."""

    def __init__(self, port: int) -> None:
        """Connect."""
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.due = 0.0
        self._left = 0
        self._held = b""

    def send(self, data: bytes, due: float) -> None:
        """Send a request."""
        self.due, self._left, self._held = due, -1, b""
        self.socket.sendall(data)

    def read(self) -> bool:
        """Read what came; return whether the answer is whole."""
        data = self.socket.recv(1 << 18)
        if not data:
            raise ConnectionError("the server closed a connection")
        if self._left < 0:
            self._held += data
            head, end, body = self._held.partition(b"\r\n\r\n")
            if not end:
                return False
            told = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
            self._left, data = int(told), body
        self._left -= len(data)
        return self._left <= 0


def paced(port: int, path: str, rate: float, seconds: float) -> list[float]:
    """Return how many seconds requests took, from when each was due, in rising order."""
    links = [Link(port) for _ in range(LINKS)]
    free, busy = deque(links), {link.socket: link for link in links}
    took: list[float] = []
    start = time.perf_counter()
    total = int(rate * seconds)
    sent = 0
    while len(took) < total:
        now = time.perf_counter()
        while free and sent < total and start + sent / rate <= now:
            free.popleft().send(request(path, sent), start + sent / rate)
            sent += 1
        wait = max(0.0, start + sent / rate - time.perf_counter()) if free and sent < total else 1.0
        for one in select.select(list(busy), [], [], wait)[0]:
            if busy[one].read():
                took.append(time.perf_counter() - busy[one].due)
                free.append(busy[one])
    for link in links:
        link.socket.close()
    return sorted(took)
