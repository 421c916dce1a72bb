"""What goes on in the background of a recording: streams of the device, and other programs."""

from __future__ import annotations

import subprocess
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from hongxian.sensors.session.record.adb import LostError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hongxian.sensors.session.record.adb import Device, Stream

PART = 32 << 20
"""A log is handed on in parts of this size, so that memory stays bounded."""
MOST_BYTES = 2 << 30
"""Of one log."""
MOST_OUTPUT = 512 << 20
"""Of what another program wrote."""
GRACE = 5.0
"""Seconds that another program has to end by itself."""
_PATIENCE = 0.25
_LAST = 2.0
"""Seconds within which the rest of a stream must come once it is to end."""


class Streamed:
    """A command of the device whose output is handed on as it comes.

    Args:
        device: the device.
        command: the command.
        take: gets whole lines, some at a time, on a thread of its own.
        lost: gets the word of why the stream broke.
        part: bytes that are gathered before ``take`` gets them; 0 hands on at once.
    """

    def __init__(
        self, device: Device, command: str, take: Callable[[bytes], None],
        lost: Callable[[str], None], *, part: int = PART,
    ) -> None:  # fmt: skip
        """Begin; a stream that cannot begin is lost at once."""
        self._take, self._lost, self._part = take, lost, part
        self._device, self._command = device, command
        self._rest = bytearray()
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Take what has come so far, and end."""
        self._ending.set()
        self._thread.join(_LAST + 20.0)

    def _run(self) -> None:
        try:
            with self._device.open(self._command) as stream:
                stream.wait(_PATIENCE)
                self._follow(stream)
        except LostError as error:
            if not self._ending.is_set():
                self._lost(error.word)
        if self._rest:
            self._take(bytes(self._rest))

    def _follow(self, stream: Stream) -> None:
        size, end = 0, 0.0
        while not end or time.monotonic() < end:
            chunk = _next(stream)
            if self._ending.is_set():
                end = end or time.monotonic() + _LAST
                if not chunk:
                    return
            size += len(chunk)
            self._hand(chunk)
            if size > MOST_BYTES:
                raise LostError("large")

    def _hand(self, chunk: bytes) -> None:
        self._rest += chunk
        if len(self._rest) > self._part and (cut := self._rest.rfind(b"\n") + 1):
            self._take(bytes(self._rest[:cut]))
            del self._rest[:cut]


def _next(stream: Stream) -> bytes:
    """Return what came, nothing when nothing came in time."""
    try:
        return next(stream.chunks())
    except StopIteration:
        raise LostError("closed") from None
    except LostError as error:
        if error.word == "timeout":
            return b""
        raise


class Program:
    """Another program that records beside us, such as Frida or a proxy.

    Args:
        role: of the member that its output becomes: ``hooks`` or ``network``.
        output: the file that it writes.
        command: how it is started; empty when somebody else has started it.
    """

    def __init__(self, role: str, output: Path, command: Sequence[str] = ()) -> None:
        """Start it."""
        self.role, self.output = role, output
        self.name = Path(command[0]).name if command else output.name
        """What it is called in the manifest."""
        self._process: subprocess.Popen[bytes] | None = None
        self._failed = False
        if command:
            try:
                self._process = subprocess.Popen(  # noqa: S603 - the program that the user named
                    list(command), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )  # fmt: skip
            except OSError:
                self._failed = True

    def alive(self) -> bool:
        """Return whether it still runs; of one that somebody else started nobody can tell."""
        if self._process is None:
            return not self._failed
        return self._process.poll() is None

    def stop(self) -> bytes:
        """End it and return what it wrote.

        Raises:
            LostError: it wrote nothing, or too much.
        """
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(GRACE)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        try:
            size = self.output.stat().st_size
            if size > MOST_OUTPUT:
                raise LostError("large")
            data = self.output.read_bytes()
        except OSError:
            raise LostError("no_output") from None
        if not data:
            raise LostError("no_output")
        return data
