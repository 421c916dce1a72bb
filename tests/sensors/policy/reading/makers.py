"""Makes the files that the readers are tried on."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import NamedTuple

FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H "
    b"/DescendantFonts [ << /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light "
    b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> "
    b"/FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 6 "
    b"/FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 "
    b"/StemV 93 >> /DW 1000 >> ] >>"
)
WIDTH, HEIGHT = 595, 842


class At(NamedTuple):
    """A line of text at its place, in points from the bottom left."""

    x: float
    y: float
    text: str
    size: float = 10


class Rule(NamedTuple):
    """A ruled line."""

    x: float
    y: float
    to_x: float
    to_y: float


PICTURE = "picture"
"""A page content: a grey square as an image."""


def pdf(*pages: list[At | Rule | str], encrypt: bool = False, packed: bool = False) -> bytes:
    """Return a PDF whose pages show lines of text, rules and pictures."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", FONT, _picture()]
    kids = []
    for page in pages:
        content = b"\n".join(map(_drawn, page))
        head = b""
        if packed:
            content, head = zlib.compress(content), b"/Filter /FlateDecode "
        objects.append(_stream(head, content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R /Resources "
            b"<< /Font << /F 3 0 R >> /XObject << /I 4 0 R >> >> >>" % (WIDTH, HEIGHT, len(objects))
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    return _file(objects, encrypt=encrypt)


def _file(objects: list[bytes], *, encrypt: bool) -> bytes:
    out = io.BytesIO(b"%PDF-1.7\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    lock = b""
    if encrypt:
        key = b"<" + b"41" * 32 + b">"
        lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O %s /U %s /P -4 >> /ID [%s %s]" % (
            key, key, key, key,
        )  # fmt: skip
    out.write(b"trailer << /Size %d /Root 1 0 R %s >>\n" % (len(objects) + 1, lock))
    out.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def _stream(head: bytes, content: bytes) -> bytes:
    return b"<< %s/Length %d >>\nstream\n%s\nendstream" % (head, len(content), content)


def _picture() -> bytes:
    head = b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray "
    return _stream(head + b"/BitsPerComponent 8 ", b"\x80")


def _drawn(part: At | Rule | str) -> bytes:
    if isinstance(part, str):
        return b"q 500 0 0 700 40 60 cm /I Do Q"
    if isinstance(part, Rule):
        return b"%.1f %.1f m %.1f %.1f l S" % part
    shown = part.text.encode("utf-16-be").hex().encode()
    return b"BT /F %.1f Tf %.1f %.1f Td <%s> Tj ET" % (part.size, part.x, part.y, shown)


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def docx(body: str, parts: dict[str, str] | None = None, namespace: str = WORD) -> bytes:
    """Return a DOCX with a body in WordprocessingML, and other parts."""
    head = f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{namespace}" xmlns:r='
    main = f'{head}"{RELATIONS}"><w:body>{body}</w:body></w:document>'
    return packed({"word/document.xml": main, **(parts or {})})


def packed(parts: dict[str, str]) -> bytes:
    """Return a ZIP archive of some parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()
