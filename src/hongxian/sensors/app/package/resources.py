"""Resource tables of a package and its splits, asked as a Chinese device asks them."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from hongxian.sensors.app.package.axml import TYPE_REFERENCE, TYPE_STRING
from hongxian.sensors.app.package.model import ResourceString

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.app.package.arsc import Package, Table, TypeChunk, Value

_DYNAMIC_REFERENCE = 0x07
_DEPTH = 20
_TEXT_TYPES = ("string", "array", "plurals")


class Resources:
    """The tables of one app; the base package's first.

    Args:
        tables: each with the locator of its file.
    """

    def __init__(self, tables: list[tuple[str, Table]]) -> None:
        """Keep the tables."""
        self.tables = tables

    def text(self, identifier: int) -> str | None:
        """Return the string behind a resource id, Chinese first; ``None`` when it is none."""
        found = self._resolve(identifier)
        if found is None or found[1].kind != TYPE_STRING:
            return None
        table, value = found
        return table.pool.get(value.data)

    def number(self, identifier: int) -> int | None:
        """Return the integer or boolean (0, 1 or -1) behind a resource id."""
        found = self._resolve(identifier)
        return found[1].data if found and found[1].kind >= 0x10 else None

    def name(self, identifier: int) -> str | None:
        """Return a resource's own name, such as ``string/app_name``."""
        for _, package in self._packages(identifier):
            for chunk in package.chunks.get(identifier >> 16 & 0xFF, ()):
                if (name := chunk.name(identifier & 0xFFFF)) is not None:
                    return f"{package.types.get(chunk.type_id - 1)}/{package.names.get(name)}"
        return None

    def strings(self) -> Iterator[ResourceString]:
        """Yield every text in the default and the Chinese configurations, each place once."""
        for locator, table in self.tables:
            for package in table.packages:
                for chunk in _text_chunks(package):
                    yield from _chunk_strings(locator, table, package, chunk)

    def _resolve(self, identifier: int) -> tuple[Table, Value] | None:
        for _ in range(_DEPTH):
            found = self._best(identifier)
            if found is None or found[1].kind not in (TYPE_REFERENCE, _DYNAMIC_REFERENCE):
                return found
            identifier = found[1].data
        return None

    def _best(self, identifier: int) -> tuple[Table, Value] | None:
        best: tuple[int, Table, Value] | None = None
        for table, package in self._packages(identifier):
            for chunk in package.chunks.get(identifier >> 16 & 0xFF, ()):
                rank = _rank(chunk)
                if best is None or rank < best[0]:
                    for _, value in chunk.values(identifier & 0xFFFF):
                        best = rank, table, value
                        break
        return best[1:] if best else None

    def _packages(self, identifier: int) -> Iterator[tuple[Table, Package]]:
        for _, table in self.tables:
            for package in table.packages:
                if package.id == identifier >> 24:
                    yield table, package


def _rank(chunk: TypeChunk) -> int:
    """Order configurations as a device set to zh-CN would, without other qualifiers."""
    locale = chunk.locale
    if locale in {"zh-CN", "zh-Hans-CN", "zh-Hans"}:
        rank = 0
    elif locale == "zh":
        rank = 1
    elif not locale:
        rank = 2
    elif locale.startswith("zh"):
        rank = 3
    else:
        rank = 4 if locale.startswith("en") else 5
    return 2 * rank + (not chunk.plain)


def _text_chunks(package: Package) -> Iterator[TypeChunk]:
    for number, chunks in package.chunks.items():
        kind = package.types.get(number - 1)
        # without a name the type may hold texts as well as any other
        if kind in _TEXT_TYPES or not kind:
            yield from (c for c in chunks if not c.locale or c.locale.startswith("zh"))


def _chunk_strings(
    locator: str, table: Table, package: Package, chunk: TypeChunk
) -> Iterator[ResourceString]:
    kind = package.types.get(chunk.type_id - 1) or "?"
    # an honest value takes eight bytes; entries that share a bag could be walked for hours
    left = (chunk.end - chunk.place) // 8
    for index in chunk.offsets:
        for name, value in islice(chunk.values(index), left):
            left -= 1
            if value.kind == TYPE_STRING and (text := table.pool.get(value.data)):
                yield ResourceString(
                    name=f"{kind}/{package.names.get(name)}",
                    value=text,
                    locale=chunk.locale,
                    locator=f"{locator}#0x{package.id << 24 | chunk.type_id << 16 | index:08x}",
                    links=table.pool.links(value.data),
                )
