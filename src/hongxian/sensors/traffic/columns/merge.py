"""Pages in the order of the log become the inventory, the takers and observations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongxian.sensors.traffic.columns.requests import Pattern, Patterns, Request

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hongxian.sensors.traffic.columns.pages import Page
    from hongxian.sensors.traffic.inventory import Inventory
    from hongxian.sensors.traffic.readers import Log
    from hongxian.sensors.traffic.templates import Templates
    from hongxian.signals.observation import Observation

_NONE = Pattern("", (), (), {}, None, None, None, {})


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
        self._patterns = Patterns()

    def requests(self, log: Log, pages: Iterable[Page]) -> Iterator[Request]:
        """Yield requests with PI as they are counted; the log moves on page by page.

        A request is good until the next one is asked for.
        """
        for page in pages:
            names = self.counted(log, page)
            seen: dict[tuple[int, int], Pattern] = {}
            first: dict[Pattern, int | str] = {}
            told = Request(_NONE, 0.0, (), (), log, 0)
            for number, place, at, who, keys, plain in page[-1]:
                one = seen.get((place, id(plain)))
                if one is None:
                    one = seen[place, id(plain)] = self._patterns.of(names[place], plain)
                    if one not in first:
                        first[one], one.count = number, 0
                one.count += 1
                told.pattern, told.at, told.names, told.keys = one, at, who, keys
                told.number = number
                yield told
            for one, number in first.items():
                if one.taken or one.given:
                    self.inventory.flowing(one, one.count, _where(log, number))
            moved(log, page)

    def observations(self, log: Log, pages: Iterable[Page]) -> Iterator[Observation]:
        """Yield what :meth:`requests` does, whole."""
        for one in self.requests(log, pages):
            yield one.observation(keyed=self.keyed)

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


def _where(log: Log, number: int | str) -> str:
    """Return where a line stands; a capture tells its places itself."""
    return log.locator(number) if isinstance(number, int) else number
