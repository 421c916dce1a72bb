"""Writes what keep did to a log of evidence, when its settings name one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongxian.guards.keep.evidence.keys import load_key
from hongxian.guards.keep.evidence.log import EvidenceLog

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class Written:
    """A log of evidence, or none.

    Args:
        log: the file; ``None``: nothing is written.
        key: file of the key that signs its heads.

    Raises:
        HongxianError: log or key cannot be used.
    """

    def __init__(self, log: Path | None, key: Path | None) -> None:
        """Open it."""
        self._log = EvidenceLog(log, load_key(key)) if log and key else None

    def record(self, kind: str, body: Mapping[str, Any]) -> None:
        """Write an entry and a signed head over it.

        Args:
            kind: of the entry.
            body: whole numbers, texts, lists and tables of them.

        Raises:
            HongxianError: it cannot be written.
        """
        if self._log is not None:
            self._log.record(kind, body)
            self._log.head()

    def close(self) -> None:
        """Let others open it."""
        if self._log is not None:
            self._log.close()
            self._log = None
