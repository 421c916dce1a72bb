"""Why a ticket, or a request about one, is not taken."""

from __future__ import annotations

from hongxian.errors import Exit
from hongxian.words.worded import WordedError

STATUS = {
    "form": 400, "needless": 400, "lifetime": 400, "unknown": 403, "unqualified": 400,
    "parameters": 400, "person": 401, "signature": 401, "stale": 401, "again": 401,
    "may_not": 403, "self": 403, "same_key": 403, "same_device": 403, "same_session": 403,
    "altered": 403, "none": 404, "state": 409, "expired": 409, "used": 409, "twice": 409,
    "rows": 409, "unapproved": 409, "withdrawn": 409, "not_yours": 403,
    "act_none": 404, "act_state": 409, "act_gone": 409, "act_failed": 409,
}  # fmt: skip
"""Reason -> status of the HTTP answer; each is said by the text ``keep_ticket_REASON``."""


class TicketError(WordedError):
    """A ticket that is not taken.

    Args:
        reason: one of :data:`STATUS`.
        values: what fills the text's places.
    """

    def __init__(self, reason: str, **values: object) -> None:
        """Keep the reason."""
        self.reason = reason
        super().__init__(f"keep_ticket_{reason}", None, Exit.USAGE, **values)

    @property
    def status(self) -> int:
        """Status of the HTTP answer."""
        return STATUS[self.reason]
