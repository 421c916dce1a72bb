"""Mails and boxes of mails: heads, texts and attachments, each by what it is; signatures go."""

from __future__ import annotations

import email
import io
import re
from email.errors import MessageError
from email.generator import BytesGenerator
from email.policy import compat32
from typing import TYPE_CHECKING, BinaryIO

from hongxian.errors import Exit
from hongxian.guards.mask.copies.mail_parts import Mail
from hongxian.guards.mask.copies.members import check_depth
from hongxian.sensors.store.sources.documents import content
from hongxian.sensors.store.sources.mbox import mails
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from hongxian.guards.mask.copies.members import Units
    from hongxian.guards.mask.job import Job
    from hongxian.sensors.store.sources.file import File

_FROM = re.compile(rb"From (\S+)(.*)", re.DOTALL)
_UNQUOTED = re.compile(rb"^(>*From )", re.MULTILINE)


def mask_mail(file: File, place: str, out: BinaryIO, job: Job, units: Units) -> int:
    """Write a masked copy of a mail and return 1.

    Args:
        file: the mail.
        place: what it is called.
        out: takes the bytes.
        job: what is to happen.
        units: tells what an attachment becomes.

    Raises:
        HongxianError: an attachment cannot be copied, and is not to be left out.
        SourceError: it is too large, or lies in too many others.
    """
    check_depth(file)
    out.write(_masked(content(file), file, place, job, units))
    return 1


def mask_mbox(file: File, place: str, out: BinaryIO, job: Job, units: Units) -> int:
    """Write a masked copy of a box of mails and return how many there are.

    Args:
        file: the box.
        place: what it is called.
        out: takes the bytes.
        job: what is to happen.
        units: tells what an attachment becomes.

    Raises:
        HongxianError: an attachment cannot be copied, and is not to be left out.
        SourceError: a mail is too large, or the box lies in too many others.
    """
    check_depth(file)
    count = 0
    for first, data in mails(file):
        count += 1
        masked = _masked(data, file, f"{place}!{count}", job, units)
        out.write(_FROM.sub(rb"From MAILER-DAEMON\2", first))
        out.write(_UNQUOTED.sub(rb">\1", masked))
    return count


def _masked(data: bytes, file: File, place: str, job: Job, units: Units) -> bytes:
    """Return a mail masked; it keeps the ends of its lines."""
    ends = "\r\n" if b"\r\n" in data[:1_000] else "\n"
    out = io.BytesIO()
    try:
        mail = email.message_from_bytes(data)
        Mail(file, place, job, units).mask(mail)
        BytesGenerator(out, mangle_from_=False, policy=compat32.clone(linesep=ends)).flatten(mail)
    except (MessageError, RecursionError, ValueError, LookupError, AttributeError, TypeError):
        raise WordedError("mask_damaged", place, Exit.SENSOR, kind="mail") from None
    return out.getvalue()
