"""Pages in the order of the log become the inventory, the takers and observations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongxian.signals.keys import Key
from hongxian.signals.observation import Identifier, Observation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hongxian.sensors.traffic.columns.pages import Page
    from hongxian.sensors.traffic.inventory import Inventory
    from hongxian.sensors.traffic.readers import Log
    from hongxian.sensors.traffic.templates import Templates


class Merge:
    """Puts the pages of logs together.

    Args:
        inventory: what is counted in.
        templates: those of all logs, bounded.
        keyed: whether pages bring keys of identifiers, instead of their values.
    """

    def __init__(self, inventory: Inventory, templates: Templates, *, keyed: bool) -> None:
        """Keep them."""
        self.inventory = inventory
        self.templates = templates
        self.keyed = keyed

    def observations(self, log: Log, pages: Iterable[Page]) -> Iterator[Observation]:
        """Yield requests with PI as they are counted; the log moves on page by page."""
        for page in pages:
            names = self.counted(log, page)
            for one in page[-1]:
                seen = observation_of(one, names[one[1]], _where(log, one[0]), keyed=self.keyed)
                if one[-1] or seen.given:
                    self.inventory.flowing(seen, one[-1])
                yield seen
            moved(log, page)

    def counted(self, log: Log, page: Page) -> list[str]:
        """Count what a page tells of endpoints; return their names."""
        names = [self._place(log, place) for place in page[5]]
        for place, *sample in page[6]:
            self.inventory.endpoints[names[place]].sample(*sample)
        return names

    def _place(self, log: Log, place: Any) -> str:
        """Count what a page tells of an endpoint; return its name."""
        method, template, number, requests, first, last, statuses, hosts, callers = place
        name = self.templates.bounded(template)
        found = self.inventory.endpoint(method, name, first, _where(log, number))
        found.requests += requests
        found.first, found.last = min(found.first, first), max(found.last, last)
        for status, count in statuses.items():
            found.statuses[status] = found.statuses.get(status, 0) + count
        for host in hosts:
            found.hosted(host)
        for caller in callers:
            found.callers.add(caller)
        return found.name


def moved(log: Log, page: Page) -> None:
    """Move a log on behind a page."""
    lines, read, bad, first, last, *_ = page
    log.read += read
    log.bad += bad
    log.line += lines
    log.spans(first, last)


def observation_of(one: Any, endpoint: str, locator: str, *, keyed: bool) -> Observation:
    """Return a request with PI as a page tells it.

    Args:
        one: the request.
        endpoint: its name.
        locator: where it stands.
        keyed: whether the page brings keys of identifiers, instead of their values.
    """
    _, _, at, principals, asked, keys, given, hits, status, secure, _ = one
    if keyed:
        identifiers = tuple(Identifier(info, "", where) for info, where in asked)
    else:
        identifiers = tuple(
            Identifier(info, value, where) for (info, where), value in zip(asked, keys, strict=True)
        )
    return Observation(
        at=at, endpoint=endpoint, principals=principals, identifiers=identifiers, given=given,
        hits=hits, status=status, secure=secure, locator=locator,
        keys=tuple(Key(*key) for key in keys) if keyed else (),
    )  # fmt: skip


def _where(log: Log, number: int | str) -> str:
    """Return where a line stands; a capture tells its places itself."""
    return log.locator(number) if isinstance(number, int) else number
