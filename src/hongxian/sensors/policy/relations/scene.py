"""One sentence with all that is named in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hongxian.sensors.policy.declarations import Span

if TYPE_CHECKING:
    from hongxian.sensors.policy.clauses import Sentence
    from hongxian.sensors.policy.mentions import Mention
    from hongxian.sensors.policy.relations.terms import Terms


NOWHERE = Span(0, 0)
"""The place of what no words name."""


@dataclass(slots=True)
class Named:
    """A key with the place of the words that name it."""

    key: str | None
    span: Span
    referred: bool = False
    unresolved: bool = False


@dataclass(slots=True)
class Act:
    """A verb of handling, by the lexicon or by its place in the sentence."""

    start: int
    end: int
    key: str
    manual: bool = False
    """The person does it: you provide, fill in, upload."""
    asks: bool = False
    """It asks for a permission."""


@dataclass(slots=True, kw_only=True)
class Group:
    """Verbs that share subject and object: 收集、使用."""

    acts: list[Act]
    clause: int
    subject: str | None = None
    """Who does it, as the sentence says; ``None`` when it does not say."""
    subject_span: Span | None = None
    negated: bool = False
    possible: bool = False
    infos: list[Named] = field(default_factory=list)
    reach: Span = NOWHERE
    """From the verb before to the verb after it."""
    elided: bool = False
    """Its PI is that of the verb before."""
    purposes: list[Named] = field(default_factory=list)
    vague: bool = False
    """A purpose is told that the lexicon does not know."""
    weak: list[Named] = field(default_factory=list)
    """Purposes that stand near, without a word that ties them."""
    recipients: list[Named] = field(default_factory=list)
    condition: Named | None = None
    permission: Named | None = None
    method: str | None = None

    @property
    def start(self) -> int:
        """Where its first verb starts."""
        return self.acts[0].start

    @property
    def end(self) -> int:
        """Where its last verb ends."""
        return self.acts[-1].end

    @property
    def keys(self) -> list[str]:
        """Its verbs, each once; use is not told beside collect."""
        keys = list(dict.fromkeys(act.key for act in self.acts))
        return [key for key in keys if key != "use" or "collect" not in keys]


class Scene:
    """A sentence, its clauses and its terms."""

    def __init__(self, terms: Terms, sentence: Sentence) -> None:
        """Take a sentence.

        Args:
            terms: of the document.
            sentence: of the document.
        """
        self.text = terms.text
        self.terms = terms
        self.sentence = sentence
        self.span = Span(sentence.start, sentence.end)
        self.clauses = sentence.clauses or [self.span]
        self._starts = [clause.start for clause in self.clauses]
        self.infos = terms.within("info", self.span)
        self.parties = terms.within("party", self.span)
        self.moot = [False] * len(self.clauses)

    def clause(self, at: int) -> int:
        """Return the number of the clause that a place stands in."""
        return max(0, bisect_right(self._starts, at) - 1)

    def words(self, number: int) -> str:
        """Return the words of a clause."""
        clause = self.clauses[number]
        return self.text[clause.start : clause.end]

    def before(self, at: int) -> str:
        """Return the words of the clause before a place."""
        start = max(self.clauses[self.clause(at)].start, self.sentence.start)
        return self.text[max(start, at - 80) : at]

    def after(self, at: int, most: int = 80) -> str:
        """Return the words of the sentence after a place."""
        return self.text[at : min(self.sentence.end, at + most)]

    def named(self, kind: str) -> list[Mention]:
        """Return the terms of a kind in the sentence."""
        return self.terms.within(kind, self.span)


def compiled(*parts: str) -> re.Pattern[str]:
    """Compile alternatives, without regard to case."""
    return re.compile("|".join(parts), re.IGNORECASE)
