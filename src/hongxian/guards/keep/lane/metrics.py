"""What the lane counts, as Prometheus reads it."""

from __future__ import annotations

COUNTS = {
    "connections": "Connections that were opened.",
    "sessions": "Sessions that were let in.",
    "starts_refused": "Sessions that were refused before they began.",
    "protocol_errors": "Sessions that were ended because of bytes that are no message.",
    "server_failures": "Times at which the server could not be reached.",
    "refused": "Statements that were refused.",
    "tickets_used": "Tickets that were used.",
    "quarantined": "Statements that ran in quarantine.",
    "undone": "Statements in quarantine that were undone.",
    "quarantine_ended": "Statements in quarantine whose data was dropped for good.",
    "cancels": "Requests to cancel that were handed on.",
    "failures": "Times at which evidence, or something else of ours, failed.",
    "heads_refused": "Copies of heads that a place did not take.",
    "stamps_refused": "Heads that the time-stamp authority did not stamp.",
    "reloads": "Settings that were adopted.",
    "reloads_refused": "Settings that were faulty and not adopted.",
}
"""Count -> what it means."""


class Metrics:
    """Counts."""

    def __init__(self) -> None:
        """Start at zero."""
        self.counts = dict.fromkeys(COUNTS, 0)
        self.verdicts = [0, 0, 0, 0]

    def add(self, name: str) -> None:
        """Add one."""
        self.counts[name] += 1

    def text(self, words: tuple[str, ...], open_: int, verdicts: list[int]) -> str:
        """Return all counts in Prometheus' text format 0.0.4.

        Args:
            words: of the verdicts.
            open_: sessions that are open now.
            verdicts: statements of those sessions by verdict; ended ones are added.
        """
        lines: list[str] = []
        for name, meaning in COUNTS.items():
            lines += _head(f"hongxian_keep_{name}_total", meaning, "counter")
            lines.append(f"hongxian_keep_{name}_total {self.counts[name]}")
        name = "hongxian_keep_statements_total"
        lines += _head(name, "Statements by verdict.", "counter")
        for word, ended, more in zip(words, self.verdicts, verdicts, strict=True):
            lines.append(f'{name}{{verdict="{word}"}} {ended + more}')
        lines += _head("hongxian_keep_sessions_open", "Sessions that are open.", "gauge")
        return "\n".join([*lines, f"hongxian_keep_sessions_open {open_}"]) + "\n"


def _head(name: str, meaning: str, kind: str) -> list[str]:
    return [f"# HELP {name} {meaning}", f"# TYPE {name} {kind}"]
