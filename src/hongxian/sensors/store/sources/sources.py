"""From what a user names to a source: a path, or an address such as ``postgresql://...``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from hongxian.sensors.store.sources.files import count_bytes, path_tables
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hongxian.facts.reason import Reason
    from hongxian.sensors.store.sources.table import Table

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Something with tables."""

    name: str
    """What the subject is called unless the user names it; without a password."""
    tables: Callable[[list[Reason]], Iterator[Table]]
    """Yields the tables; takes a list for what cannot be opened."""
    size: int | None = None
    """Bytes to read, where that is known."""


def open_source(spec: str) -> Source:
    """Return the source that a path or an address names.

    Raises:
        HongxianError: there is none.
    """
    found = _SCHEME.match(spec)
    if found is None or found[1].lower() == "file":
        return _path(Path(spec[len("file://") :] if found else spec))
    return _address(spec, found[1].lower())


def _path(path: Path) -> Source:
    if not path.exists():
        raise WordedError("file_missing", path)
    name = path.name or path.resolve().name
    return Source(
        name=name, tables=lambda problems: path_tables(path, problems), size=count_bytes(path)
    )


def _address(spec: str, scheme: str) -> Source:
    del spec
    raise WordedError("no_scheme", scheme=scheme, known="file")


def plain_name(spec: str) -> str:
    """Return an address without user, password and options: what may be printed."""
    parts = urlsplit(spec)
    host = parts.hostname or ""
    port = f":{parts.port}" if parts.port else ""
    return f"{host}{port}{parts.path}".strip("/") or parts.scheme
