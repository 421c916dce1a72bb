"""Documents and mails: PDF, DOCX and HTML by the readers of policies, .eml by the library."""

from __future__ import annotations

import email
import email.policy
import io
from typing import TYPE_CHECKING, Any

from hongxian.errors import ArtefactError
from hongxian.facts.reason import Reason
from hongxian.sensors.policy.reading import Limits as PolicyLimits
from hongxian.sensors.policy.reading import ReadingError, read_bytes
from hongxian.sensors.store.sources.faults import SourceError
from hongxian.sensors.store.sources.file import LIMITS, File, read_up_to
from hongxian.sensors.store.sources.lines import LINE, line_batches
from hongxian.sensors.store.sources.mbox import mails
from hongxian.sensors.store.sources.table import Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage

    from hongxian.sensors.store.sources.file import Limits
    from hongxian.sensors.store.sources.table import Sample

_READING = PolicyLimits(
    size=256 << 20, unpacked=512 << 20, tags=2_000_000, characters=50_000_000, blocks=2_000_000,
    pages=20_000,
)  # fmt: skip
_HEADERS = ("From", "To", "Cc", "Bcc", "Reply-To", "Subject", "Date")


def document_table(file: File, limits: Limits = LIMITS) -> Table:
    """Return a document as a table of the lines of its text."""
    table = _lines(file, "document")

    def read(sample: Sample | None) -> Iterator[Any]:
        del sample  # files are read in full
        data = content(file, limits)
        try:
            found = read_bytes(file.name.rsplit("!", 1)[-1].rsplit("/", 1)[-1], data, _READING)
        except ReadingError as error:
            raise SourceError("unreadable", reason=error.reason.data()) from None
        except ArtefactError:
            raise SourceError("damaged") from None
        table.problems += [Reason(one.word, one.values, table.where) for one in found.problems]
        if found.format == "image":
            table.problems.append(Reason("store.picture", {}, table.where))
        yield from line_batches([found.text.encode("utf-8", "replace")], limits.cell)

    table.read = read
    return table


def content(file: File, limits: Limits = LIMITS) -> bytes:
    """Return all bytes of a file.

    Raises:
        SourceError: there are too many.
    """
    with file.opened() as stream:
        data = read_up_to(stream, limits.document + 1)
    if len(data) > limits.document:
        raise SourceError("too_large", limit=limits.document >> 20)
    return data


def mail_table(file: File, kind: str = "mail", limits: Limits = LIMITS) -> Table:
    """Return a mail, or a box of them, as a table of the lines of its heads and of its texts.

    Args:
        file: the file.
        kind: ``mail`` or ``mbox``.
        limits: how large a mail may be.
    """
    table = _lines(file, kind)

    def read(sample: Sample | None) -> Iterator[Any]:
        del sample  # files are read in full
        for mail in _mails(file, kind, limits):
            text = "".join(f"{name}: {value}\n" for name, value in _head(mail))
            for part in mail.walk():
                if part.get_content_maintype() == "text" and not part.get_filename():
                    text += f"{_text(part)}\n"
            yield from line_batches([text.encode("utf-8", "replace")], limits.cell)

    table.read = read
    return table


def attachments(file: File, kind: str = "mail", limits: Limits = LIMITS) -> Iterator[File]:
    """Yield the files that hang on a mail, or on the mails of a box."""
    for number, mail in enumerate(_mails(file, kind, limits), 1):
        where = f"{file.name}!{number}" if kind == "mbox" else file.name
        for place, part in enumerate(mail.walk()):
            data = part.get_payload(decode=True) if part.get_filename() else None
            if isinstance(data, bytes):
                stamp = f"{file.stamp}:{number}:{place}" if file.stamp else ""
                yield File(
                    name=f"{where}!{part.get_filename() or place}", size=len(data),
                    opened=_Bytes(data), stamp=stamp, depth=file.depth + 1,
                )  # fmt: skip


def _mails(file: File, kind: str, limits: Limits) -> Iterator[EmailMessage]:
    if kind == "mbox":
        yield from (_parsed(data) for _, data in mails(file, limits))
    else:
        yield _parsed(content(file, limits))


class _Bytes:
    """Opens bytes that are in memory."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def __call__(self) -> io.BytesIO:
        return io.BytesIO(self.data)


def _parsed(data: bytes) -> EmailMessage:
    return email.message_from_bytes(data, policy=email.policy.default)


def _head(mail: EmailMessage) -> Iterator[tuple[str, str]]:
    for name in _HEADERS:
        try:
            value = mail.get(name)
        except (ValueError, IndexError, AttributeError, TypeError):  # a head that is no head
            continue
        if value is not None:
            yield name, " ".join(str(value).split())


def _text(part: Any) -> str:
    """Return the text of a part; one of an unknown charset is read as well as it goes."""
    try:
        text = str(part.get_content())
    except (LookupError, ValueError, KeyError):
        data = part.get_payload(decode=True) or b""
        text = data.decode("gb18030", "replace")
    if part.get_content_subtype() != "html":
        return text
    try:
        return read_bytes("mail.html", text.encode("utf-8", "replace"), _READING).text
    except ArtefactError:
        return text


def _lines(file: File, kind: str) -> Table:
    return Table(
        where=file.name, name="", medium="document", kind=kind, size=file.size,
        read=lambda _sample: iter(()), columns=(Column(name=LINE, type="text"),),
        fingerprint=file.stamp,
    )  # fmt: skip
