"""Reads logs of evidence, and has them verified by the product."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .processes import KEEP

if TYPE_CHECKING:
    from pathlib import Path

    from .processes import Done, Runner


@dataclass(frozen=True, slots=True)
class Log:
    """A log of evidence.

    Args:
        name: as it stands in the table.
        path: the file.
        copies: where others hold copies of its heads.
    """

    name: str
    path: Path
    copies: Path

    def entries(self, since: int = 0) -> list[dict[str, Any]]:
        """Return its records from one on."""
        if not self.path.exists():
            return []
        return [json.loads(one) for one in self.path.read_bytes().splitlines()][since:]

    def size(self) -> int:
        """Return how many records it has."""
        return len(self.entries())

    def shown(self, since: int, kinds: tuple[str, ...], part: str = "") -> str:
        """Return the newest record of these kinds, as it stands in the table; empty for none.

        Args:
            since: the first record that counts.
            kinds: what it may be.
            part: a text that it must hold.
        """
        for one in reversed(self.entries(since)):
            if one["kind"] in kinds and part in json.dumps(one):
                more = one["body"].get("kind") if one["kind"] == "alarm" else ""
                more = more or one["body"].get("reason", "")
                return f"{self.name} {one['seq']} {one['kind']}{f' {more}' if more else ''}"
        return ""

    def hold(self) -> None:
        """Take copies of its heads to where the writer cannot reach them."""
        beside = self.path.with_name(f"{self.path.name}.heads")
        if beside.exists():
            shutil.copyfile(beside, self.copies)

    def verify(self, runner: Runner, *words: str) -> Done:
        """Let ``keep verify`` look at it, with the heads that others hold."""
        head = ["--head", self.copies] if self.copies.exists() else []
        return runner.run("vault", "root", *KEEP, "verify", self.path, *head, *words)
