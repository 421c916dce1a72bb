"""Tells each value once: for the field where it stands, not for all that holds the field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hongxian.sensors.session.model import Part, Sighting

LISTED = "device.app_list"
LEAST_APPS = 3
"""So many of the installed apps together are a list; one alone may be a link to it (ours)."""
_FIELDS = 50
"""One value is told for so many fields of a flow at most."""


@dataclass(frozen=True, slots=True)
class Found:
    """A sighting with what is needed to weigh it."""

    value: int
    """Which of the test values; 0 where that does not matter."""
    part: Part
    sighting: Sighting


def told(found: Iterable[Found]) -> Iterator[Sighting]:
    """Yield what is to be told of what was found in one flow."""
    groups: dict[tuple[object, ...], dict[str, Found]] = {}
    for one in _lists_only(list(found)):
        part, sighting = one.part, one.sighting
        key = (one.value, sighting.info, sighting.form, part.where, part.sent, part.at)
        _add(groups.setdefault(key, {}), one)
    for fields in groups.values():
        yield from (one.sighting for one in fields.values())


def _lists_only(found: list[Found]) -> Iterator[Found]:
    """Leave single apps out, and make one of those of a list."""
    apps: dict[tuple[str, bool], dict[int, Found]] = {}
    for one in found:
        if one.sighting.info != LISTED:
            yield one
            continue
        same = apps.setdefault((one.part.where, one.part.sent), {})
        if one.value not in same or len(one.part.name) > len(same[one.value].part.name):
            same[one.value] = one
    for same in apps.values():
        if len(same) >= LEAST_APPS:
            first = next(iter(same.values()))
            yield Found(0, first.part, first.sighting)


def _add(fields: dict[str, Found], one: Found) -> None:
    """Keep the innermost: a whole body holds its fields, a field what is packed in it."""
    name = one.part.name
    if name not in fields and (
        len(fields) >= _FIELDS or any(other.startswith(name) for other in fields)
    ):
        return
    for outer in [other for other in fields if other != name and name.startswith(other)]:
        del fields[outer]
    before = fields.get(name)
    if before is None or len(one.part.how) > len(before.part.how):
        fields[name] = one
