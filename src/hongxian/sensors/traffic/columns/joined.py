"""Pages of one part of a log become one: little of a part goes to whoever puts all together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongxian.sensors.traffic.inventory import MOST_HOSTS, SAMPLES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hongxian.sensors.traffic.columns.pages import Page


class Joined:
    """The sum of some pages, in their order."""

    def __init__(self) -> None:
        """Start with none."""
        self._counts = [0, 0, 0]
        self._spans = [0.0, 0.0]
        self._places: dict[tuple[str, str], list[Any]] = {}
        self._samples: dict[tuple[str, str], list[Any]] = {}

    def add(self, page: Page) -> list[Any]:
        """Add a page; return its requests with PI, with lines counted from the first page on."""
        lines, read, bad, first, last, places, samples, found = page
        before = self._counts[0]
        for place in places:
            self._place(place, before)
        names = [place[:2] for place in places]
        for place, *sample in samples:
            held = self._samples.setdefault(names[place], [])
            if len(held) < SAMPLES:
                held.append(sample)
        for at, more in enumerate((lines, read, bad)):
            self._counts[at] += more
        if first:
            self._spans = [min(self._spans[0] or first, first), max(self._spans[1], last)]
        return [(_moved(one[0], before), names[one[1]], *one[2:]) for one in found]

    def page(self) -> Page:
        """Return the sum as a page without requests."""
        numbers = {name: number for number, name in enumerate(self._places)}
        samples = [(numbers[name], *one) for name, held in self._samples.items() for one in held]
        lines, read, bad = self._counts
        first, last = self._spans
        return (
            lines, read, bad, first, last,
            [(*name, *place[:-1], list(place[-1])) for name, place in self._places.items()],
            samples, [],
        )  # fmt: skip

    def _place(self, place: Any, before: int) -> None:
        method, name, number, requests, first, last, statuses, hosts, callers = place
        found = self._places.get((method, name))
        if found is None:
            self._places[method, name] = [
                _moved(number, before), requests, first, last, dict(statuses), list(hosts),
                dict.fromkeys(callers),
            ]  # fmt: skip
            return
        found[1] += requests
        found[2], found[3] = min(found[2], first), max(found[3], last)
        for status, count in statuses.items():
            found[4][status] = found[4].get(status, 0) + count
        found[5] += [host for host in hosts if host not in found[5]][: MOST_HOSTS - len(found[5])]
        found[6].update(dict.fromkeys(callers))


def joined(pages: Iterable[Page]) -> tuple[Page, list[Any]]:
    """Return the sum of some pages, and all their requests with PI.

    In a request the method and the template of its endpoint stand instead of a number.
    """
    whole = Joined()
    found: list[Any] = []
    for page in pages:
        found += whole.add(page)
    return whole.page(), found


def _moved(number: int | str, before: int) -> int | str:
    return number + before if isinstance(number, int) else number
