"""What a source says when it cannot be read: one reason, sayable in both languages."""

from __future__ import annotations

from hongxian.facts.reason import Reason


class SourceError(Exception):
    """A source, or the rest of one, that cannot be read; what was read before stays.

    Args:
        word: name of the text in ``words/store.toml``.
        values: what fills its places; never a value out of the data.
    """

    def __init__(self, word: str, /, **values: object) -> None:
        """Keep the word, so that the reason can be said in either language."""
        super().__init__(word)
        self.word, self.values = word, values

    def reason(self, where: str | None = None) -> Reason:
        """Return it as a reason, with the place."""
        return Reason(f"store.{self.word}", dict(self.values), where)
