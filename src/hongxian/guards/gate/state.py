"""What a gate remembers: bounded, without values, and ready to be handed to another process."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from hongxian.signals.blocks import Blocks
from hongxian.signals.pane import Pane
from hongxian.signals.track import Track

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hongxian.signals.track import Window

Place = tuple[str, int, str, str]
"""Kind and hash of the principal, endpoint, kind of identifier."""

_VERSION = 1
_MOST_BLOCKED = 1_000
"""Endpoints whose blocks are held."""


class State:
    """Tracks by principal, endpoint and kind of identifier; the longest silent go first.

    Args:
        most: principals that are remembered.
        windows: how far back is looked.
    """

    def __init__(self, most: int, windows: Sequence[Window]) -> None:
        """Remember nothing yet."""
        self._most = most
        self._windows = tuple(windows)
        self._tracks: OrderedDict[Place, tuple[Track, ...]] = OrderedDict()
        self._blocks: OrderedDict[str, Blocks] = OrderedDict()

    def __len__(self) -> int:
        """Return how many places are remembered."""
        return len(self._tracks)

    def tracks(self, place: Place, at: float) -> tuple[Track, ...]:
        """Return the windows of a place, moved on to a moment."""
        found = self._tracks.get(place)
        if found is None:
            found = self._tracks[place] = tuple([_track(window) for window in self._windows])
            while len(self._tracks) > self._most:
                self._tracks.popitem(last=False)
        else:
            self._tracks.move_to_end(place)
        for track in found:
            track.at(at)
        return found

    def blocks(self, endpoint: str) -> Blocks:
        """Return the blocks of an endpoint."""
        found = self._blocks.get(endpoint)
        if found is None:
            found = self._blocks[endpoint] = Blocks()
            while len(self._blocks) > _MOST_BLOCKED:
                self._blocks.popitem(last=False)
        return found

    def of(self, endpoint: str, kinds: Sequence[str]) -> Iterator[tuple[Place, Track]]:
        """Yield the first window of every principal of some kinds at an endpoint."""
        for place, tracks in self._tracks.items():
            if place[2] == endpoint and place[0] in kinds:
                yield place, tracks[0]

    def endpoints(self) -> list[str]:
        """Return the endpoints that are remembered."""
        return sorted({place[2] for place in self._tracks})

    def dump(self) -> bytes:
        """Return all of it as MessagePack."""
        import msgpack  # noqa: PLC0415 - only when asked

        tracks = [[list(place), [one.dump() for one in tracks]]
                  for place, tracks in self._tracks.items()]  # fmt: skip
        blocks = {endpoint: found.dump() for endpoint, found in self._blocks.items()}
        packed: bytes = msgpack.packb({"version": _VERSION, "tracks": tracks, "blocks": blocks})
        return packed

    def load(self, data: bytes) -> None:
        """Take over what :meth:`dump` wrote.

        Raises:
            ValueError: it is something else.
        """
        import msgpack  # noqa: PLC0415 - only when asked

        try:
            told: dict[str, Any] = msgpack.unpackb(data, strict_map_key=False)
            versions = {_VERSION: told}
            told = versions[told["version"]]
            tracks = {
                (place[0], place[1], place[2], place[3]): tuple(map(Track.load, found))
                for place, found in told["tracks"]
            }
            blocks = {endpoint: Blocks.load(found) for endpoint, found in told["blocks"].items()}
        except (AttributeError, LookupError, TypeError, ValueError) as error:
            raise ValueError("no state of a gate") from error
        self._tracks, self._blocks = OrderedDict(tracks), OrderedDict(blocks)


def _track(window: Window) -> Track:
    none = Pane()
    return Track(window, whole=none, newest=none)
