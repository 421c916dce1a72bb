"""The entries of a HAR file, one by one, however large the file is.

Where an entry ends is guessed from how the next one begins, and the JSON decoder proves it: only
the whole entry decodes. Where the guess fails, the brackets are counted.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from hongxian.sensors.session.network.window import CutError, DamageError, LongError, Window

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.session.joined import Readable
    from hongxian.sensors.session.network.tally import Tally

MOST_ENTRY = 48 << 20
"""Bytes of one entry; a larger one is passed over and told."""
_LOOK = 4 << 20
"""Bytes within which the next entry is looked for, before brackets are counted."""
_BEGIN = (
    rb"startedDateTime|pageref|request|serverIPAddress|cache|connection|_initiator|_connectionId|"
    rb"_fetchType|_priority|_resourceType|_securityState|_request_id"
)
_BORDER = 1 << 10
"""Bytes that stand between two entries at most, when they are found by it."""
_NEVER = 1 << 62
"""A place that no stream reaches."""
_PATIENCE = 8
"""Wrong guesses, beyond one in four, after which none is made any more."""


class Entries:
    """Reads the entries of one HAR file.

    Args:
        source: the file, in UTF-8.
        tally: counts what cannot be read.
    """

    def __init__(self, source: Readable, tally: Tally) -> None:
        """Start before the first byte."""
        self.tally = tally
        self.found = False
        """Whether there is a list of entries at all."""
        self.number = 0
        self._window = Window(source)
        self._first = {_BEGIN}
        self._border = _border(self._first)
        self._credit = _PATIENCE
        self._clear = 0
        """Place in the stream up to which no border stands."""
        self._torn = False
        """Whether brackets have misled: then only borders are trusted."""

    def __iter__(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield each entry with its place from 0; what cannot be read is told."""
        try:
            yield from self._log()
        except CutError:
            self.tally.miss("cut", self._place())
        except DamageError:
            self.tally.miss("damaged", self._place())

    def _log(self) -> Iterator[tuple[int, dict[str, Any]]]:
        window = self._window
        for key in window.members():
            if key != b"log" or window.peek() != 0x7B:
                window.skip()
                continue
            for part in window.members():
                if part != b"entries" or window.peek() != 0x5B:
                    window.skip()
                    continue
                self.found = True
                yield from self._entries()

    def _entries(self) -> Iterator[tuple[int, dict[str, Any]]]:
        for sign in self._window.elements():
            if sign != 0x7B:
                self._window.skip()
                self.tally.miss("entries", self._place())
            elif (entry := self._entry()) is not None:
                yield self.number, entry
            self.number += 1

    def _entry(self) -> dict[str, Any] | None:
        """Pass an entry and return it, or ``None`` when it has been told why not."""
        if self._torn:
            return self._between()
        entry = self._guessed() if self._credit > 0 else None
        return self._counted() if entry is None else entry

    def _guessed(self) -> dict[str, Any] | None:
        """Return an entry that ends where the next one seems to begin, if it does."""
        window, end = self._window, self._next(_LOOK)
        if end is None:
            return None
        entry = _decoded(window.data[window.at : end])
        if entry is not None:
            window.at = end
        self._credit = (
            min(self._credit + 1, 4 * _PATIENCE) if entry is not None else self._credit - 4
        )
        return entry

    def _between(self) -> dict[str, Any] | None:
        """Pass what stands before the next border, whatever its brackets say."""
        window, end = self._window, self._next(MOST_ENTRY)
        if end is None:
            return self._counted()
        data = window.data[window.at : end]
        window.at = end
        entry = _loaded(data)
        if entry is None:
            self.tally.miss("entries", self._place())
        return entry

    def _next(self, most: int) -> int | None:
        """Return where in the window an entry ends because another seems to begin."""
        window = self._window
        if self._clear - window.passed - window.at > most // 2:
            return None
        begin = max(window.at, self._clear - window.passed)
        while (found := self._border.search(window.data, begin)) is None:
            self._clear = window.passed + max(window.at, len(window.data) - _BORDER)
            if len(window.data) - window.at > most:
                return None
            if not window.more():
                self._clear = _NEVER
                return None
            begin = max(window.at, self._clear - window.passed)
        return found.start() + 1

    def _counted(self) -> dict[str, Any] | None:
        """Return an entry that ends where its brackets do."""
        window = self._window
        try:
            data = window.value(MOST_ENTRY)
        except CutError:
            if not self._broken():
                raise
            return None
        except LongError:
            if not self._broken():
                self.tally.miss("huge", self._place())
                window.skip()
            return None
        entry = _loaded(data)
        if entry is not None:
            self._learn(data)
            return entry
        window.at -= len(data)
        if not self._broken():
            self.tally.miss("entries", self._place())
            window.at += len(data)
        return None

    def _broken(self) -> bool:
        """Go to where another entry seems to begin after a broken one, and tell if it does."""
        window, end = self._window, self._next(MOST_ENTRY)
        if end is None or end - window.at > MOST_ENTRY:
            return False
        self._torn = True
        window.at = end
        self.tally.miss("entries", self._place())
        return True

    def _learn(self, data: bytes) -> None:
        """Keep how entries of this file begin."""
        found = _KEY.match(data)
        key = re.escape(found.group(1)) if found else b""
        if key and len(self._first) < 8 and not self._border.match(b"},{" + data[1:99].lstrip()):
            self._first.add(key)
            self._border = _border(self._first)
            self._clear = 0

    def _place(self) -> str:
        return f"{self.tally.name} entry {self.number}"


_KEY = re.compile(rb'\{\s*"([^"\\]{1,40})"')


def _border(first: set[bytes]) -> re.Pattern[bytes]:
    return re.compile(rb'\}\s*+,\s*+\{\s*+"(?:' + b"|".join(sorted(first)) + rb')"\s*+:')


def _decoded(data: bytes) -> dict[str, Any] | None:
    """Return what JSON holds, when it is one whole object."""
    import orjson  # noqa: PLC0415 - only captures need it

    try:
        found = orjson.loads(data)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _loaded(data: bytes) -> dict[str, Any] | None:
    found = _decoded(data)
    return _lenient(data) if found is None else found


def _lenient(data: bytes) -> dict[str, Any] | None:
    """Return what JSON holds that breaks the rules as programs do.

    Half of a surrogate pair, control characters, ``NaN``, bytes that are no UTF-8.
    """
    try:
        found = json.loads(data.decode("utf-8", "replace"), strict=False)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
