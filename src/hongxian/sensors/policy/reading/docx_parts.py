"""The parts of a DOCX package: its XML trees, styles and links, read within bounds."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from hongxian.sensors.policy.reading.faults import ReadingError

if TYPE_CHECKING:
    from hongxian.sensors.policy.reading.faults import Limits

MAIN = "word/document.xml"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_MOST_MEMBERS = 5_000
_DEEPEST = 150
_MOST_ELEMENTS = 500_000
_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)


@dataclass(frozen=True)
class ParagraphStyle:
    """What a named style makes of a paragraph."""

    level: int = 0
    """Level of a heading, 0 for none."""
    listed: bool = False
    bold: bool = False


class _Bounded(ET.TreeBuilder):
    """Builds a tree, but none too deep or too large."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = self.count = 0

    def start(self, tag: str, attrs: dict[str, str]) -> ET.Element:
        self.depth += 1
        self.count += 1
        if self.depth > _DEEPEST or self.count > _MOST_ELEMENTS:
            raise ValueError
        return super().start(tag.replace(_STRICT, W), attrs)

    def doctype(self, *_: object) -> None:
        """Refuse a document type: Word writes none, and entities could grow without bound."""
        raise ValueError

    def end(self, tag: str) -> ET.Element:
        self.depth -= 1
        return super().end(tag.replace(_STRICT, W))


@dataclass
class Parts:
    """An opened package."""

    name: str
    archive: zipfile.ZipFile
    left: int
    """Bytes that may still be unpacked."""
    styles: dict[str, ParagraphStyle] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)

    def tree(self, member: str) -> ET.Element | None:
        """Return a part as a tree; ``None`` when the package has none of that name.

        Raises:
            ReadingError: it is damaged, or larger than what is read.
        """
        try:
            info = self.archive.getinfo(member)
        except KeyError:
            return None
        try:
            with self.archive.open(info) as file:
                data = file.read(self.left + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            raise ReadingError(self.name, "damaged_part", part=member) from error
        except (RuntimeError, NotImplementedError) as error:
            raise ReadingError(self.name, "locked_part", part=member) from error
        self.left -= len(data)
        if self.left < 0:
            raise ReadingError(self.name, "unpacks_too_large")
        return self._parsed(data, member)

    def _parsed(self, data: bytes, member: str) -> ET.Element:
        # a document type, and with it any entity, is refused by the builder
        parser = ET.XMLParser(target=_Bounded())  # noqa: S314
        try:
            parser.feed(data)
            tree: ET.Element = parser.close()
        except (ET.ParseError, ValueError, LookupError, AssertionError) as error:
            raise ReadingError(self.name, "damaged_part", part=member) from error
        return tree


def open_parts(name: str, data: bytes, limits: Limits) -> Parts | None:
    """Open a DOCX package; ``None`` when the archive holds no Word document.

    Raises:
        ReadingError: it is damaged, or larger than what is read.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        names = {info.filename: info.file_size for info in archive.infolist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeError) as error:
        raise ReadingError(name, "damaged_archive") from error
    if MAIN not in names:
        return None
    if len(names) > _MOST_MEMBERS or names[MAIN] > limits.unpacked:
        raise ReadingError(name, "unpacks_too_large")
    parts = Parts(name, archive, limits.unpacked)
    parts.styles = _styles(parts)
    parts.links = _links(parts)
    return parts


def value(element: ET.Element | None, name: str = "val") -> str | None:
    """Return an attribute of Word's own namespace."""
    return None if element is None else element.get(W + name)


def switched(element: ET.Element | None) -> bool | None:
    """Return whether an on-off property is on; ``None`` when it is not there."""
    return None if element is None else value(element) not in ("0", "false", "off", "none")


def _styles(parts: Parts) -> dict[str, ParagraphStyle]:
    try:
        tree = parts.tree("word/styles.xml")
    except ReadingError:
        return {}
    found = (
        {value(s, "styleId") or "": s for s in tree.iter(W + "style")} if tree is not None else {}
    )
    return {key: _style(style, found, 0) for key, style in found.items()}


def _style(style: ET.Element, all_styles: dict[str, ET.Element], depth: int) -> ParagraphStyle:
    base = all_styles.get(value(style.find(W + "basedOn")) or "")
    under = _style(base, all_styles, depth + 1) if base is not None and depth < 10 else None
    under = under or ParagraphStyle()
    name = value(style.find(W + "name")) or ""
    heading = _HEADING.match(name)
    outline = value(style.find(f"{W}pPr/{W}outlineLvl")) or ""
    level = under.level
    if heading:
        level = int(heading[1])
    elif outline.isdecimal() and len(outline) == 1:
        level = int(outline) + 1 if outline != "9" else 0
    elif name.lower() in ("title", "标题"):
        level = 1
    listed = under.listed or style.find(f"{W}pPr/{W}numPr") is not None
    bold = switched(style.find(f"{W}rPr/{W}b"))
    return ParagraphStyle(min(level, 6), listed, under.bold if bold is None else bold)


def _links(parts: Parts) -> dict[str, str]:
    try:
        tree = parts.tree("word/_rels/document.xml.rels")
    except ReadingError:
        return {}
    return {r.get("Id", ""): r.get("Target", "") for r in tree} if tree is not None else {}
