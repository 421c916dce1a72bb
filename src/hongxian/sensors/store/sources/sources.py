"""From what a user names to a source: a path, or an address such as ``postgresql://...``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from hongxian.sensors.store.sources import alchemy, mongo, mysql, postgres, redis_, remote
from hongxian.sensors.store.sources.files import count_bytes, path_tables
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hongxian.facts.reason import Reason
    from hongxian.sensors.store.sources.remote import Listed
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
    path: Path | None = None
    """The file or folder, if it is one."""
    files: Callable[[], list[Listed]] | None = None
    """Lists the files of a file system that others can open as well."""


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
        name=name, tables=lambda problems: path_tables(path, problems), size=count_bytes(path),
        path=path,
    )  # fmt: skip


def _address(spec: str, scheme: str) -> Source:
    """Return the source behind an address; its driver is loaded when the tables are asked for."""
    if scheme in ("sqlite", "sqlite3"):
        return _path(Path(urlsplit(spec).path))
    plain = spec.removeprefix(alchemy.SCHEME) if scheme.startswith(alchemy.SCHEME) else spec
    for known, tables in _KINDS:
        if scheme in known or (scheme.startswith(alchemy.SCHEME) and known == (alchemy.SCHEME,)):
            name = plain_name(plain)
            return Source(name=name, tables=partial(tables, plain, name))
    if scheme in remote.schemes():
        name = plain_name(spec)
        return Source(
            name=name, tables=partial(remote.remote_tables, spec, name),
            files=partial(remote.listed, spec, name),
        )  # fmt: skip
    known_words = [*(word for words, _ in _KINDS for word in words), "s3", "..."]
    raise WordedError("no_scheme", scheme=scheme, known=", ".join(known_words))


_KINDS: tuple[tuple[tuple[str, ...], Any], ...] = (
    (postgres.SCHEMES, postgres.postgres_tables),
    (mysql.SCHEMES, mysql.mysql_tables),
    (mongo.SCHEMES, mongo.mongo_tables),
    (redis_.SCHEMES, redis_.redis_tables),
    ((alchemy.SCHEME,), alchemy.alchemy_tables),
)
"""Kinds of addresses, and what reads them."""


def plain_name(spec: str) -> str:
    """Return an address without user, password and options: what may be printed."""
    parts = urlsplit(spec)
    host = parts.netloc.rpartition("@")[2]
    return f"{host}{parts.path}".strip("/") or parts.scheme
