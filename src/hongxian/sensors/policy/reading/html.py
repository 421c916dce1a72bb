"""Reads a HTML page by a walk over its tree; nothing is dropped as boilerplate."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from hongxian.sensors.policy.reading.builder import Builder, Context
from hongxian.sensors.policy.reading.html_survey import survey
from hongxian.sensors.policy.reading.html_tables import grid
from hongxian.sensors.policy.reading.lines import looks_like_markdown, read_lines
from hongxian.sensors.policy.reading.styles import NONE, Style, look_of, style_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from hongxian.sensors.policy.reading.faults import Limits
    from hongxian.sensors.policy.reading.html_survey import Survey

_SKIP = frozenset((
    "script", "style", "template", "noscript", "head", "title", "meta", "link", "iframe", "object",
    "audio", "video", "canvas", "svg", "math", "datalist", "noframes", "noembed",
))  # fmt: skip
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form",
    "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "option", "p",
    "pre", "search", "section", "select", "summary", "table", "tbody", "td", "textarea", "tfoot",
    "th", "thead", "tr", "ul",
    "h1", "h2", "h3", "h4", "h5", "h6",
))  # fmt: skip
_LISTS = frozenset(("ul", "ol", "menu", "dir", "dl"))
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


class _Frame(NamedTuple):
    """What to put back when an element ends."""

    node: LexborNode
    style: Style
    context: Context
    block: bool
    link: tuple[int, str] | None


def read_html(text: str, builder: Builder, limits: Limits) -> Survey:
    """Read a page into blocks.

    Args:
        text: the page's source.
        builder: takes the blocks; its source offsets count the characters of the body.
        limits: how much is read.

    Returns:
        What the page is made of.
    """
    found = survey(text, builder.name, limits)
    builder.title = found.title
    if found.body is not None:
        _Walk(builder, found).run(found.body)
    builder.end()
    return found


class _Walk:
    """One pass over the tree."""

    def __init__(self, builder: Builder, found: Survey) -> None:
        self.builder = builder
        self.found = found
        self.style = NONE
        self.depth = 0
        self.source = 0
        self.begun = False

    def run(self, root: LexborNode) -> None:
        """Read an element and all that it holds."""
        for element in self.found.path(root):
            self.style = self.inside(element)
        if self.style.hidden:  # a page that hides all of itself is shown by its script
            self.style = replace(self.style, hidden=False)
        self.children(root)

    def inside(self, node: LexborNode) -> Style:
        rules = self.found.rules.get(node.mem_id) if self.found.rules else None
        return style_of(self.style, node.tag or "", node.attributes, rules)

    def children(self, root: LexborNode) -> None:
        """Walk what an element holds; never deeper in Python than one table in another."""
        frames: list[_Frame] = []
        node = root.first_child
        while True:
            if node is None:
                if not frames:
                    return
                node = self.leave(frames.pop())
                continue
            frame = self.enter(node)
            if frame is None:
                node = node.next
            else:
                frames.append(frame)
                node = node.first_child

    def enter(self, node: LexborNode) -> _Frame | None:
        tag = node.tag or ""
        if tag == "-text":
            self.text(node.text_content or "")
            return None
        if not tag or tag in _SKIP or tag[0] in "-!":
            return None
        if tag == "br":
            self.builder.line()
            return None
        if tag in ("img", "image"):
            return None
        return self.element(node, tag)

    def element(self, node: LexborNode, tag: str) -> _Frame | None:
        before = self.style
        self.style = self.inside(node)
        block = tag in _BLOCKS if self.style.block is None else self.style.block
        if block or self.style.hidden != before.hidden:
            self.builder.line()
        frame = _Frame(node, before, self.builder.context, block, self.link(node, tag))
        if self.whole(node, tag):
            self.leave(frame)
            return None
        self.open(tag)
        return frame

    def link(self, node: LexborNode, tag: str) -> tuple[int, str] | None:
        target = node.attributes.get("href") if tag == "a" else None
        return (self.builder.length, target.strip()) if target else None

    def open(self, tag: str) -> None:
        context = self.builder.context
        if tag in _LISTS:
            self.depth += 1
        if context.kind == "cell":
            return
        if tag in _HEADINGS:
            self.builder.context = Context("heading", _HEADINGS[tag])
        elif tag in ("li", "dd"):
            self.builder.context = Context("item", min(9, max(1, self.depth)))

    def leave(self, frame: _Frame) -> LexborNode | None:
        """Put back what held before an element, and return the node after it."""
        if frame.link:
            self.builder.link(*frame.link)
        if frame.block or self.style.hidden != frame.style.hidden:
            self.builder.line()
        if frame.node.tag in _LISTS:
            self.depth -= 1
        self.style = frame.style
        self.builder.context = frame.context
        return frame.node.next

    def whole(self, node: LexborNode, tag: str) -> bool:
        """Read an element that is read as a whole; tell whether it was one."""
        if tag == "table":
            return node.mem_id not in self.found.layout and self.table(node)
        if tag in ("pre", "textarea", "listing", "xmp"):
            return self.preformatted(node)
        return False

    def text(self, raw: str) -> None:
        if not self.begun and not raw.strip():
            return
        self.begun = True
        start, self.source = self.source, self.source + len(raw)
        look = look_of(self.style)
        if not self.style.lines or "\n" not in raw:
            self.builder.add(raw, start, look)
            return
        for line in raw.splitlines(keepends=True):
            self.builder.add(line, start, look)
            start += len(line)
            if line[-1] in "\n\r":
                self.builder.line()

    def preformatted(self, node: LexborNode) -> bool:
        """Read text that keeps its lines, as Markdown where it is written in it."""
        only = node.first_child
        if only is None or only.next is not None or only.tag != "-text":
            self.style = style_of(self.style, "", {}, {"white-space": "pre"})
            return False
        raw = only.text_content or ""
        if not looks_like_markdown(raw) or self.builder.context.kind == "cell":
            self.style = style_of(self.style, "", {}, {"white-space": "pre"})
            return False
        self.builder.end()
        read_lines(raw, self.builder, markdown=True, base=self.source)
        self.begun = True
        self.source += len(raw)
        return True

    def table(self, node: LexborNode) -> bool:
        """Read a table cell by cell."""
        cells = grid(node)
        if not cells:
            return False
        if self.builder.context.kind == "cell":
            return False
        number, outer, style = self.builder.tables, self.builder.context, self.style
        self.builder.tables += 1
        for cell in cells:
            self.style = style
            for element in (*cell.around, cell.node):
                self.style = self.inside(element)
            kind = Context("cell", 0, number, cell.places, cell.header) if cell.places else outer
            self.builder.context = kind
            self.children(cell.node)
            self.builder.end()
        self.builder.context, self.style = outer, style
        return True
