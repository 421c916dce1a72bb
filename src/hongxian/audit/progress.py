"""Progress over many packages, on stderr and only on a terminal."""

from __future__ import annotations

import sys
import time

from hongxian.words import say


class Progress:
    """Counts packages and estimates the time left.

    Args:
        total: how many packages there are; a single one shows nothing.
        lang: language of the line.
        quiet: show nothing.
    """

    def __init__(self, total: int, lang: str, *, quiet: bool = False) -> None:
        """Start the clock."""
        self.total, self.lang, self.count = total, lang, 0
        self.shown = not quiet and total > 1 and sys.stderr.isatty()
        self.start = time.monotonic()

    def step(self) -> None:
        """Count one package as done and rewrite the line."""
        self.count += 1
        if not self.shown:
            return
        left = (time.monotonic() - self.start) / self.count * (self.total - self.count)
        line = say(
            "audit.progress", self.lang, done=self.count, total=self.total, left=duration(left)
        )
        sys.stderr.write(f"\r\x1b[K{line}")
        sys.stderr.flush()

    def done(self) -> None:
        """Clear the line."""
        if self.shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def duration(seconds: float) -> str:
    """Return ``45 s`` or ``3:07 min``."""
    whole = round(seconds)
    return f"{whole} s" if whole < 60 else f"{whole // 60}:{whole % 60:02} min"
