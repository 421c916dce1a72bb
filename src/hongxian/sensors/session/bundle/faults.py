"""What is wrong with a session bundle: an error ends the reading, a reason does not."""

from __future__ import annotations

from hongxian.errors import ArtefactError
from hongxian.facts import Reason


class SessionError(ArtefactError):
    """A bundle, or a part of it, that cannot be read.

    Args:
        where: the file or the member.
        word: name of the text in ``words/session.toml``, or ``area.name`` of another.
        values: what fills its places.
    """

    def __init__(self, where: str, word: str, **values: object) -> None:
        """Keep the reason, so that the line can be said in either language."""
        self.reason = Reason(word if "." in word else f"session.{word}", values, where)
        super().__init__(where, Reason(self.reason.word, values).say("en"))


def reason_of(error: ArtefactError) -> Reason:
    """Return why something could not be read: in our words, where the error has any."""
    found = getattr(error, "reason", None)
    if isinstance(found, Reason):
        return found
    word, values = getattr(error, "word", None), getattr(error, "values", None)
    if isinstance(word, str) and isinstance(values, dict):
        return Reason(f"package.{word}", dict(values), error.where)
    return Reason("reason.damaged", {"what": error.what}, error.where)
