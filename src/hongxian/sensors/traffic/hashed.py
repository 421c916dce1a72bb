"""Where digests in requests stand for identifiers, as whoever judges was told.

No recogniser can tell the digest of a telephone number from another one; so it has to be said of an
endpoint that hexadecimal digests (MD5, SHA-1, SHA-256, SM3) stand for a PI type there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fnmatch import fnmatchcase

_MOST_KNOWN = 10_000
"""Endpoints and paths that are known again."""


@dataclass(frozen=True, slots=True)
class Hashed:
    """What is said of endpoints; plain data, so that other processes can have it."""

    rules: tuple[tuple[str, str | None], ...] = ()
    """Pattern (``METHOD /path`` with ``*``), and the PI type that digests stand for there; the
    first pattern that names an endpoint counts."""
    _known: dict[tuple[str, str, str], str | None] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    def __bool__(self) -> bool:
        """Return whether digests stand for anything anywhere."""
        return any(info for _, info in self.rules)

    def of(self, method: str, template: str, path: str) -> str | None:
        """Return what digests in requests stand for.

        Args:
            method: of the requests.
            template: of their path.
            path: as it was sent: a pattern may name that as well.
        """
        place = method, template, path
        if place not in self._known:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            names = f"{method} {template}", f"{method} {path}"
            named = (
                info for pattern, info in self.rules
                if any(fnmatchcase(name, pattern) for name in names)
            )  # fmt: skip
            self._known[place] = next(named, None)
        return self._known[place]


NOWHERE = Hashed()
"""Digests stand for nothing."""
