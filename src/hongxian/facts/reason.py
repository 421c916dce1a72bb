"""Why something was not looked at in full: a word that can be said in any language."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hongxian.words import area_words, say


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: a text of ``words/``, what fills its places, and where.

    A value may be the :meth:`data` of another reason, which is then said in the same language.
    """

    word: str
    """Text, as ``area.name``."""
    values: dict[str, Any] = field(default_factory=dict, hash=False)
    where: str | None = None
    """File, member or offset."""

    def say(self, lang: str) -> str:
        """Return the reason in a language, behind the place when one is told."""
        filled = {name: _said(value, lang) for name, value in self.values.items()}
        text = say(self.word, lang, **filled)
        return f"{self.where}{say('reason.colon', lang)}{text}" if self.where else text

    def data(self) -> dict[str, Any]:
        """Return the reason as JSON-able data; what is empty is left out."""
        told = {"word": self.word, "values": self.values, "where": self.where}
        return {name: value for name, value in told.items() if value}


def read_reason(data: Any) -> Reason | None:
    """Return the reason that data tell; ``None`` when it cannot be said in our words.

    Facts of other programs pass here, so nothing is taken for granted.
    """
    try:
        area, name = data["word"].split(".", 1)
        where, values = data.get("where"), dict(data.get("values", {}))
        if not area.isidentifier():
            return None
        area_words(area)[name]["en"].format(**values)  # every place of the text can be filled
        reason = Reason(data["word"], values, None if where is None else str(where))
    except (AttributeError, IndexError, KeyError, OSError, TypeError, ValueError):
        return None
    return reason


def say_all(reasons: tuple[Reason, ...], lang: str) -> str:
    """Return several reasons in one line, each once."""
    return say("reason.semicolon", lang).join(dict.fromkeys(one.say(lang) for one in reasons))


def _said(value: Any, lang: str) -> Any:
    nested = read_reason(value) if isinstance(value, dict) else None
    return nested.say(lang) if nested else value
