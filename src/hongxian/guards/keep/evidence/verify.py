"""Proves that a log is as it was written, or points at the first record that is not."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO

from hongxian.errors import HongxianError
from hongxian.guards.keep.evidence.entry import FIRST, LONGEST, EntryError, line_hash, read_entry
from hongxian.guards.keep.evidence.heads import HeadError, read_heads
from hongxian.guards.keep.evidence.keys import public_bytes, public_text
from hongxian.guards.keep.evidence.merkle import EMPTY, Tree, inclusion_path
from hongxian.guards.policy_source import read_bytes
from hongxian.words.worded import WordedError, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from hongxian.guards.keep.evidence.entry import Entry
    from hongxian.guards.keep.evidence.heads import Head

MOST_HEADS = 64 << 20
"""Bytes of a file of heads."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and where."""

    kind: str
    """``form``, ``sequence``, ``time``, ``link``, ``root``, ``cut``, ``torn``, ``origin``,
    ``key`` or ``signature``."""
    line: int
    """First line that is altered, from 1; its sequence is one less."""
    until: int = 0
    """Last line that may be the altered one; 0 when ``line`` is it."""
    source: str = ""
    """File of the head that shows it."""

    def worded(self) -> WordedError:
        """Return what a user reads."""
        return WordedError(
            f"keep_fault_{self.kind}", line=self.line, seq=self.line - 1,
            until=self.until or self.line, source=self.source,
        )  # fmt: skip


@dataclass(slots=True)
class Verified:
    """What was found."""

    tree: Tree = field(default_factory=Tree)
    """Of the lines that are right."""
    origin: str = ""
    """Name of the log, from its first entry; empty when it has none."""
    key: str = ""
    """Public key that its first entry names."""
    last: str = ""
    """Hash of the last line that is right."""
    at: str = ""
    """Time of that line."""
    bytes: int = 0
    """Up to its end."""
    heads: int = 0
    """Heads that it agrees with."""
    covered: int = 0
    """Lines that such a head covers."""
    faults: list[Fault] = field(default_factory=list)


def heads_of(path: Path) -> list[Path]:
    """Return the file of heads beside a log, if it is there."""
    beside = path.with_name(f"{path.name}.heads")
    return [beside] if beside.is_file() else []


def verify_log(
    path: Path, heads: Iterable[Path] = (), key: str | None = None, *, whole: bool = True
) -> Verified:
    """Read a log and hold it against heads of it.

    Args:
        path: the log.
        heads: files of heads: copies that others hold.
        key: public key whose signature the heads must have; that of the log unless given.
        whole: whether half a last line is a fault.

    Raises:
        HongxianError: a file is not there, or a head is none.
    """
    known = [(one, str(source)) for source in heads for one in load_heads(source)]
    found = Verified()
    try:
        with path.open("rb") as lines:
            found.origin, found.key = _first(lines.readline(LONGEST))
            lines.seek(0)
            _Walk(found, _marks(found, known, key), whole=whole).run(lines)
    except OSError as error:
        raise unreadable(path, error) from None
    return found


def _first(line: bytes) -> tuple[str, str]:
    """Return name and public key of a log by its first line."""
    try:
        body = read_entry(line.removesuffix(b"\n")).body
        return str(body["origin"]), public_text(public_bytes(str(body["key"])))
    except (EntryError, KeyError, HongxianError):
        return "", ""


def _marks(
    found: Verified, known: Sequence[tuple[Head, str]], key: str | None
) -> dict[int, list[tuple[Head, str]]]:
    """Return the heads of this log by size; those of another, or of another's hand, are faults."""
    wanted = key or found.key
    late = []
    if key and found.key and key != found.key:
        late.append(Fault("key", 1))
    marks: dict[int, list[tuple[Head, str]]] = {}
    for head, source in known:
        if found.origin and head.origin != found.origin:
            late.append(Fault("origin", 1, source=source))
        elif wanted and not head.signed_by(wanted):
            late.append(Fault("signature", 1, source=source))
        else:
            marks.setdefault(head.size, []).append((head, source))
    found.faults += late
    return marks


def load_heads(path: Path) -> list[Head]:
    """Read a file of heads.

    Raises:
        HongxianError: it is not there, or something in it is no head.
    """
    try:
        return list(read_heads(read_bytes(path, MOST_HEADS).decode("utf-8")))
    except UnicodeDecodeError as error:
        raise unreadable(path, error) from None
    except HeadError:
        raise WordedError("keep_head", path) from None


