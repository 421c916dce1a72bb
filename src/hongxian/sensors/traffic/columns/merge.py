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
        for lines, read, bad, first, last, places, samples, found in pages:
            names = [self._place(log, place) for place in places]
            for place, *sample in samples:
                self.inventory.endpoints[names[place]].sample(*sample)
            for one in found:
                seen = self._observation(log, names, one)
                if one[-1] or seen.given:
                    self.inventory.flowing(seen, one[-1])
                yield seen
            log.read += read
            log.bad += bad
            log.line += lines
            log.spans(first, last)

    def _place(self, log: Log, place: Any) -> str:
        """Count what a page tells of an endpoint; return its name."""
        method, template, number, requests, first, last, statuses, hosts, callers = place
        name = self.templates.bounded(template)
        found = self.inventory.endpoint(method, name, first, log.locator(number))
        found.requests += requests
        found.first, found.last = min(found.first, first), max(found.last, last)
        for status, count in statuses.items():
            found.statuses[status] = found.statuses.get(status, 0) + count
        for host in hosts:
            found.hosted(host)
        for caller in callers:
            found.callers.add(caller)
        return found.name

    def _observation(self, log: Log, names: list[str], one: Any) -> Observation:
        number, place, at, principals, asked, keys, given, hits, status, secure, _ = one
        if self.keyed:
            identifiers = tuple(Identifier(info, "", where) for info, where in asked)
        else:
            identifiers = tuple(
                Identifier(info, value, where)
                for (info, where), value in zip(asked, keys, strict=True)
            )
        return Observation(
            at=at, endpoint=names[place], principals=principals, identifiers=identifiers,
            given=given, hits=hits, status=status, secure=secure, locator=log.locator(number),
            keys=tuple(Key(*key) for key in keys) if self.keyed else (),
        )  # fmt: skip
