"""Lines that are read one by one become the same pages as those that are read by columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongxian.sensors.traffic.columns.requests import Rows
from hongxian.sensors.traffic.hashed import NOWHERE
from hongxian.sensors.traffic.inventory import LARGEST_SAMPLE, MOST_HOSTS, SAMPLES, caller_hash
from hongxian.sensors.traffic.observe import Observer
from hongxian.sensors.traffic.readers.read import reader_of
from hongxian.signals.keys import Keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hongxian.sensors.traffic.columns.pages import Page
    from hongxian.sensors.traffic.hashed import Hashed
    from hongxian.sensors.traffic.model import Exchange
    from hongxian.sensors.traffic.observe import Seen


class TextPages:
    """Makes pages of lines of text, or of exchanges.

    Args:
        form: of the lines, as :func:`~hongxian.sensors.traffic.readers.read.reader_of` knows it.
        secret: what identifiers are hashed with; ``None`` leaves that to whoever judges.
        hashed: where digests stand for identifiers.
    """

    def __init__(
        self, form: str, secret: bytes | None = None, hashed: Hashed = NOWHERE
    ) -> None:  # fmt: skip
        """Know nothing yet."""
        self._reader = reader_of(form)
        self._made = Rows(None if secret is None else Keys(secret))
        self._observer = Observer(bounded=False, hashed=hashed)

    def page(self, lines: Sequence[bytes]) -> Page:
        """Return the page of some lines."""
        found: list[Exchange] = []
        numbers: list[int] = []
        bad = 0
        for number, line in enumerate(lines):
            if not line or line.isspace() or line.startswith(b"#"):
                continue
            one = self._reader(line, "") if self._reader else None
            if one is None:
                bad += 1
            else:
                found.append(one)
                numbers.append(number)
        return self.of(found, numbers, len(lines), bad)

    def of(
        self, found: Iterable[Exchange], numbers: Sequence[int | str], lines: int, bad: int
    ) -> Page:  # fmt: skip
        """Return the page of some exchanges.

        Args:
            found: the exchanges.
            numbers: the line of each, counted from the beginning of the page, or its place.
            lines: lines in all.
            bad: those that are no requests.
        """
        places: dict[str, _Place] = {}
        samples, told = [], []
        first = last = 0.0
        read = 0
        for number, seen in zip(numbers, self._observer.observe(found), strict=False):
            read += 1
            one = seen.exchange
            if one.at:
                first = min(first or one.at, one.at)
                last = max(last, one.at)
            name = seen.observation.endpoint
            place = places.get(name)
            if place is None:
                place = places[name] = _Place(len(places), seen, number)
            if place.add(one):
                samples.append(_sample(place.number, one))
            if seen.observation.identifiers or seen.observation.given or seen.taken:
                told.append(self._told(seen, number, place.number))
        return (
            lines, read, bad, first, last, [one.told() for one in places.values()], samples, told
        )  # fmt: skip

    def _told(self, seen: Seen, number: int | str, place: int) -> Any:
        one = seen.observation
        told = (
            tuple(one.given.items()), one.hits, one.status, one.secure,
            tuple(seen.taken.items()), tuple(seen.hashed.items()),
        )  # fmt: skip
        return self._made.row((number, place, one.at), one.principals, one.identifiers, told)


class _Place:
    """What a page shows of an endpoint."""

    def __init__(self, number: int, seen: Seen, row: int | str) -> None:
        one = seen.exchange
        self.number, self.row = number, row
        self.method, self.name = one.method, seen.template
        self.requests = 0
        self.first, self.last = one.at, 0.0
        self.statuses: dict[int, int] = {}
        self.hosts: dict[str, None] = {}
        self.callers: dict[tuple[str, str], None] = {}

    def add(self, one: Exchange) -> bool:
        """Count an exchange; return whether it is one of the first few."""
        self.requests += 1
        self.first, self.last = min(self.first, one.at), max(self.last, one.at)
        if one.status:
            self.statuses[one.status] = self.statuses.get(one.status, 0) + 1
        if one.host and len(self.hosts) < MOST_HOSTS:
            self.hosts.setdefault(one.host)
        for who in one.principals.items():
            self.callers.setdefault(who)
            break
        return self.requests <= SAMPLES

    def told(self) -> Any:
        """Return it as pages hold it."""
        return (
            self.method, self.name, self.row, self.requests, self.first, self.last, self.statuses,
            list(self.hosts), [caller_hash(*one) for one in self.callers],
        )  # fmt: skip


def _sample(place: int, one: Exchange) -> tuple[int, str, bytes, bytes]:
    request, response = (
        body if len(body) <= LARGEST_SAMPLE else b"" for body in (one.request, one.response)
    )
    return place, one.target, request, response
