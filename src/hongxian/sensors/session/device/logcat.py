"""Reads a device's log as a stream: ``epoch``, ``threadtime``, ``time``, ``brief``, ``long``.

Two gigabytes pass through in a few megabytes of memory. Only ``epoch`` and ``year`` tell the whole
date; else the year is the one that brings a line nearest to a moment that the caller gives.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, BinaryIO

from hongxian.facts import Reason
from hongxian.sensors.session.bundle.faults import SessionError
from hongxian.sensors.session.device.text import lines_of, refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

_DAY = r"(?:(?P<year>\d{4})-)?(?P<day>\d\d-\d\d)"
_CLOCK = r"(?P<clock>\d\d:\d\d:\d\d)(?P<part>\.\d{3,9})?(?: (?P<offset>[+-]\d{4}))?"
_WHEN = rf"(?:(?P<epoch>\d{{1,12}}\.\d{{3,9}})|{_DAY} {_CLOCK})"
_THREAD = re.compile(
    rf"\s*{_WHEN}\s+(?:(?P<uid>\w+)\s+)??(?P<pid>\d+)\s+(?P<tid>\d+)\s+(?P<level>[VDIWEFAS])"
    r"\s(?P<tag>.{0,256}?) {0,40}: (?P<text>.*)"
)
_TIME = re.compile(
    rf"\s*{_WHEN}\s+"
    r"(?P<level>[VDIWEFAS])/(?P<tag>.{0,256}?) {0,40}"
    r"\(\s*(?:(?P<uid>\w+):)?\s*(?P<pid>\d+)\): ?(?P<text>.*)"
)
_BRIEF = re.compile(
    r"(?P<level>[VDIWEFAS])/(?P<tag>.{0,256}?) {0,40}\(\s*(?P<pid>\d+)\): ?(?P<text>.*)"
)
_LONG = re.compile(
    rf"\[\s*{_WHEN}\s+(?:(?P<uid>\w+):)??\s*(?P<pid>\d+):\s*(?P<tid>\d+)\s+"
    r"(?P<level>[VDIWEFAS])/(?P<tag>.{0,256}?) {0,40}\]"
)
_SHAPES = (_THREAD, _TIME, _LONG, _BRIEF)
_EARLY = 100_000_000.0
"""An ``epoch`` before this is a time since the device was started (``-v monotonic``)."""
_SAMPLE = 2_000
"""After so many lines without one of a log, it is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """One message of the log."""

    at: float | None
    level: str
    """``V``, ``D``, ``I``, ``W``, ``E`` or ``F``."""
    tag: str
    text: str
    pid: int | None = None
    tid: int | None = None
    uid: str | None = None
    locator: str = ""


def read_logcat(
    source: BinaryIO | bytes,
    name: str,
    unread: list[Reason],
    *,
    zone: tzinfo | None = None,
    around: float | None = None,
) -> Iterator[LogLine]:
    """Yield the messages of a log.

    Args:
        source: the log; read as it is asked for.
        name: the log, as a user knows it.
        unread: takes why not all of it was read, once the end is reached.
        zone: time zone of the device.
        around: a moment within the session, for lines without a year.

    Raises:
        SessionError: there is no log in it.
    """
    reader = _Reader(name, zone, around)
    head = ""
    for number, line, cut in lines_of(source):
        reader.cut += cut
        head = head or line
        found = reader.line(number, line)
        if found is not None:
            yield found
        elif number > _SAMPLE and not reader.read:
            break
    last = reader.finished()
    if last is not None:
        yield last
    if not reader.read:
        if reader.borders:
            return  # the log is empty, and says so
        raise refused(name, head) or SessionError(name, "session_device.no_log")
    unread.extend(reader.reasons())


