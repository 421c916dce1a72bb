"""One statement of a plan: what runs before it, it itself, what runs after it, how to undo it."""

from __future__ import annotations

from dataclasses import dataclass

from hongxian.guards.keep.statements.verdict import Reason


class CannotError(Exception):
    """A statement cannot be run in quarantine; it needs a ticket."""

    def __init__(self, code: str, about: str = "") -> None:
        """Keep the reason."""
        super().__init__(code)
        self.reason = Reason(code, about)


@dataclass(frozen=True, slots=True)
class Step:
    """One statement.

    Attributes:
        text: the statement as it was sent.
        before: what runs first.
        after: what runs behind it.
        undo: what brings back what it took; empty when it takes nothing.
        tag: what the server would have answered, when the statement itself does not run.
        kept: names of what is kept in the plan's schema.
        ends: what ends the quarantine beside the drop of the plan's schema, each by itself.
        database: the name under which a database is kept; empty for all else.
    """

    text: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    undo: tuple[str, ...] = ()
    tag: str = ""
    kept: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    database: str = ""

    @property
    def all(self) -> tuple[str, ...]:
        """All that runs, in order."""
        return (*self.before, *(() if self.tag else (self.text,)), *self.after)

    @property
    def keeps(self) -> bool:
        """Whether it needs the plan's schema."""
        return bool(self.kept)
