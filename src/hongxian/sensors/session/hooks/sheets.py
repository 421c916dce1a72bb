"""Workbooks of camille, PrivacySentry and AppScan: rows under a header that names the columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.facts import Reason
from hongxian.sensors.session.bundle.faults import SessionError
from hongxian.sensors.session.hooks.records import sentry_call, worded_call
from hongxian.sensors.session.hooks.times import month_from_zero, year_left_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import tzinfo

    from hongxian.sensors.session.hooks.tally import Tally
    from hongxian.sensors.session.model import Call

Row = tuple[str, int, list[str]]
"""Sheet, number of the row as a user counts, cells."""

HEADER_WITHIN = 5
"""A header stands in one of so many first rows."""
_COLUMNS = {
    "时间点": "time", "行为主体": "subject", "操作行为": "action", "行为描述": "message",
    "传入参数": "arg", "调用堆栈": "stack", "别名": "alias", "函数名": "function",
    "主体": "main", "堆栈": "stack", "检测项": "risk", "评估标准": "standard",
}  # fmt: skip
"""Column titles of the tools; PrivacySentry's title of times goes on behind its first word."""
_TIMES = "调用时间"
_OWN = ("APP本身", "main")
"""What camille and AppScan write when they take a call for the app's own."""


class SheetReader:
    """Reads the rows of a workbook.

    Args:
        tally: counts what cannot be read.
        zone: of local times.
        around: when the log was made.
    """

    def __init__(self, tally: Tally, zone: tzinfo, around: float | None) -> None:
        """Keep the log's zone and time."""
        self.tally = tally
        self.zone = zone
        self.around = around
        self._header: dict[str, int] = {}
        self._kind = ""
        self._kinds: set[str] = set()

    def calls(self, rows: Iterable[Row]) -> Iterator[Call]:
        """Yield the calls of all sheets.

        Raises:
            SessionError: no sheet has a header of a known tool.
        """
        sheet = None
        for name, number, cells in rows:
            if name != sheet:
                sheet, self._kind = name, ""
            if not self._kind and number <= HEADER_WITHIN:
                self._title(cells)
            elif call := self._call(f"{self.tally.name} {name} row {number}", cells):
                yield self.tally.take(call)
        self._end()

    def _title(self, cells: list[str]) -> None:
        found: dict[str, int] = {}
        for place, title in enumerate(cells):
            text = title.strip()
            name = "time" if text.startswith(_TIMES) else _COLUMNS.get(text)
            if name:
                found.setdefault(name, place)
        self._header, self._kind = found, _kind(found)
        self._kinds.add(self._kind)

    def _call(self, place: str, cells: list[str]) -> Call | None:
        values = {
            name: cells[at].strip() if at < len(cells) else "" for name, at in self._header.items()
        }
        if self._kind not in _READERS or not any(values.values()) or _marks_consent(values):
            return None
        call = _READERS[self._kind](self, place, values)
        if call is None:
            self.tally.miss("rows", place)
        return call

    def camille(self, place: str, values: dict[str, str]) -> Call | None:
        """Return the call of one row of camille; ``None`` when it names nothing."""
        word = values["message"] or values.get("action", "")
        if values.get("action") == "申请权限":
            word = values["action"]
        if not word:
            return None
        return worded_call(
            self.tally, place, word, values["stack"], values.get("arg"),
            at=month_from_zero(values.get("time", ""), self.zone, self.around),
            told=values.get("subject") or None,
        )  # fmt: skip

    def appscan(self, place: str, values: dict[str, str]) -> Call | None:
        """Return the call of one row of AppScan, which keeps neither time nor arguments."""
        if not values["action"]:
            return None
        told = values["main"] or None
        return worded_call(
            self.tally, place, values["action"], values["stack"], None, at=None, told=told
        )

    def sentry(self, place: str, values: dict[str, str]) -> Call | None:
        """Return the call of one row of PrivacySentry; ``None`` when it names nothing."""
        if not values["function"]:
            return None
        at = year_left_out(values["time"], self.zone, self.around)
        return sentry_call(self.tally, place, values, at)

    def _end(self) -> None:
        if not self._kinds & _READERS.keys():
            word = "appscan_risks" if "risks" in self._kinds else "unknown"
            raise SessionError(self.tally.name, f"session_hooks.{word}")
        if "sentry" in self._kinds and self.around is None and "untimed" in self.tally.counts:
            reason = Reason("session_hooks.no_year", {}, self.tally.name)
            self.tally.said.append(reason)


_READERS = {
    "camille": SheetReader.camille,
    "appscan": SheetReader.appscan,
    "sentry": SheetReader.sentry,
}


def _marks_consent(values: dict[str, str]) -> bool:
    """Whether a row of PrivacySentry is no call: it says the same in all columns."""
    function = values.get("function")
    return bool(function) and function == values["alias"] == values.get("stack")


def _kind(columns: dict[str, int]) -> str:
    """Return whose header it is; PrivacySentry's sheet of counts has no times and is passed."""
    names = columns.keys()
    for kind, wanted in (
        ("camille", {"message", "stack"}),
        ("sentry", {"time", "alias", "function"}),
        ("counts", {"alias", "function"}),
        ("appscan", {"main", "action", "stack"}),
        ("risks", {"risk", "standard"}),
    ):
        if wanted <= names:
            return kind
    return ""
