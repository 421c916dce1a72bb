"""Typed netstrings, in which mitmproxy keeps flows: ``5:hello,`` with a sign for the type.

What is read stays within bounds of size, depth and number, whatever the lengths in it say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongxian.sensors.session.network.window import CHUNK, CutError, DamageError, LongError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.session.joined import Readable

MOST_BYTES = 64 << 20
"""Bytes of one outer value."""
MOST_VALUES = 1_000_000
"""Values inside one outer value."""
DEEPEST = 32
_DIGITS = 12
_LONGEST_NUMBER = 40


class Netstrings:
    """The outer values of a stream, one by one.

    Args:
        source: the stream.
    """

    def __init__(self, source: Readable) -> None:
        """Start before the first byte."""
        self._source = source
        self._held = b""

    def next(self) -> bytes | None:
        """Return the next value with its sign, undecoded; ``None`` at the end.

        Raises:
            CutError: the stream ends inside.
            DamageError: it does not begin with a length.
            LongError: it is longer than :data:`MOST_BYTES`; it has been passed.
        """
        if not self._fill(1):
            return None
        self._fill(_DIGITS + 1)
        size, colon, _ = self._held[: _DIGITS + 1].partition(b":")
        if not size.isdigit() or (not colon and len(size) > _DIGITS):
            raise DamageError
        if not colon:
            raise CutError
        self._held = self._held[len(size) + 1 :]
        wanted = int(size) + 1
        if wanted > MOST_BYTES:
            self._pass(wanted)
            raise LongError
        if not self._fill(wanted):
            raise CutError
        value, self._held = self._held[:wanted], self._held[wanted:]
        return value

    def _fill(self, wanted: int) -> bool:
        """Hold so many bytes, if there are as many."""
        parts, held = [self._held], len(self._held)
        while held < wanted and (chunk := self._source.read(max(CHUNK, wanted - held))):
            parts.append(chunk)
            held += len(chunk)
        self._held = b"".join(parts) if len(parts) > 1 else self._held
        return held >= wanted

    def _pass(self, wanted: int) -> None:
        while wanted > len(self._held):
            wanted -= len(self._held)
            self._held = self._source.read(CHUNK)
            if not self._held:
                raise CutError
        self._held = self._held[wanted:]


def decode(data: bytes) -> Any:
    """Return what an outer value holds; names of fields are text, texts are text or bytes.

    Args:
        data: value and sign, as :meth:`Netstrings.next` gives them.

    Raises:
        DamageError: it is broken, or goes beyond bounds.
    """
    return _Decoder(data).value(0, len(data) - 1, data[-1], 0) if data else None


class _Decoder:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._left = MOST_VALUES

    def value(self, begin: int, end: int, sign: int, depth: int) -> Any:
        if sign == 0x2C:
            return self._data[begin:end]
        if sign == 0x5D:
            return list(self._values(begin, end, depth))
        if sign == 0x7D:
            values = self._values(begin, end, depth)
            return {_key(key): value for key, value in zip(values, values, strict=False)}
        if sign == 0x3B:
            return self._data[begin:end].decode("utf-8", "replace")
        return _plain(self._data[begin : min(end, begin + _LONGEST_NUMBER)], sign)

    def _values(self, at: int, end: int, depth: int) -> Iterator[Any]:
        if depth >= DEEPEST:
            raise DamageError
        while at < end:
            colon = self._data.find(b":", at, at + _DIGITS + 1)
            size = self._data[at : max(colon, at)]
            stop = colon + 1 + (int(size) if size.isdigit() else end)
            self._left -= 1
            if stop >= end or self._left < 0:
                raise DamageError
            yield self.value(colon + 1, stop, self._data[stop], depth + 1)
            at = stop + 1


def _key(found: Any) -> str:
    if isinstance(found, bytes):
        return found.decode("utf-8", "replace")
    if not isinstance(found, str):
        raise DamageError
    return found


def _plain(text: bytes, sign: int) -> Any:
    try:
        if sign == 0x23:
            return int(text)
        if sign == 0x5E:
            return float(text)
    except ValueError as error:
        raise DamageError from error
    if sign == 0x21 and text in (b"true", b"false"):
        return text == b"true"
    if sign == 0x7E and not text:
        return None
    raise DamageError
