"""Unwraps one value as far as it goes, within bounds of depth, number and size."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from hongxian.sensors.session.model import Opaque, Part
from hongxian.sensors.session.network.charsets import text_of
from hongxian.sensors.session.network.codings import coding_by_magic, unpacked
from hongxian.sensors.session.network.files import file_kind
from hongxian.sensors.session.network.forms import form_in, pairs, query_in, undone
from hongxian.sensors.session.network.graphql import graphql_in
from hongxian.sensors.session.network.json_ import json_in
from hongxian.sensors.session.network.msgpack_ import msgpack_in
from hongxian.sensors.session.network.multipart import multipart_in
from hongxian.sensors.session.network.protobuf import grpc_frames, protobuf_in
from hongxian.sensors.session.network.randomness import CIPHER, looks_random
from hongxian.sensors.session.network.wrapped import from_base64, from_hex, jwt_in, wrapped_in
from hongxian.sensors.session.network.xml_ import xml_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hongxian.sensors.session.network.charsets import Named

DEEP = 10
"""So many wrappings, one in another, are undone."""
MOST = 20_000
"""So many values are taken from one flow."""
LARGEST = 8 << 20
"""A larger value is looked through as a whole, but not taken apart."""
TOTAL = 64 << 20
"""So many bytes come out of one flow, all that was undone together."""

_TEXTS: tuple[tuple[str, Callable[[str], Iterator[Named] | None]], ...] = (
    ("json", json_in),
    ("xml", xml_in),
    ("graphql", graphql_in),
    ("jwt", jwt_in),
    ("url", query_in),
    ("form", form_in),
)
_SIGNS = ("sign", "token", "ticket", "jwt", "cert", "signature", "csrf", "nonce")
"""Words in names of fields whose random content is a signature or key, not someone's data."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in a flow we are."""

    where: str
    sent: bool
    name: str = ""
    how: tuple[str, ...] = ()
    at: float | None = None
    depth: int = 0

    def into(self, how: str, name: str = "") -> Spot:
        """Return the place inside, after undoing something, with a further name."""
        dot = "." if self.name and name and not name.startswith("[") else ""
        return replace(
            self, name=f"{self.name}{dot}{name}", how=(*self.how, how), depth=self.depth + 1
        )

    def part(self, value: str | bytes) -> Part:
        """Return a value here as a part."""
        return Part(
            where=self.where, sent=self.sent, name=self.name, value=value, at=self.at, how=self.how
        )

    def opaque(self, why: str, size: int) -> Opaque:
        """Return that what is here could not be read."""
        return Opaque(
            where=self.where, sent=self.sent, name=self.name, why=why, size=size, at=self.at
        )


@dataclass(slots=True)
class Unwrapping:
    """The bounds of one flow, and what unwraps within them."""

    parts: int = MOST
    size: int = TOTAL
    told: set[str] = field(default_factory=set)

    def body(
        self, spot: Spot, data: bytes, *, charset: str = "", announced: bool = False,
        form: bool = False,
    ) -> Iterator[Part | Opaque]:  # fmt: skip
        """Yield what a body or a WebSocket message holds.

        Args:
            spot: where it is.
            data: without content codings.
            charset: what its header says.
            announced: whether its header says that it is Protocol Buffers.
            form: whether its header says that it is a form.
        """
        if announced:
            yield from self._announced(spot, data)
            return
        text = text_of(data, charset) if form and len(data) <= LARGEST else None
        if text and "=" in text and text.lstrip()[:1] not in ("{", "["):
            yield spot.part(text)
            for name, value in pairs(text.strip()):
                yield from self.value(spot.into("form", name), value)
            return
        yield from self.value(spot, data, charset)

    def _announced(self, spot: Spot, data: bytes) -> Iterator[Part | Opaque]:
        frames = grpc_frames(data)
        messages = [data] if frames is None else [frame for frame in frames if frame]
        for message in messages:
            found = protobuf_in(message, announced=True)
            if found is None:
                yield from self.value(spot, message)
            else:
                yield from self._inside(spot, "protobuf", found)

    def value(self, spot: Spot, value: str | bytes, charset: str = "") -> Iterator[Part | Opaque]:
        """Yield a value, and all that it wraps."""
        if not self._room(len(value)):
            if "too_many" not in self.told:
                self.told.add("too_many")
                yield spot.opaque("too_many", len(value))
            return
        if len(value) > LARGEST:
            yield spot.opaque("too_large", len(value))
            yield spot.part(value)
        elif isinstance(value, str):
            yield from self._text(spot, value)
        else:
            yield from self._bytes(spot, value, charset)

    def _room(self, size: int) -> bool:
        self.parts -= 1
        self.size -= min(size, LARGEST)
        return self.parts >= 0 and self.size >= 0

    def _inside(self, spot: Spot, how: str, found: Iterator[Named]) -> Iterator[Part | Opaque]:
        for name, value in found:
            if "too_many" in self.told:
                return
            yield from self.value(spot.into(how, name), value)

    def _text(self, spot: Spot, text: str) -> Iterator[Part | Opaque]:
        yield spot.part(text)
        if spot.depth >= DEEP or len(text) < 4:
            return
        for how, read in _TEXTS:
            found = read(text)
            if found is not None:
                yield from self._inside(spot, how, found)
                return
        if "%" in text and (plain := undone(text)) != text:
            yield from self.value(spot.into("percent"), plain)
        elif wrapped := wrapped_in(text):
            yield from self.value(spot.into(wrapped[0]), wrapped[1])
        elif (data := _cipher(spot.name, text)) is not None:
            yield spot.opaque("encrypted_app", len(data))

    def _bytes(self, spot: Spot, data: bytes, charset: str) -> Iterator[Part | Opaque]:
        coding = coding_by_magic(data) if spot.depth < DEEP else ""
        done = unpacked(data, coding)
        if done.coding:
            if done.fault:
                yield spot.opaque(done.fault, len(data))
            yield from self.value(spot.into(done.coding), done.data, charset)
            return
        fields = multipart_in(data)
        if fields is not None:
            yield spot.part(data)
            yield from self._inside(spot, "multipart", fields)
            return
        text = text_of(data, charset)
        if text is not None:
            yield from self._text(spot, text)
        elif data:
            yield from self._binary(spot, data)

    def _binary(self, spot: Spot, data: bytes) -> Iterator[Part | Opaque]:
        yield spot.part(data)
        if file_kind(data):
            yield spot.opaque("binary", len(data))
            return
        frames = grpc_frames(data) if spot.depth < DEEP else None
        if frames:
            for frame in frames:
                yield from self.value(spot.into("grpc"), frame)
            return
        for how, read in (("protobuf", protobuf_in), ("msgpack", msgpack_in)):
            found = read(data) if spot.depth < DEEP else None
            if found is not None:
                yield from self._inside(spot, how, found)
                return
        yield spot.opaque("encrypted_app" if looks_random(data) else "binary", len(data))


def _cipher(name: str, text: str) -> bytes | None:
    """Return the content of a field that is most likely encrypted data, else ``None``."""
    if len(text) < CIPHER or any(word in name.lower() for word in _SIGNS):
        return None
    data = from_hex(text) or from_base64(text)
    return data if data is not None and len(data) >= CIPHER and looks_random(data) else None
