"""Requests with PI as pages hold them: what many have in common stands once, as a pattern.

A row is ``(line, place, moment, names, keys, pattern)``: the names of the principals, the key of
each identifier (or its value, where keys are left to whoever judges), and the pattern, which rows
share.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hongxian.sensors.traffic.takers import nearest
from hongxian.signals.keys import Key
from hongxian.signals.observation import Identifier, Observation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hongxian.sensors.traffic.readers import Log
    from hongxian.signals.keys import Keys

Plain = tuple[Any, ...]
"""A pattern as plain data: kinds of principals, identifiers (PI type, where), PI in the answer,
identifiers that the answer knew, status, whether by TLS, PI in the request, digests in it."""
MOST_PATTERNS = 1 << 14
"""Patterns that are remembered."""


@dataclass(slots=True, eq=False)
class Pattern:
    """What requests to an endpoint have in common."""

    endpoint: str
    kinds: tuple[str, ...]
    identifiers: tuple[Identifier, ...]
    """Without their values."""
    given: dict[str, int]
    hits: int | None
    status: int | None
    secure: bool | None
    taken: dict[str, int]
    hashed: dict[str, int] = field(default_factory=dict)
    """Digests among the PI in the request."""
    infos: list[str] = field(default_factory=list)
    """PI type of each identifier."""
    records: int = 0
    """Values in the answer."""
    nearest: int | None = None
    """Which principal is nearest to a person."""
    count: int = 0
    """Requests of the page at hand."""
    exposed: Any = None
    """Takes what whoever judges says of every such request."""

    def __post_init__(self) -> None:
        """Work out what each request would have to."""
        self.infos = [one.info for one in self.identifiers]
        self.records = sum(self.given.values())
        kind, _ = nearest(dict.fromkeys(self.kinds, ""))
        self.nearest = self.kinds.index(kind) if kind in self.kinds else None


@dataclass(slots=True, eq=False)
class Request:
    """One request with PI, while its page is at hand."""

    pattern: Pattern
    at: float
    names: tuple[str, ...]
    keys: Sequence[Any]
    log: Log
    number: int | str

    @property
    def principals(self) -> dict[str, str]:
        """Kind -> who."""
        return dict(zip(self.pattern.kinds, self.names, strict=True))

    @property
    def nearest(self) -> tuple[str, str]:
        """The principal that is nearest to a person."""
        place = self.pattern.nearest
        return ("unknown", "") if place is None else (self.pattern.kinds[place], self.names[place])

    @property
    def locator(self) -> str:
        """Where it stands; a capture tells its places itself."""
        return self.log.locator(self.number) if isinstance(self.number, int) else self.number

    def observation(self, *, keyed: bool) -> Observation:
        """Return all that is known of it.

        Args:
            keyed: whether it brings keys of identifiers, instead of their values.
        """
        one, identifiers = self.pattern, self.pattern.identifiers
        if not keyed:
            identifiers = tuple(
                Identifier(told.info, value, told.where)
                for told, value in zip(identifiers, self.keys, strict=True)
            )
        return Observation(
            at=self.at, endpoint=one.endpoint, principals=self.principals, identifiers=identifiers,
            given=one.given, hits=one.hits, status=one.status, secure=one.secure,
            locator=self.locator, keys=self.made_keys() if keyed else (),
        )  # fmt: skip

    def made_keys(self) -> tuple[Key, ...]:
        """Return the keys of the identifiers."""
        return tuple([Key(*one) for one in self.keys])


class Patterns:
    """Patterns by endpoint and plain data."""

    def __init__(self) -> None:
        """Know none yet."""
        self._known: dict[tuple[str, Plain], Pattern] = {}

    def of(self, endpoint: str, plain: Plain) -> Pattern:
        """Return the pattern of requests to an endpoint."""
        found = self._known.get((endpoint, plain))
        if found is None:
            kinds, asked, given, hits, status, secure, taken, hashed = plain
            identifiers = tuple(Identifier(info, "", where) for info, where in asked)
            found = Pattern(endpoint, kinds, identifiers, dict(given), hits, status, secure,
                            dict(taken), dict(hashed))  # fmt: skip
            if len(self._known) >= MOST_PATTERNS:
                self._known.clear()
            self._known[endpoint, plain] = found
        return found


class Rows:
    """Makes rows of pages.

    Args:
        keys: makes keys of identifiers; ``None`` leaves that to whoever judges.
    """

    def __init__(self, keys: Keys | None) -> None:
        """Know no pattern yet."""
        self._keys = keys
        self._known: dict[Plain, Plain] = {}

    def row(
        self, where: tuple[int | str, int, float], principals: Mapping[str, str],
        identifiers: Sequence[Identifier], told: Plain,
    ) -> Plain:  # fmt: skip
        """Return a row.

        Args:
            where: its line, counted from the beginning of the page, or its place; the number of its
                endpoint in the page; when it came.
            principals: who.
            identifiers: what is asked for.
            told: the rest of its pattern.
        """
        keys = [self.key(one.info, one.value) for one in identifiers]
        asked = tuple([(one.info, one.where) for one in identifiers])
        plain = self.same((tuple(principals), asked, *told))
        return (*where, tuple(principals.values()), keys, plain)

    def key(self, info: str, value: str) -> Any:
        """Return the key of an identifier as pages hold it, or its value."""
        return value if self._keys is None else tuple(self._keys.of(info, value))

    def same(self, plain: Plain) -> Plain:
        """Return the pattern that rows share instead of one that is like it."""
        known = self._known.get(plain)
        if known is None:
            if len(self._known) >= MOST_PATTERNS:
                self._known.clear()
            known = self._known[plain] = plain
        return known
