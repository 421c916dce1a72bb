"""What the readers of logs hand on: one exchange for each request.

PI values stand in these records as they were logged; none of them may pass into a fact.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True, kw_only=True)
class Exchange:
    """One request and what is known of its answer."""

    at: float
    """Seconds since 1970; 0 when the log does not tell."""
    method: str
    target: str
    """Path with query."""
    host: str = ""
    status: int | None = None
    principals: dict[str, str] = field(default_factory=dict)
    """Kind of :data:`hongxian.signals.observation.PRINCIPALS` -> who."""
    request: bytes = b""
    """Body, or as much of it as was logged."""
    response: bytes = b""
    size: int = 0
    """Bytes of the answer, as the log tells."""
    secure: bool | None = None
    locator: str = ""

    @property
    def path(self) -> str:
        """The target without its query."""
        return self.target.partition("?")[0]
