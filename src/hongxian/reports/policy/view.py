"""What a report on a policy shows, whatever its format."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from hongxian.facts.vocabulary import SECTIONS
from hongxian.reports.policy.parts import DOUBTFUL, PARTS, WHERE_ANY
from hongxian.words.mask import mask

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hongxian.facts import Coverage, Fact
    from hongxian.sensors.policy.document import Document
    from hongxian.sensors.policy.sense import SensedPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part that was looked for."""

    item: str
    group: str
    """Key of :data:`~hongxian.reports.policy.parts.PARTS`, or ``doubtful``."""
    rules: tuple[str, ...]
    facts: tuple[Fact, ...]
    """Where it stands; empty when it is missing."""
    known: bool
    """Whether the text could be read in full: a part not found in half a text may be there."""

    @property
    def state(self) -> str:
        """``there``, ``missing`` or ``unclear``."""
        if self.facts:
            return "there"
        return "missing" if self.known else "unclear"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A stretch of the policy that one set of facts covers."""

    start: int
    end: int
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyView:
    """One document as reports show it."""

    subject: str
    document: Document
    declared: tuple[Fact, ...]
    """In the order of the text."""
    stretches: tuple[Stretch, ...]
    """The text cut at the borders of all facts with a place, without gaps."""
    parts: tuple[Part, ...] = ()
    figures: tuple[Fact, ...] = ()
    """Measured properties: length, length of sentences, font size ..."""
    coverage: tuple[Coverage, ...] = ()

    @property
    def title(self) -> str:
        """What the document calls itself, else its file's name."""
        return mask(self.document.title or self.document.name)


def build_views(sensed: SensedPolicy) -> list[PolicyView]:
    """Return what there is to show: the policy, then its lists, each a document of its own.

    The parts are told once, with the policy, whichever document holds them.
    """
    sections = [fact for fact in sensed.facts if fact.kind == "section"]
    coverage = tuple(sensed.coverage())
    known = any(c.scope == "policy.text" and c.status == "ran" for c in coverage)
    parts = tuple(_parts(sections, known=known))
    listed = {part.item for part in parts} | set(DOUBTFUL)
    first, *others = (sensed.version, *sensed.companions)
    figures = tuple(f for f in sections if f.item not in listed)
    return [
        _view(sensed, first.document, parts=parts, figures=figures, coverage=coverage),
        *(_view(sensed, other.document) for other in others),
    ]


def _view(sensed: SensedPolicy, document: Document, **shown: Any) -> PolicyView:
    facts = [fact for fact in sensed.facts if fact.artefact == document.sha256]
    declared = [fact for fact in facts if fact.kind == "declare"]
    return PolicyView(
        subject=sensed.subject,
        document=document,
        declared=tuple(sorted(declared, key=place)),
        stretches=tuple(cut(len(document.text), facts)),
        **shown,
    )


def place(fact: Fact) -> tuple[int, int]:
    """Return the offsets of a fact in the policy; (0, 0) for one about the whole."""
    start, _, end = (fact.locator or "chars 0-0").rpartition("chars ")[2].partition("-")
    return int(start), int(end)


def cut(length: int, facts: Iterable[Fact]) -> list[Stretch]:
    """Cut a text of so many characters at the borders of the facts with a place."""
    placed = [(place(fact), fact) for fact in facts]
    placed = [(span, fact) for span, fact in placed if span[1] > span[0]]
    opening: dict[int, list[Fact]] = {}
    closing: dict[int, list[Fact]] = {}
    for (start, end), fact in placed:
        opening.setdefault(start, []).append(fact)
        closing.setdefault(end, []).append(fact)
    borders = sorted({0, length, *opening, *closing})
    stretches = []
    current: dict[str, Fact] = {}
    for start, end in pairwise(borders):
        for fact in closing.get(start, ()):
            current.pop(fact.fact_id, None)
        current.update((fact.fact_id, fact) for fact in opening.get(start, ()))
        stretches.append(Stretch(start=start, end=end, facts=tuple(current.values())))
    return stretches


def _parts(sections: Sequence[Fact], *, known: bool) -> Iterable[Part]:
    found: dict[str, list[Fact]] = {}
    for fact in sections:
        found.setdefault(fact.item or "", []).append(fact)
    for group, parts in PARTS.items():
        for item, rules in parts.items():
            if item in SECTIONS and (item not in WHERE_ANY or {item, WHERE_ANY[item]} & {*found}):
                facts = tuple(found.get(item, ()))
                yield Part(item=item, group=group, rules=rules, facts=facts, known=known)
    for item, rules in DOUBTFUL.items():
        if item in found:
            facts = tuple(found[item])
            yield Part(item=item, group="doubtful", rules=rules, facts=facts, known=known)
