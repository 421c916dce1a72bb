"""Privacy policies, agreements and lists inside a package: links and texts, each with its place.

Looks at resource texts, by name and by value, and at text files in assets and raw resources: by
name, and of the unnamed ones the first few that are small.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hongxian.sensors.app.package.model import PolicyPart
from hongxian.sensors.policy.kinds import kind_of, kind_of_url, urls_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hongxian.sensors.app.package.container import Archive
    from hongxian.sensors.app.package.model import ResourceString

_FILE = re.compile(r"(assets|res/raw[^/]*)/.*\.(html?|txt|md|json|xml)", re.IGNORECASE)
_UNNAMED = re.compile(r"(assets|res/raw[^/]*)/.*\.(html?|txt)", re.IGNORECASE)
_NAMED_LIMIT = 2 << 20
_UNNAMED_LIMIT = 128 << 10
_UNNAMED_FILES = 60
_HEAD = 2000
_WHOLE_TEXT = 300
"""A resource text of this length is the document itself, not a sentence about it."""
_SHORT = 40
_ENTITIES = re.compile(r"<[^>]*>")


def from_strings(strings: Iterable[ResourceString]) -> Iterator[PolicyPart]:
    """Yield what resource texts hold: links first, whole texts, or the bare mention of one."""
    for string in strings:
        value = string.value
        named = kind_of(string.name)
        if urls := [*urls_in(value), *string.links]:
            yield from _links(urls, string, named)
        elif len(value) >= _WHOLE_TEXT:
            if kind := kind_of(value[:_HEAD]):
                yield PolicyPart(kind=kind, name=string.name, locator=string.locator, text=value)
        elif len(value) <= _SHORT and kind_of(value):
            yield PolicyPart(kind="mention", name=string.name, locator=string.locator, text=value)


def _links(urls: list[str], string: ResourceString, named: str | None) -> Iterator[PolicyPart]:
    for url in urls:
        # a name or a sentence speaks for a lone link; among several each speaks for itself
        around = named or (kind_of(string.value.replace(url, "")) if len(urls) == 1 else None)
        if kind := kind_of_url(url) or around or _anchor(string.value, url):
            yield PolicyPart(kind=kind, name=string.name, locator=string.locator, url=url)


def _anchor(text: str, url: str) -> str | None:
    """Return the kind that the words of a link in a text speak of."""
    after = text.partition(url)[2][:80]
    words = _ENTITIES.sub(" ", after.partition(">")[2].partition("</")[0])
    return kind_of(words)


def from_files(archive: Archive) -> Iterator[PolicyPart]:
    """Yield documents among the text files of a package."""
    unnamed = 0
    for name, member in archive.members.items():
        if not _FILE.fullmatch(name):
            continue
        if kind := kind_of(name.rsplit("/", 1)[-1]):
            yield from _document(archive, name, kind)
        elif _UNNAMED.fullmatch(name) and member.size <= _UNNAMED_LIMIT:
            unnamed += 1
            if unnamed <= _UNNAMED_FILES:
                yield from _document(archive, name, None)


def _document(archive: Archive, name: str, kind: str | None) -> Iterator[PolicyPart]:
    content = archive.get(name, _NAMED_LIMIT)
    if not content:
        return
    text = decoded(content)
    kind = kind or kind_of(_ENTITIES.sub("", text[:_HEAD])[:_SHORT])
    if kind is not None:
        yield PolicyPart(kind=kind, name=name, locator=archive.prefix + name, text=text)


def decoded(content: bytes) -> str:
    """Decode a text file by its mark, as UTF-8, or else as GB 18030."""
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", "replace")
