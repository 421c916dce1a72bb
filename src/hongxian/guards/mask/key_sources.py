"""Where a key comes from: a variable, a file that nobody else reads, or a command (KMS hook).

A key is written as hexadecimal digits or Base64. No line of an error holds any of it, nor what a
command wrote.
"""

from __future__ import annotations

import base64
import binascii
import os
import re
import stat
import subprocess
from typing import TYPE_CHECKING

from hongxian.words.worded import WordedError, unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

LARGEST = 1 << 16
"""Bytes that a key file or a command's output may have."""

SECONDS = 30
"""How long a command may take."""

_HEX = re.compile(r"(?:[0-9A-Fa-f]{2}){16,}")


def from_variable(name: str, variable: str) -> Callable[[], bytes]:
    """Return what reads a key from an environment variable."""

    def fetch() -> bytes:
        text = os.environ.get(variable)
        if not text:
            raise WordedError("key_no_variable", name, variable=variable)
        return _secret(name, text)

    return fetch


def from_file(name: str, path: Path) -> Callable[[], bytes]:
    """Return what reads a key from a file; others must have no right to it."""

    def fetch() -> bytes:
        try:
            with path.open("rb") as source:
                about = os.fstat(source.fileno())
                if about.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
                    raise WordedError("key_open_file", path, mode=f"{about.st_mode & 0o777:o}")
                if about.st_uid not in (0, os.geteuid()):
                    raise WordedError("key_strange_file", path)
                text = source.read(LARGEST)
        except OSError as error:
            raise unreadable(path, error) from None
        return _secret(name, text.decode("ascii", "replace"))

    return fetch


def from_command(name: str, command: Sequence[str]) -> Callable[[], bytes]:
    """Return what runs a command (no shell) and takes its output for the key."""

    def fetch() -> bytes:
        try:
            done = subprocess.run(  # noqa: S603 - the policy's own words
                list(command), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL, timeout=SECONDS, check=False,
            )  # fmt: skip
        except OSError as error:
            raise WordedError("key_no_command", name, reason=error.strerror) from None
        except subprocess.TimeoutExpired:
            raise WordedError("key_slow_command", name, seconds=SECONDS) from None
        if done.returncode:
            raise WordedError("key_command_failed", name, ended=done.returncode)
        return _secret(name, done.stdout[:LARGEST].decode("ascii", "replace"))

    return fetch


def _secret(name: str, text: str) -> bytes:
    words = "".join(text.split())
    if _HEX.fullmatch(words):
        return bytes.fromhex(words)
    try:
        return base64.b64decode(words, validate=True)
    except (binascii.Error, ValueError):
        raise WordedError("key_no_text", name) from None
