"""Parts of mails: texts are covered, attachments masked as what they are, signatures go."""

from __future__ import annotations

import base64
import mimetypes
import quopri
import re
from contextlib import suppress
from email.message import Message
from typing import TYPE_CHECKING
from urllib.parse import unquote

from hongxian.errors import Exit
from hongxian.guards.mask.copies.mail_heads import NOWHERE, mask_heads, other_id
from hongxian.guards.mask.copies.members import copied, in_memory
from hongxian.guards.mask.copies.texts import changing
from hongxian.guards.mask.formats.html import html_markup
from hongxian.guards.mask.names import shown_name
from hongxian.sensors.store.sources.encoding import tell
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from hongxian.guards.mask.copies.members import Units
    from hongxian.guards.mask.job import Job
    from hongxian.sensors.store.sources.file import File

_CID = re.compile(r"cid:([^\"'\s>)]+)", re.IGNORECASE)
_NOWHERE = "-hx-nowhere-"
"""Stands for the domain of ids that are new already, so that none is taken for an address."""
_LOCKED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted"})
_SIGNATURES = frozenset({
    "application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature",
    "application/pgp-keys",
})  # fmt: skip
_PLAIN = frozenset({"7bit", "8bit", "binary"})
"""Packings that are none."""
_LONGEST = 900
"""Characters of a line that mails may have without being packed."""


class Mail:
    """Masks a mail where it is.

    Args:
        file: the file that it stands in.
        place: what it is called.
        job: what is to happen.
        units: tells what an attachment becomes.
    """

    def __init__(self, file: File, place: str, job: Job, units: Units) -> None:
        """Begin with no signature seen."""
        self.file, self.place, self.job, self.units = file, place, job, units
        self.change = changing(job.plan)
        self.signed = False

    def mask(self, mail: Message) -> None:
        """Mask a mail; that its signatures are gone is told.

        Raises:
            HongxianError: a part cannot be copied, and is not to be left out.
        """
        if not self._part(mail):
            _emptied(mail)
        if self.signed:
            self.job.notes.append(WordedError("mask_signature", self.place))

    def _part(self, part: Message) -> list[Message]:
        """Mask a part and return what it became: nothing when it is left out, or several tables."""
        self.signed |= mask_heads(part, self.change)
        kind = part.get_content_type()
        if kind == "multipart/signed":
            return self._unsigned(part)
        if kind in _LOCKED:
            self.job.left_out(WordedError("mask_locked", self.place, Exit.SENSOR))
            return []
        if part.is_multipart():
            return self._inner(part)
        if part.get_content_maintype() == "text" and not part.get_filename():
            return self._text(part)
        return self._attached(part)

    def _inner(self, part: Message) -> list[Message]:
        part.preamble = part.epilogue = None
        kept: list[Message | str] = []
        for one in _parts(part):
            if one.get_content_type() in _SIGNATURES:
                self.signed = True
            else:
                kept += self._part(one)
        part.set_payload(kept)
        return [part]

    def _unsigned(self, part: Message) -> list[Message]:
        """Let the first part take the place of the whole, whose signature holds no more."""
        self.signed = True
        first = next(iter(_parts(part)), Message())
        for name in [name for name in part if name.lower().startswith("content-")]:
            del part[name]
        for name, value in first.raw_items():
            if name.lower().startswith("content-"):
                part[name] = value
        part.set_payload(first.get_payload())
        part.preamble = part.epilogue = None
        return self._part(part)

    def _text(self, part: Message) -> list[Message]:
        data = part.get_payload(decode=True)
        data = data if isinstance(data, bytes) else b""
        coding, text = _decoded(data, part.get_content_charset())
        if part.get_content_subtype() == "html":
            own = _CID.sub(lambda found: f"cid:{other_id(unquote(found[1]))}", text)
            covered = html_markup(own.replace(f"@{NOWHERE}", _NOWHERE)).changed(self.change)
            new = covered.replace(_NOWHERE, f"@{NOWHERE}")
        else:
            new = "".join(self.change("line", text.splitlines(keepends=True)))
        packing = str(part.get("Content-Transfer-Encoding", "7bit")).strip().lower()
        if new != text or packing not in _PLAIN:  # what is no part of a packing must not stay
            _write_text(part, new, coding)
        return [part]

    def _attached(self, part: Message) -> list[Message]:
        data = part.get_payload(decode=True)
        data = data if isinstance(data, bytes) else b""
        name = shown_name(part.get_filename() or _name(part))
        inner = in_memory(self.file, name, self.place, data)
        written: list[tuple[str, bytes]] = [
            (unit.name.replace("/", "-"), made.read())
            for unit, made in copied(inner, name, self.place, self.job, self.units)
        ]
        if not written:
            return []
        (first, own), *others = written
        kind = part.get_content_type() if first == name else None
        return [_attach(part, first, own, kind), *(_attach(Message(), *one) for one in others)]


