"""Heads of mails: names and addresses of people, ids of mails, names of files, all other texts."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from email.errors import MessageError
from email.header import Header, decode_header, make_header
from email.utils import formataddr, getaddresses
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from email.message import Message

    from hongxian.guards.mask.formats.markup import Change

NOWHERE = "masked.invalid"
"""The domain of addresses that are none any more: no such one can be (RFC 2606)."""
SIGNED = re.compile(
    r"dkim-signature|x-google-dkim-signature|domainkey-signature|arc-.*|autocrypt|x-face|face",
    re.IGNORECASE,
)
"""Heads that hold only for the mail as it was sent, or are a picture."""
_PEOPLE = re.compile(
    r"(?:resent-)?(?:from|to|cc|bcc|sender|reply-to)|return-path|delivered-to|x-original-to"
    r"|envelope-to|apparently-to|disposition-notification-to|errors-to|mail-followup-to",
    re.IGNORECASE,
)
_IDS = re.compile(r"(?:resent-)?message-id|in-reply-to|references|content-id", re.IGNORECASE)
_STRUCTURE = re.compile(r"content-(?:type|disposition)", re.IGNORECASE)
"""Heads that hold the name of a file, if there is one, which is masked as names of files are."""
_ID = re.compile(r"<([^<>\s]+)>")
_ATOM = re.compile(r"[^A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]")


@cache
def _salt() -> bytes:
    """Return a secret of this run: ids of mails stay the same within it, and cannot be known."""
    return secrets.token_bytes(32)


def other_id(text: str) -> str:
    """Return what stands for the id of a mail or of a part of it."""
    return f"{hmac.new(_salt(), text.encode(), hashlib.sha256).hexdigest()[:20]}@{NOWHERE}"


def mask_heads(part: Message, change: Change) -> bool:
    """Mask the heads of a mail, or of a part of it, and return whether one was a signature.

    Args:
        part: is changed.
        change: changes texts of the kinds ``name``, ``address`` and ``header``.
    """
    old = list(part.raw_items())
    named = part.get_filename() is not None
    for name in {name for name, _ in old}:
        del part[name]
    signed = False
    for name, value in old:
        if SIGNED.fullmatch(name):
            signed = True
            continue
        kept = named and _STRUCTURE.fullmatch(name)
        part[name] = value if kept else _masked(name, value, change)
    return signed


def _masked(name: str, value: Any, change: Change) -> Any:
    plain = " ".join(_decoded(value).split())
    if _IDS.fullmatch(name) and _ID.search(plain):
        return _ID.sub(lambda found: f"<{other_id(found[1])}>", plain)
    if _PEOPLE.fullmatch(name) and (people := _people(str(value), change)):
        return people
    [new] = change("header", [plain])
    return value if new == plain else _written(name, new)


def _written(name: str, text: str) -> Any:
    return text if text.isascii() else Header(text, "utf-8", header_name=name).encode()


def _decoded(value: Any) -> str:
    """Return what a head says; a byte without an encoding is read as well as it goes."""
    try:
        text = str(make_header(decode_header(value)))
    except (MessageError, ValueError, LookupError):
        text = str(value)
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _people(value: str, change: Change) -> str:
    """Return a list of people masked; nothing when it is no such list."""
    pairs = [(name, address) for name, address in getaddresses([value]) if name or address]
    names = change("name", [_decoded(name) for name, _ in pairs])
    addresses = change("address", [address for _, address in pairs])
    return ", ".join(
        formataddr((name, _address(address)))
        for name, address in zip(names, addresses, strict=True)
    )


def _address(text: str) -> str:
    """Return an address that a mail may have."""
    local, at, domain = text.rpartition("@")
    if at and text.isascii() and not _ATOM.search(local) and not _ATOM.search(domain):
        return text
    return f"{_ATOM.sub('-', text) or 'undisclosed'}@{NOWHERE}"
