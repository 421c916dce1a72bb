"""Takes the page out of a saved web page (.mht, .mhtml)."""

from __future__ import annotations

import re

from hongxian.sensors.policy.reading.faults import ReadingError

_HEAD = re.compile(rb"^(?:mime-version|content-type)\s*:", re.IGNORECASE | re.MULTILINE)
_KIND = re.compile(rb"multipart/(?:related|mixed|alternative)|text/html", re.IGNORECASE)
_FIRST = re.compile(rb"\A\s*[A-Za-z][A-Za-z-]{1,40}:\s")
_MOST_PARTS = 5_000
_MOST_NESTED = 50


def is_saved_page(data: bytes) -> bool:
    """Tell a saved page by the headers it begins with."""
    head = data[:4096]
    return bool(_FIRST.match(head) and _HEAD.search(head) and _KIND.search(head))


def page_of(name: str, data: bytes) -> tuple[bytes, str | None]:
    """Return the page of a saved page, and the charset that its header declares.

    Raises:
        ReadingError: there is no page in it.
    """
    from email import message_from_bytes  # noqa: PLC0415 - loaded only for saved pages

    if data.lower().count(b"boundary=") > _MOST_NESTED or data.count(b"\n--") > _MOST_PARTS:
        raise ReadingError(name, "saved_page")
    try:
        for part in message_from_bytes(data).walk():
            if part.get_content_type() not in ("text/html", "application/xhtml+xml"):
                continue
            body = part.get_payload(decode=True)
            if isinstance(body, bytes) and body.strip():
                return body, part.get_content_charset()
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise ReadingError(name, "saved_page") from error
    raise ReadingError(name, "saved_page")