def _parts(part: Message) -> list[Message]:
    inner = part.get_payload()
    return [one for one in inner if isinstance(one, Message)] if isinstance(inner, list) else []


def _name(part: Message) -> str:
    return f"attachment{mimetypes.guess_extension(part.get_content_type()) or '.bin'}"


def _decoded(data: bytes, charset: str | None) -> tuple[str, str]:
    """Return the encoding and the text of a part; of an unknown charset it is told by its bytes."""
    if charset:
        with suppress(LookupError, ValueError):
            return charset, data.decode(charset)
    coding, _ = tell(data)
    if coding.startswith(("utf-16", "utf-32")):  # no mail may be in these without saying so
        coding = "latin-1"
    return coding, data.decode(coding, "replace")


def _write_text(part: Message, text: str, coding: str) -> None:
    """Put a text into a part, in its encoding if that has all the signs, packed as it was."""
    try:
        data = text.encode(coding)
    except UnicodeError:
        coding, data = "utf-8", text.encode()
    quoted = str(part.get("Content-Transfer-Encoding", "")).lower() == "quoted-printable"
    short = all(len(line) < _LONGEST for line in data.splitlines())
    if not quoted and short and data.isascii() and coding.lower().replace("_", "-") in (
        "ascii", "us-ascii", "utf-8", "gb18030", "gbk", "gb2312", "big5", "big5hkscs", "latin-1",
        "iso-8859-1",
    ):  # fmt: skip
        _packed(part, data.decode("ascii"), "7bit")
    elif quoted:
        _packed(part, quopri.encodestring(data).decode("ascii"), "quoted-printable")
    else:
        _packed(part, base64.encodebytes(data).decode("ascii"), "base64")
    part.set_param("charset", coding)


def _packed(part: Message, text: str, coding: str) -> None:
    del part["Content-Transfer-Encoding"]
    part["Content-Transfer-Encoding"] = coding
    part.set_payload(text)


def _emptied(part: Message) -> None:
    del part["Content-Type"]
    del part["Content-Disposition"]
    part["Content-Type"] = "text/plain"
    _packed(part, "", "7bit")


def _attach(part: Message, name: str, data: bytes, kind: str | None = None) -> Message:
    """Put a file into a part, which keeps its kind unless the file has become another one."""
    if kind is None:
        del part["Content-Type"]
        part["Content-Type"] = mimetypes.guess_type(name)[0] or "application/octet-stream"
    if part.get_filename() or kind is None:
        charset = None if name.isascii() else "utf-8"
        if part.get_param("name") is not None:
            part.set_param("name", name, charset=charset)
        if part.get("Content-Disposition") is None:
            part["Content-Disposition"] = "attachment"
        part.set_param("filename", name, "Content-Disposition", charset=charset)
    _packed(part, base64.encodebytes(data).decode("ascii"), "base64")
    return part
