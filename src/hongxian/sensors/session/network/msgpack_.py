"""MessagePack: maps and lists that nobody announces, told by their first byte and their end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongxian.sensors.session.network.json_ import leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.session.network.charsets import Named

_LARGEST = 4 << 20
_DEEP = 30


def msgpack_in(data: bytes) -> Iterator[Named] | None:
    """Return names and values of a map, or of a list of maps, else ``None``."""
    if not 4 <= len(data) <= _LARGEST or not _opens(data[0]):
        return None
    import msgpack  # noqa: PLC0415 - only for bodies that begin like this

    try:
        loaded = msgpack.unpackb(data, strict_map_key=False, timestamp=0)
    except (ValueError, RecursionError, msgpack.UnpackException, TypeError):
        return None
    return leaves(loaded) if _is_record(loaded) else None


def _opens(first: int) -> bool:
    return 0x81 <= first <= 0x8F or 0x91 <= first <= 0x9F or first in (0xDC, 0xDD, 0xDE, 0xDF)


def _is_record(loaded: Any) -> bool:
    """Whether it is a map with names, or holds one: random bytes hardly make that."""
    if isinstance(loaded, dict):
        return all(isinstance(key, str) and key.isprintable() for key in loaded)
    return isinstance(loaded, list) and any(_is_record(one) for one in loaded[:_DEEP])
