"""Rows of a new Excel workbook (a ZIP of XML), read as a stream and within bounds."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING, Any
from xml.parsers import expat

from hongxian.facts import Reason
from hongxian.sensors.session.bundle.faults import SessionError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hongxian.sensors.session.hooks.sheets import Row
    from hongxian.sensors.session.hooks.tally import Tally

MAGIC = b"PK\x03\x04"
UNPACKED = 256 << 20
"""Bytes of all members together."""
SHARED = 64 << 20
"""Characters of the texts that cells share."""
LONGEST_CELL = 65_536
MOST_COLUMNS = 64
_CHUNK = 1 << 16
_SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
_STRINGS = "xl/sharedStrings.xml"
_COLUMN = re.compile(r"([A-Z]{1,3})\d+")
_DAMAGE = (
    expat.ExpatError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError,
    RuntimeError, ValueError,
)  # fmt: skip


class _BombError(ValueError):
    pass


def xlsx_rows(data: bytes, tally: Tally) -> Iterator[Row]:
    """Yield the rows of all sheets; what a damaged sheet still gives is kept.

    Raises:
        SessionError: it is no workbook.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        sheets = sorted(
            (int(found.group(1)), name)
            for name in archive.namelist()
            if (found := _SHEET.fullmatch(name))
        )
    except _DAMAGE as error:
        raise SessionError(tally.name, "session_hooks.workbook") from error
    if not sheets:
        raise SessionError(tally.name, "session_hooks.unknown")
    budget = [UNPACKED]
    shared = _shared(archive, budget, tally)
    for number, name in sheets:
        rows = _Rows(shared)
        for cells in _guarded(archive, name, rows, budget, tally):
            yield f"sheet {number}", rows.number, cells


def _shared(archive: zipfile.ZipFile, budget: list[int], tally: Tally) -> list[str]:
    if _STRINGS not in archive.namelist():
        return []
    return list(_guarded(archive, _STRINGS, _Strings(), budget, tally))


def _guarded(
    archive: zipfile.ZipFile, name: str, handler: Any, budget: list[int], tally: Tally
) -> Iterator[Any]:
    """Yield what a handler makes of a member, up to where it is damaged or too large."""
    try:
        yield from _parsed(archive, name, handler, budget)
    except _BombError:
        reason = Reason("session_hooks.workbook_bomb", {"limit": UNPACKED >> 20}, tally.name)
        tally.said.append(reason)
    except _DAMAGE:
        place = f"{tally.name} {name}"
        tally.said.append(Reason("session_hooks.workbook_cut", {}, place))


def _parsed(archive: zipfile.ZipFile, name: str, handler: Any, budget: list[int]) -> Iterator[Any]:
    parser = expat.ParserCreate(namespace_separator=None)
    parser.StartElementHandler = lambda tag, attrs: handler.start(_local(tag), attrs)
    parser.EndElementHandler = lambda tag: handler.end(_local(tag))
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = _refuse
    with archive.open(name) as member:
        while chunk := member.read(_CHUNK):
            budget[0] -= len(chunk)
            if budget[0] < 0:
                raise _BombError
            damage = _fed(parser.Parse, chunk)
            yield from handler.taken()
            if damage is not None:
                raise damage
    parser.Parse(b"", True)


def _fed(parse: Callable[[bytes], object], chunk: bytes) -> Exception | None:
    """Parse a chunk; what came before a damage in it is not lost."""
    try:
        parse(chunk)
    except (expat.ExpatError, ValueError) as error:
        return error
    return None


def _refuse(*_: object) -> None:
    raise ValueError


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


class _Strings:
    """The texts that cells share."""

    def __init__(self) -> None:
        self._done: list[str] = []
        self._parts: list[str] = []
        self._open = False
        self._left = SHARED

    def start(self, tag: str, _: dict[str, str]) -> None:
        self._open = tag == "t"

    def text(self, text: str) -> None:
        if self._open:
            self._left -= len(text)
            if self._left < 0:
                raise _BombError
            self._parts.append(text)

    def end(self, tag: str) -> None:
        self._open = False
        if tag == "si":
            self._done.append("".join(self._parts)[:LONGEST_CELL])
            self._parts.clear()

    def taken(self) -> list[str]:
        done, self._done = self._done, []
        return done


class _Rows:
    """The rows of one sheet."""

    def __init__(self, shared: list[str]) -> None:
        self.number = 0
        self._shared = shared
        self._done: list[tuple[int, list[str]]] = []
        self._cells: list[str] = []
        self._at = self._row = 0
        self._kind = ""
        self._parts: list[str] = []
        self._size = 0
        self._open = False

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        if tag == "row":
            number = attrs.get("r", "")
            self._row = int(number) if number.isdecimal() else self._row + 1
            self._cells = []
        elif tag == "c":
            self._at = _column(attrs.get("r", ""), len(self._cells))
            self._kind = attrs.get("t", "n")
            self._parts, self._size = [], 0
        self._open = tag in ("v", "t")

    def text(self, text: str) -> None:
        if self._open and self._size < LONGEST_CELL:
            self._size += len(text)
            self._parts.append(text)

    def end(self, tag: str) -> None:
        self._open = False
        if tag == "c" and self._at < MOST_COLUMNS:
            self._cells += [""] * (self._at - len(self._cells))
            self._cells.append(self._value("".join(self._parts)[:LONGEST_CELL]))
        elif tag == "row":
            self._done.append((self._row, self._cells))

    def taken(self) -> Iterator[list[str]]:
        done, self._done = self._done, []
        for self.number, cells in done:
            yield cells

    def _value(self, text: str) -> str:
        if self._kind != "s":
            return text
        place = int(text) if text.isdecimal() and len(text) < 10 else -1
        return self._shared[place] if 0 <= place < len(self._shared) else ""


def _column(reference: str, following: int) -> int:
    found = _COLUMN.fullmatch(reference)
    if not found:
        return following
    place = 0
    for letter in found.group(1):
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1