def entries_of(path: Path, kind: str) -> Iterator[Entry]:
    """Yield the entries of a kind; lines that are no entries are passed over.

    Raises:
        HongxianError: the log cannot be read.
    """
    wanted = f'"kind":"{kind}"'.encode()
    try:
        with path.open("rb") as lines:
            for line in lines:
                if wanted in line:
                    with suppress(EntryError):
                        entry = read_entry(line.removesuffix(b"\n"))
                        if entry.kind == kind:
                            yield entry
    except OSError as error:
        raise unreadable(path, error) from None


def prove(path: Path, seq: int) -> tuple[Entry, int, list[bytes], bytes]:
    """Return an entry, the number of entries, the proof that it is in the log, and the root.

    Raises:
        HongxianError: the log cannot be read, or has no such entry.
    """
    try:
        lines = path.read_bytes().split(b"\n")[:-1]
    except OSError as error:
        raise unreadable(path, error) from None
    if not 0 <= seq < len(lines):
        raise WordedError("keep_no_entry", path, seq=seq, size=len(lines))
    leaves = [bytes.fromhex(line_hash(line)) for line in lines]
    tree = Tree()
    for leaf in leaves:
        tree.add(leaf)
    try:
        entry = read_entry(lines[seq])
    except EntryError:
        raise WordedError("keep_fault_form", path, line=seq + 1, seq=seq) from None
    return entry, len(leaves), inclusion_path(seq, leaves), tree.root()


class _Walk:
    """Goes through the lines of a log once.

    Args:
        found: filled with what is found.
        marks: heads by the size that they are for.
        whole: whether half a last line is a fault.
    """

    def __init__(
        self, found: Verified, marks: dict[int, list[tuple[Head, str]]], *, whole: bool
    ) -> None:
        self._found, self._marks, self._whole = found, marks, whole
        self._reached = 0
        self._good = 0

    def run(self, lines: BinaryIO) -> None:
        """Read all lines, or up to the first fault."""
        reader = _bounded(lines)
        fault = self._mark()
        for line in reader:
            if fault is not None:
                break
            fault = self._line(line, reader) or self._mark()
        if fault is not None:
            self._found.faults.append(fault)
            return
        cut = [(size, one[0][1]) for size, one in self._marks.items() if size > self._reached]
        if cut:
            size, source = max(cut)
            self._found.faults.append(Fault("cut", self._reached + 1, size, source))

    def _mark(self) -> Fault | None:
        """Hold the heads of this size against the root."""
        tree = self._found.tree
        for head, source in self._marks.get(tree.size, ()):
            if head.root != (tree.root() if tree.size else EMPTY):
                return Fault("root", self._good + 1, tree.size, source)
            self._found.heads += 1
            self._good = self._found.covered = tree.size
        return None

    def _line(self, raw: bytes, reader: Iterator[bytes]) -> Fault | None:
        """Check a line, and take it if it is right."""
        found, number = self._found, self._found.tree.size + 1
        if not raw.endswith(b"\n") and len(raw) <= LONGEST:
            return Fault("torn", number) if self._whole else None
        self._reached = number
        try:
            entry = read_entry(raw.removesuffix(b"\n"))
        except EntryError:
            return Fault("form", number)
        if kind := self._out_of_place(entry):
            return Fault(kind, number)
        if entry.prev != (found.last or FIRST):
            return self._broken_link(number, raw[:-1], reader)
        if entry.at < found.at:
            return Fault("time", number)
        found.last, found.at = line_hash(raw[:-1]), entry.at
        found.bytes += len(raw)
        found.tree.add(bytes.fromhex(found.last))
        return None

    def _out_of_place(self, entry: Entry) -> str | None:
        """Return what is wrong with an entry that stands where it does, before its link."""
        first = self._found.tree.size == 0
        if entry.seq != self._found.tree.size or first != (entry.kind == "opened"):
            return "sequence"
        return "form" if first and not self._found.key else None

    def _broken_link(self, number: int, line: bytes, reader: Iterator[bytes]) -> Fault:
        """Tell which of two lines was altered: the one behind vouches for this one, or does not."""
        if number == 1:
            return Fault("link", 1)
        for raw in reader:
            try:
                vouched = read_entry(raw.removesuffix(b"\n")).prev == line_hash(line)
            except EntryError:
                break
            return Fault("link", number - 1 if vouched else number)
        if self._good == number - 1:  # a head covers all before
            return Fault("link", number)
        return Fault("link", number - 1, number)


def _bounded(lines: BinaryIO) -> Iterator[bytes]:
    """Yield lines; of one that is too long, only its beginning."""
    while line := lines.readline(LONGEST + 1):
        yield line
