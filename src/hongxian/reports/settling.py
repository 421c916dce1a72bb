"""What would settle the open behaviours of a subject, each command told once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongxian.judge.settle import settle

if TYPE_CHECKING:
    from hongxian.reports.model import Behaviour, Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to do, and the behaviours that it would settle."""

    text: str
    rules: tuple[str, ...]
    """Numbers, in the law's order."""


def settle_lines(behaviour: Behaviour, lang: str) -> tuple[str, ...]:
    """Return what would settle a behaviour; nothing where nothing is open."""
    return tuple(settle(behaviour.ruling, lang))


def steps(subject: Subject, lang: str) -> list[Step]:
    """Return what would settle a subject's open behaviours, that first which settles most.

    A person's answer settles any of them and comes last all the same: it is no observation.
    """
    found: dict[str, list[str]] = {}
    answers: set[str] = set()
    for behaviour in subject.behaviours:
        own = settle_lines(behaviour, lang)
        answers.update(own[-1:])
        for line in own:
            found.setdefault(line, []).append(behaviour.rule.number)
    lines = sorted(found.items(), key=lambda entry: (entry[0] in answers, -len(entry[1])))
    return [Step(text=text, rules=tuple(rules)) for text, rules in lines]
