"""Commands on a device over adb, each with an end: in time, in size, or because it is gone."""

from __future__ import annotations

import contextlib
import socket
import time
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Self

from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Iterator

PORT = 5037
"""Where an adb server listens unless ``ANDROID_ADB_SERVER_PORT`` says otherwise."""
MOST_BYTES = 64 << 20
"""Of the answer to one command."""
_CHUNK = 1 << 16
_WORDS = (
    ("not found", "unplugged"), ("offline", "unplugged"), ("unauthorized", "unauthorized"),
    ("authorizing", "unauthorized"), ("timeout", "timeout"), ("connect", "no_server"),
)  # fmt: skip


class LostError(Exception):
    """The device did not answer.

    Args:
        word: why: ``no_server``, ``unplugged``, ``unauthorized``, ``timeout``, ``closed``,
            ``large``; a text ``lost_<word>`` of ``words/record.toml``.
    """

    def __init__(self, word: str) -> None:
        """Keep the word."""
        super().__init__(word)
        self.word = word


class Device:
    """A device behind the adb server.

    Args:
        serial: as ``adb devices`` lists it.

    Raises:
        WordedError: the extra ``record`` is not installed.
    """

    def __init__(self, serial: str) -> None:
        """Find the server; nothing is sent yet."""
        if find_spec("adbutils") is None:
            raise WordedError("no_record_extra")
        import adbutils  # noqa: PLC0415 - an optional extra, and heavy

        self.serial = serial
        self._client = adbutils.AdbClient()
        self._errors: tuple[type[Exception], ...] = (
            adbutils.AdbError, OSError, EOFError, ValueError,
        )  # fmt: skip

    def check(self) -> None:
        """Start the adb server where there is none yet, and ask whether the device is there.

        Raises:
            LostError: it is not.
        """
        if self._client.port == PORT:
            with contextlib.suppress(*self._errors):
                self._client.server_version()
        self.run("echo 1")

    def run(self, command: str, seconds: float = 15.0) -> bytes:
        """Return what a command of the device's shell prints.

        Raises:
            LostError: it did not answer, not in time, or with too much.
        """
        end = time.monotonic() + seconds
        parts: list[bytes] = []
        size = 0
        with self.open(command, seconds) as stream:
            for chunk in stream.chunks():
                size += len(chunk)
                if size > MOST_BYTES:
                    raise LostError("large")
                if time.monotonic() > end:
                    raise LostError("timeout")
                parts.append(chunk)
        return b"".join(parts)

    def open(self, command: str, seconds: float = 15.0) -> Stream:
        """Begin a command that goes on until it is closed.

        Raises:
            LostError: it did not begin.
        """
        self._answers()
        try:
            connection = self._client.make_connection(seconds)
        except self._errors as error:
            raise LostError(_word(error)) from None
        try:
            connection.send_command(f"host:transport:{self.serial}")
            connection.check_okay()
            connection.send_command(f"exec:{command}")
            connection.check_okay()
        except self._errors as error:
            connection.close()
            raise LostError(_word(error)) from None
        return Stream(connection)

    def _answers(self) -> None:
        """Look whether the server is there: the library would start another in its place."""
        try:
            socket.create_connection((self._client.host, self._client.port), 3).close()
        except OSError:
            raise LostError("no_server") from None


class Stream:
    """The output of a command that goes on."""

    def __init__(self, connection: Any) -> None:
        """Take the connection over."""
        self._connection = connection

    def __enter__(self) -> Self:
        """Return the stream."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connection, which ends the command."""
        self._connection.close()

    def wait(self, seconds: float) -> None:
        """Set how long :meth:`chunks` waits for more before it raises."""
        self._connection.conn.settimeout(seconds)

    def chunks(self) -> Iterator[bytes]:
        """Yield what comes until the command ends.

        Raises:
            LostError: ``timeout`` when nothing came in time, ``closed`` when the line broke.
        """
        while True:
            try:
                chunk = self._connection.conn.recv(_CHUNK)
            except TimeoutError:
                raise LostError("timeout") from None
            except OSError:
                raise LostError("closed") from None
            if not chunk:
                return
            yield chunk


def _word(error: Exception) -> str:
    text = str(error).lower()
    return next((word for mark, word in _WORDS if mark in text), "closed")
