"""The statements of a SQL dump that matter: INSERT, COPY, CREATE TABLE and comments on columns."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hongxian.sensors.store.sources.table import Column

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_NAME = r'(?:`(?:[^`]|``)+`|"(?:[^"]|"")+"|\[[^\]]+\]|[\w$\u0080-\uffff]+)'
_PATH = rf"(?:{_NAME}\s*\.\s*){{0,2}}{_NAME}"
_INSERT = re.compile(
    rf"\s*(?:INSERT|REPLACE)\s+(?:IGNORE\s+|OR\s+\w+\s+)?INTO\s+({_PATH})\s*(\([^()]*\))?\s*"
    r"(?:OVERRIDING\s+\w+\s+VALUE\s+)?VALUES\s*",
    re.IGNORECASE,
)
_COPY = re.compile(rf"\s*COPY\s+({_PATH})\s*(\([^()]*\))?\s+FROM\s+stdin\b", re.IGNORECASE)
_CREATE = re.compile(
    rf"\s*CREATE\s+(?:TEMPORARY\s+|UNLOGGED\s+)?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?({_PATH})\s*\(",
    re.IGNORECASE,
)
_NOTE = re.compile(
    rf"\s*COMMENT\s+ON\s+COLUMN\s+({_PATH})\s*\.\s*({_NAME})\s+IS\s+'((?:[^']|'')*)'", re.IGNORECASE
)
_COLUMN = re.compile(rf"\s*({_NAME})\s+([A-Za-z][\w ]*(?:\([^()]*\))?)(.*)", re.DOTALL)
_COMMENT = re.compile(r"\bCOMMENT\s+'((?:[^'\\]|''|\\.)*)'", re.IGNORECASE)
_NO_COLUMN = re.compile(
    r"\s*(?:PRIMARY|UNIQUE|KEY|INDEX|CONSTRAINT|FOREIGN|FULLTEXT|SPATIAL|CHECK|EXCLUDE)\b",
    re.IGNORECASE,
)
_TOKEN = re.compile(
    rb"'[^'\\]*(?:(?:\\.|'')[^'\\]*)*'|\"[^\"\\]*(?:(?:\\.|\"\")[^\"\\]*)*\"|`[^`]*`|--[^\n]*\n"
    rb"|#[^\n]*\n|/\*.*?\*/|;|['\"`]",
    re.DOTALL,
)
_ROW = re.compile(
    r"\s*(?:,\s*)?(?:(?P<open>\()|(?P<close>\))|(?:_\w+\s*)?(?P<text>[NnEe]?'[^'\\]*(?:(?:\\.|'')[^'\\]*)*')"
    r"|(?P<other>[^\s,()';][^,()';]*))",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(.)|''", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "b": "\b", "Z": "\x1a"}
_COPY_ESCAPE = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class Insert:
    """``INSERT INTO table (columns) VALUES (...), (...)``."""

    table: str
    columns: list[str]
    text: str

    def rows(self) -> Iterator[list[str | None]]:
        """Yield the rows; calls of functions count as one value each."""
        row: list[str | None] = []
        depth = 0
        for found in _ROW.finditer(self.text):
            if found["open"]:
                depth += 1
                row = [] if depth == 1 else row
            elif found["close"]:
                depth -= 1
                if depth == 0:
                    yield row
                depth = max(0, depth)
            elif depth:
                row.append(_unquoted(found["text"]) if found["text"] else _bare(found["other"]))

    def count(self) -> int:
        """Return how many rows there are."""
        return sum(1 for _ in self.rows())


@dataclass(frozen=True, slots=True)
class Copy:
    """A block of lines behind ``COPY table (columns) FROM stdin;``."""

    table: str
    columns: list[str]
    lines: list[str] = field(default_factory=list)

    def rows(self) -> Iterator[list[str | None]]:
        """Yield the rows."""
        for line in self.lines:
            yield [None if cell == "\\N" else _copied(cell) for cell in line.split("\t")]

    def count(self) -> int:
        """Return how many rows there are."""
        return len(self.lines)


@dataclass(frozen=True, slots=True)
class Maker:
    """``CREATE TABLE``: the columns with type and comment."""

    table: str
    columns: list[Column]


@dataclass(frozen=True, slots=True)
class Note:
    """``COMMENT ON COLUMN table.column IS 'text'``."""

    table: str
    column: str
    text: str


Statement = Insert | Copy | Maker | Note


def statements(pieces: Iterable[bytes], longest: int) -> Iterator[Statement]:
    """Yield the statements of a dump that matter.

    Args:
        pieces: bytes in UTF-8, cut anywhere.
        longest: bytes of a statement; the rest of a longer one is read as a statement of its own.
    """
    reader = _Reader(iter(pieces), longest)
    while (text := reader.statement()) is not None:
        if copy := _COPY.match(text):
            yield from reader.copied(name_of(copy[1]), _names(copy[2]))
        elif found := _statement(text):
            yield found


class _Reader:
    """Cuts a stream at the semicolons that end statements."""

    def __init__(self, pieces: Iterator[bytes], longest: int) -> None:
        self.pieces, self.longest = pieces, longest
        self.data = b""
        self.at = 0
        self.insert = ""
        """Head of the INSERT that was cut for its length."""

    def more(self) -> bool:
        piece = next(self.pieces, None)
        if piece is None:
            return False
        self.data = self.data[self.at :] + piece
        self.at = 0
        return True

    def statement(self) -> str | None:
        """Return the next statement; ``None`` at the end."""
        while True:
            end = self._end(self.at)
            if end is not None:
                return self._take(end)
            if len(self.data) - self.at > self.longest:
                return self._cut()
            if not self.more():
                return self._take(len(self.data)) if self.at < len(self.data) else None

    def _end(self, at: int) -> int | None:
        """Return where the statement ends; a quote that is still open hides what follows."""
        for token in _TOKEN.finditer(self.data, at):
            if token[0] == b";":
                return token.end()
            if len(token[0]) == 1:
                return None
        return None

    def _take(self, end: int) -> str:
        text = self.insert + self.data[self.at : end].decode("utf-8", "replace")
        self.insert, self.at = "", end
        return _uncommented(text)

    def _cut(self) -> str:
        """Return the rows so far of an INSERT that is too long; the rest keeps its head."""
        end = self.data.rfind(b"),", self.at) + 1 or len(self.data)
        text = self._take(end)
        head = _INSERT.match(text)
        self.insert = head[0] if head else ""
        return text

    def copied(self, table: str, columns: list[str]) -> Iterator[Copy]:
        """Yield the lines behind a COPY, some thousands at a time."""
        while not self.data[self.at :].strip(b"\r\n") and self.more():
            pass
        self.data, self.at = self.data[self.at :].lstrip(b"\r\n"), 0
        while True:
            end = self.data.find(b"\n\\.")
            over = self.data.startswith(b"\\.")
            last = self.data.rfind(b"\n") + 1
            upto = 0 if over else (end + 1 if end >= 0 else last)
            if upto:
                lines = self.data[:upto].decode("utf-8", "replace").split("\n")[:-1]
                yield Copy(table, columns, [line.rstrip("\r") for line in lines])
            self.at = upto
            if over or end >= 0:
                self.at = upto + 2
                return
            if not self.more():
                return


def _statement(text: str) -> Statement | None:
    if found := _INSERT.match(text):
        return Insert(name_of(found[1]), _names(found[2]), text[found.end() :])
    if found := _CREATE.match(text):
        return Maker(name_of(found[1]), list(_columns(text[found.end() :])))
    if found := _NOTE.match(text):
        return Note(name_of(found[1]), name_of(found[2]), found[3].replace("''", "'"))
    return None


def _uncommented(text: str) -> str:
    """Return a statement without the comments before it."""
    return re.sub(
        r"\A(?:\s+|--[^\n]*(?:\n|\Z)|#[^\n]*(?:\n|\Z)|/\*.*?\*/;?)+", "", text, flags=re.DOTALL
    )


def name_of(path: str) -> str:
    """Return the last name of a path, without its quotes."""
    name: str = re.findall(_NAME, path)[-1]
    quote = name[0]
    return name[1:-1].replace(quote * 2, quote) if quote in '`"[' else name


def _names(listed: str | None) -> list[str]:
    return [name_of(one) for one in re.findall(_NAME, listed[1:-1])] if listed else []


def _columns(body: str) -> Iterator[Column]:
    for part in _parts(body):
        found = None if _NO_COLUMN.match(part) else _COLUMN.match(part)
        if found:
            comment = _COMMENT.search(found[3])
            yield Column(
                name=name_of(found[1]), type=" ".join(found[2].split()).lower(),
                comment=_unescaped(comment[1]) if comment else "",
            )  # fmt: skip


def _parts(body: str) -> Iterator[str]:
    """Yield what stands between the commas of the outer level."""
    depth, start = 0, 0
    for found in re.finditer(r"'(?:[^'\\]|''|\\.)*'|[(),]", body):
        sign = found[0]
        if sign == "(":
            depth += 1
        elif sign == ")" and depth == 0:
            yield body[start : found.start()]
            return
        elif sign == ")":
            depth -= 1
        elif sign == "," and depth == 0:
            yield body[start : found.start()]
            start = found.end()


def _unquoted(text: str) -> str:
    return _unescaped(text[text.index("'") + 1 : -1])


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(_plain, text)


def _copied(cell: str) -> str:
    return (
        _COPY_ESCAPE.sub(lambda one: _ESCAPED.get(one[1], one[1]), cell) if "\\" in cell else cell
    )


def _bare(text: str) -> str | None:
    word = text.strip()
    return None if word.upper() in ("NULL", "DEFAULT") else word


def _plain(escape: re.Match[str]) -> str:
    """Return what an escape stands for."""
    sign: str | None = escape[1]
    return "'" if sign is None else _ESCAPED.get(sign, sign)