@dataclass(slots=True)
class _Reader:
    name: str
    zone: tzinfo | None
    around: float | None
    read: int = 0
    borders: int = 0
    cut: int = 0
    odd: int = 0
    timeless: int = 0
    _shape: re.Pattern[str] | None = None
    _minutes: dict[str, float | None] = field(default_factory=dict)
    _long: LogLine | None = None

    def line(self, number: int, line: str) -> LogLine | None:
        """Return the message of a line; one of the long form is ready when the next begins."""
        if line.startswith("--------- "):
            self.borders += 1
            return None
        found = self._match(line)
        if found is None:
            self._rest(line)
            return None
        self.read += 1
        told = found.groupdict()
        made = LogLine(
            at=self._at(told), level=told["level"], tag=told["tag"].strip(),
            text=told.get("text") or "", pid=_number(told.get("pid")), tid=_number(told.get("tid")),
            uid=told.get("uid"), locator=f"{self.name} line {number}",
        )  # fmt: skip
        self.timeless += made.at is None
        before, self._long = self._long, made if self._shape is _LONG else None
        return before if self._shape is _LONG else made

    def finished(self) -> LogLine | None:
        """Return the last message of the long form."""
        return self._long

    def reasons(self) -> Iterator[Reason]:
        """Yield what could not be read."""
        for word in ("odd", "cut", "timeless"):
            count = getattr(self, word)
            if count:
                yield Reason(f"session_device.log_{word}", {"count": count}, self.name)

    def _match(self, line: str) -> re.Match[str] | None:
        if self._shape is not None and (found := self._shape.fullmatch(line)):
            return found
        for shape in _SHAPES:
            if found := shape.fullmatch(line):
                self._shape = shape
                return found
        return None

    def _rest(self, line: str) -> None:
        """Add a line to the message before it (long form), or count it as strange."""
        if self._long is None:
            self.odd += bool(line.strip())
        elif line and len(self._long.text) < _SAMPLE:
            text = f"{self._long.text}\n{line}" if self._long.text else line
            old = self._long
            self._long = LogLine(
                at=old.at, level=old.level, tag=old.tag, text=text, pid=old.pid, tid=old.tid,
                uid=old.uid, locator=old.locator,
            )  # fmt: skip

    def _at(self, told: dict[str, str | None]) -> float | None:
        if epoch := told.get("epoch"):
            return float(epoch) if float(epoch) > _EARLY else None
        day, clock = told.get("day"), told.get("clock")
        if not day or not clock:
            return None
        key = f"{told['year'] or ''} {day} {clock[:5]} {told['offset'] or ''}"
        if key not in self._minutes:
            if len(self._minutes) > _SAMPLE:
                self._minutes.clear()
            self._minutes[key] = self._minute(told["year"], day, clock[:5], told["offset"])
        minute = self._minutes[key]
        return None if minute is None else minute + int(clock[6:]) + float(told["part"] or 0)

    def _minute(self, year: str | None, day: str, clock: str, offset: str | None) -> float | None:
        zone = _zone(offset) if offset else self.zone
        if zone is None:
            return None
        if year:
            return _moment(int(year), day, clock, zone)
        if self.around is None:
            return None
        middle = datetime.fromtimestamp(self.around, UTC).year
        moments = (_moment(one, day, clock, zone) for one in range(middle - 1, middle + 2))
        around = self.around
        return min((one for one in moments if one is not None), default=None,
                   key=lambda one: abs(one - around))  # fmt: skip


def _zone(offset: str) -> tzinfo:
    minutes = int(offset[1:3]) * 60 + int(offset[3:])
    return timezone(timedelta(minutes=min(minutes, 1439) * (-1 if offset[0] == "-" else 1)))


def _moment(year: int, day: str, clock: str, zone: tzinfo) -> float | None:
    numbers = (int(day[:2]), int(day[3:]), int(clock[:2]), int(clock[3:]))
    try:
        return datetime(year, *numbers, tzinfo=zone).timestamp()
    except (OverflowError, ValueError):
        return None


def _number(text: str | None) -> int | None:
    return int(text[:18]) if text else None
