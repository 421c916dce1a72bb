"""A small reader of DER, enough for the certificates of a package (X.690; RFC 5280, 5652).

Importing a whole cryptography library costs more time than all the rest of the manifest. This
one verifies nothing: it reads who signed, and until when the certificate holds.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_SEQUENCE, _SET, _INTEGER, _OID, _CONTEXT_0 = 0x30, 0x31, 0x02, 0x06, 0xA0
_UTF16, _UTF32, _GENERALIZED = 0x1E, 0x1C, 0x18
_NAMES = {
    "2.5.4.3": "CN",
    "2.5.4.5": "serialNumber",
    "2.5.4.6": "C",
    "2.5.4.7": "L",
    "2.5.4.8": "ST",
    "2.5.4.9": "STREET",
    "2.5.4.10": "O",
    "2.5.4.11": "OU",
    "0.9.2342.19200300.100.1.25": "DC",
    "1.2.840.113549.1.9.1": "emailAddress",
}
_SPECIAL = frozenset(',+"\\<>;')


@dataclass(frozen=True, slots=True)
class Node:
    """One element: tag, content, and the whole encoding."""

    tag: int
    content: bytes
    whole: bytes

    def children(self) -> list[Node]:
        """Return the elements inside.

        Raises:
            ValueError: the content is no DER.
        """
        return list(nodes(self.content))


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a package's report needs of an X.509 certificate."""

    subject: str
    """As RFC 4514 writes it."""
    issuer: str
    serial: str
    sha256: str
    not_before: datetime | None
    not_after: datetime | None


def nodes(data: bytes) -> Iterator[Node]:
    """Yield the elements that follow each other in ``data``.

    Raises:
        ValueError: a length leads out of the data.
    """
    place = 0
    while place < len(data):
        begin, end = _span(data, place)
        yield Node(data[place], data[begin:end], data[place:end])
        place = end


def _span(data: bytes, place: int) -> tuple[int, int]:
    if place + 2 > len(data):
        raise ValueError("cut off")
    size = data[place + 1]
    begin = place + 2
    if size == 0x80:
        raise ValueError("indefinite length")
    if size & 0x80:
        wide = size & 0x7F
        size = int.from_bytes(data[begin : begin + wide], "big")
        begin += wide
    if begin + size > len(data):
        raise ValueError("length out of range")
    return begin, begin + size


def certificate(der: bytes) -> Certificate:
    """Read a certificate.

    Raises:
        ValueError: it is none.
    """
    try:
        fields = next(nodes(der)).children()[0].children()
        if fields[0].tag == _CONTEXT_0:
            fields = fields[1:]
        serial, _, issuer, validity, subject = fields[:5]
        begin, end = validity.children()[:2]
        return Certificate(
            subject=_name(subject),
            issuer=_name(issuer),
            serial=f"{int.from_bytes(serial.content, 'big', signed=True):x}",
            sha256=hashlib.sha256(der).hexdigest(),
            not_before=_time(begin),
            not_after=_time(end),
        )
    except (IndexError, StopIteration) as error:
        raise ValueError("not an X.509 certificate") from error


def pkcs7_certificates(der: bytes) -> list[bytes]:
    """Return the certificates of a PKCS #7 ``SignedData``, each as DER.

    Raises:
        ValueError: it is no such thing.
    """
    try:
        outer = next(nodes(der)).children()
        signed = outer[1].children()[0].children()
    except (IndexError, StopIteration) as error:
        raise ValueError("not a PKCS #7 signature") from error
    bags = [node for node in signed if node.tag == _CONTEXT_0]
    return [node.whole for bag in bags for node in bag.children() if node.tag == _SEQUENCE]


def _name(node: Node) -> str:
    parts = []
    for part in node.children():
        if part.tag == _SET:
            pairs = (pair.children() for pair in part.children())
            parts.append("+".join(f"{_oid(p[0])}={_escaped(_text(p[1]))}" for p in pairs))
    return ",".join(reversed(parts))


def _oid(node: Node) -> str:
    numbers, value = [], 0
    for byte in node.content:
        value = value << 7 | byte & 0x7F
        if not byte & 0x80:
            numbers.append(value)
            value = 0
    first = numbers[0] if numbers else 0
    top = min(first // 40, 2)
    dotted = ".".join(map(str, [top, first - 40 * top, *numbers[1:]]))
    return _NAMES.get(dotted, dotted)


def _text(node: Node) -> str:
    if node.tag == _UTF16:
        return node.content.decode("utf-16-be", "replace")
    if node.tag == _UTF32:
        return node.content.decode("utf-32-be", "replace")
    try:
        return node.content.decode()
    except UnicodeDecodeError:
        # Chinese tools of old write GBK where the standard wants UTF-8
        return node.content.decode("gb18030", "replace")


def _escaped(text: str) -> str:
    text = "".join("\\" + c if c in _SPECIAL else c for c in text)
    if text[:1] in {"#", " "}:
        text = "\\" + text
    if text.endswith(" ") and len(text) > 1:
        text = text[:-1] + "\\ "
    return text


def _time(node: Node) -> datetime | None:
    text = node.content.decode("ascii", "replace").rstrip("Z")
    if node.tag != _GENERALIZED and text[:2].isdigit():
        # two-digit years: RFC 5280, 4.1.2.5.1
        text = ("19" if text[:2] >= "50" else "20") + text
    try:
        return datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
