"""Reads a privacy policy from a file: HTML, text, Markdown, PDF, DOCX or a saved page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.sensors.policy.reading.faults import LIMITS, Limits, ReadingError
from hongxian.sensors.policy.reading.formats import read

if TYPE_CHECKING:
    from pathlib import Path

    from hongxian.sensors.policy.document import Document

__all__ = ["LIMITS", "Limits", "ReadingError", "read_bytes", "read_policy"]


def read_policy(path: Path, limits: Limits = LIMITS) -> Document:
    """Read a policy from a file.

    Raises:
        ArtefactError: it cannot be read; one line says why.
    """
    try:
        with path.open("rb") as file:
            data = file.read(limits.size + 1)
    except OSError as error:
        raise ReadingError(str(path), "no_file", reason=error.strerror or "?") from error
    return read_bytes(path.name, data, limits)


def read_bytes(name: str, data: bytes, limits: Limits = LIMITS) -> Document:
    """Read a policy from bytes.

    Args:
        name: the file's name: its suffix counts where the content leaves the format open.
        data: the content.
        limits: how much is read at most.

    Raises:
        ArtefactError: it cannot be read; one line says why.
    """
    if not data.strip():
        raise ReadingError(name, "empty")
    if len(data) > limits.size:
        raise ReadingError(name, "too_large", limit=limits.size >> 20)
    return read(name, data, limits)
