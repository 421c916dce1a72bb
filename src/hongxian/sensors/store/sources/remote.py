"""Object stores and other file systems by fsspec: ``s3://bucket/folder`` and the like."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO, cast
from urllib.parse import parse_qs, urlsplit

from hongxian.errors import Exit
from hongxian.sensors.store.sources.file import LIMITS, File, is_log_name
from hongxian.sensors.store.sources.files import file_tables
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hongxian.facts.reason import Reason
    from hongxian.sensors.store.sources.file import Limits
    from hongxian.sensors.store.sources.table import Table

_STAMPS = ("ETag", "etag", "LastModified", "mtime", "modified", "created", "generation")
"""Where file systems tell that a file has changed."""


def schemes() -> frozenset[str]:
    """Return the kinds of addresses that fsspec knows; none without it."""
    try:
        from fsspec.registry import known_implementations  # noqa: PLC0415 - an extra
    except ImportError:
        return frozenset()
    return frozenset(known_implementations)


def remote_tables(
    spec: str, name: str, problems: list[Reason], limits: Limits = LIMITS
) -> Iterator[Table]:
    """Yield the tables of all files below an address.

    Args:
        spec: the address; ``endpoint_url`` and other options of the file system may follow ``?``.
        name: the address without user, password and options.
        problems: takes what could not be opened.
        limits: how much a file may make of itself.

    Raises:
        HongxianError: it cannot be reached, or its driver is not installed.
    """
    opened = opener(spec, name)
    for one in listed(spec, name):
        yield from file_tables(opened(one), problems, limits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A file as its file system lists it."""

    path: str
    """The path in the file system."""
    root: str
    """What was listed."""
    about: dict[str, Any]
    """Size, and what tells that it has changed."""


def listed(spec: str, name: str) -> list[Listed]:
    """Return the files below an address, by name.

    Raises:
        HongxianError: it cannot be reached, or its driver is not installed.
    """
    system, root = reached(spec, name)
    try:
        system.invalidate_cache()  # what an earlier run listed may be gone
        found = system.find(root, detail=True)
    except Exception as error:  # noqa: BLE001 - every file system has errors of its own
        raise WordedError("no_database", name, Exit.SENSOR, kind=type(error).__name__) from None
    wanted = ("size", *_STAMPS)
    return [
        Listed(path=path, root=root, about={key: about[key] for key in wanted if key in about})
        for path, about in sorted(found.items())
    ]


def opener(spec: str, name: str) -> Callable[[Listed], File]:
    """Return what opens the files below an address.

    Raises:
        HongxianError: it cannot be reached, or its driver is not installed.
    """
    return partial(_file, reached(spec, name)[0])


def reached(spec: str, name: str) -> tuple[Any, str]:
    """Return the file system behind an address, and the path in it.

    Args:
        spec: the address; ``endpoint_url`` and other options of the file system may follow ``?``.
        name: the address without user, password and options.

    Raises:
        HongxianError: it cannot be reached, or its driver is not installed.
    """
    import fsspec  # noqa: PLC0415 - an extra

    address, _, _ = spec.partition("?")
    options = {key: values[-1] for key, values in parse_qs(urlsplit(spec).query).items()}
    try:
        system, root = fsspec.core.url_to_fs(address, **options)
    except ImportError as error:
        raise WordedError("no_driver", name, package=error.name or "fsspec") from None
    except Exception as error:  # noqa: BLE001 - every file system has errors of its own
        raise WordedError("no_database", name, Exit.SENSOR, kind=type(error).__name__) from None
    return system, str(root)


def _file(system: Any, one: Listed) -> File:
    path, about = one.path, one.about
    stamp = "|".join(str(about[key]) for key in _STAMPS if about.get(key) is not None)
    text = f"{system.protocol}|{path}|{about.get('size')}|{stamp}"

    def opened() -> BinaryIO:
        return cast("BinaryIO", system.open(path, "rb"))

    shown = path.removeprefix(one.root).strip("/") or path.rsplit("/", 1)[-1]
    return File(
        name=shown, opened=opened, size=about.get("size"), log=is_log_name(path),
        stamp=hashlib.sha256(text.encode()).hexdigest() if stamp else "",
    )  # fmt: skip
