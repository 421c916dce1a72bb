"""An adb server on loopback with one device behind it: it speaks the protocol, the rest is told.

``answers`` are looked up by the command, then by its longest beginning; a value is bytes, or a
function of the command. A command in ``streams`` stays open and gets what :meth:`feed` gives.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

Answer = "bytes | Callable[[str], bytes]"
SERIAL = "HX0001"


class FakeAdb:
    def __init__(self) -> None:
        self.answers: dict[str, bytes | Callable[[str], bytes]] = {"echo 1": b"1\n"}
        self.streams: dict[str, list[socket.socket]] = {}
        self.asked: list[str] = []
        self.plugged = True
        self.silent = False
        self.fails = "device 'HX0001' not found"
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def use(self, patch: pytest.MonkeyPatch) -> FakeAdb:
        """Let every client of this process find it; none can start another."""
        patch.setenv("ANDROID_ADB_SERVER_HOST", "127.0.0.1")
        patch.setenv("ANDROID_ADB_SERVER_PORT", str(self.port))
        patch.setenv("ADBUTILS_ADB_PATH", "/bin/false")
        return self

    def die(self) -> None:
        with contextlib.suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        with self._lock:
            for one in self._open:
                with contextlib.suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)

    def feed(self, command: str, data: bytes) -> None:
        """Send data down a stream, once it is open."""
        end = time.monotonic() + 5
        while not self.streams.get(command) and time.monotonic() < end:
            time.sleep(0.005)
        for one in self.streams[command]:
            one.sendall(data)

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._server.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(client,), daemon=True).start()

    def _talk(self, client: socket.socket) -> None:
        with self._lock:
            self._open.add(client)
        with contextlib.suppress(OSError, ValueError), client:
            while command := self._command(client):
                if not self._reply(client, command):
                    break
        with self._lock:
            self._open.discard(client)

    def _reply(self, client: socket.socket, command: str) -> bool:
        """Answer one request; return whether another follows on this connection."""
        if self.silent:
            client.recv(1)
            return False
        if command == "host:version":
            client.sendall(b"OKAY00040029")
        elif command.startswith("host:transport:"):
            if self.plugged and command.endswith(SERIAL):
                client.sendall(b"OKAY")
                return True
            client.sendall(b"FAIL" + f"{len(self.fails):04x}{self.fails}".encode())
        elif command.startswith("exec:"):
            self._run(client, command.removeprefix("exec:"))
        return False

    def _run(self, client: socket.socket, command: str) -> None:
        self.asked.append(command)
        client.sendall(b"OKAY")
        if command in self.streams:
            self.streams[command].append(client)
            client.recv(1)  # until the other side closes
            self.streams[command].remove(client)
            return
        client.sendall(self._answer(command))

    def _answer(self, command: str) -> bytes:
        known = [one for one in self.answers if command.startswith(one)]
        answer = self.answers[max(known, key=len)] if known else b""
        return answer(command) if callable(answer) else answer

    def _command(self, client: socket.socket) -> str:
        size = self._exactly(client, 4)
        return self._exactly(client, int(size, 16)).decode() if size else ""

    @staticmethod
    def _exactly(client: socket.socket, size: int) -> bytes:
        data = b""
        while len(data) < size:
            chunk = client.recv(size - len(data))
            if not chunk:
                return b""
            data += chunk
        return data
