"""The report for a terminal: the behaviours in the law's groups, and what would settle the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.reports.names import MARKS, app_type_name, group_title, subject_name, word
from hongxian.reports.settling import steps
from hongxian.reports.wording import headline, unlooked
from hongxian.words import say
from hongxian.words.table import cells, pad, table, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.reports.model import Behaviour, Report, Subject

_COLOURS = {
    "violated": "31;1", "suspected": "33", "unclear": "36", "satisfied": "32",
    "not_applicable": "2", "strong": "1", "faint": "2",
}  # fmt: skip
_MANY = 3
"""From so many subjects on, a table of them replaces the lists of behaviours."""


def render(report: Report, lang: str, *, width: int = 100, colour: bool = False) -> str:
    """Return the text for a terminal.

    Args:
        report: the model.
        lang: ``zh`` or ``en``.
        width: cells a line may take.
        colour: use ANSI colours; every verdict has its mark and word without them.
    """
    page = _Page(lang, max(width, 40), colour)
    if len(report.subjects) < _MANY:
        parts = [page.subject(subject) for subject in report.subjects]
    else:
        parts = [page.overview(report)]
    return "\n".join([*parts, page.foot(report)]) + "\n"


class _Page:
    """Knows language, width and whether to colour."""

    def __init__(self, lang: str, width: int, colour: bool) -> None:
        self.lang, self.width, self.colour = lang, width, colour

    def paint(self, text: str, style: str) -> str:
        """Return the text in a style, where colour is wanted."""
        return f"\x1b[{_COLOURS[style]}m{text}\x1b[0m" if self.colour else text

    def say(self, key: str, **values: object) -> str:
        """Return a text of the reports."""
        return say(f"report.{key}", self.lang, **values)

    def subject(self, subject: Subject) -> str:
        """Return the whole of one subject."""
        lines = [*self.head(subject), *self.coverage(subject), "", *self.counts(subject)]
        shown = [verdict for verdict, count in subject.counts.items() if count]
        longest = max((cells(word("verdict", one, self.lang)) for one in shown), default=0)
        for group in subject.groups:
            title = self.wrapped(group_title(group, self.lang))
            lines += ["", *(self.paint(line, "strong") for line in title)]
            for behaviour in group.behaviours:
                lines += self.behaviour(behaviour, longest)
        return "\n".join([*lines, *self.settle(subject)])

    def head(self, subject: Subject) -> Iterator[str]:
        """Yield the title lines."""
        about = subject.about
        for line in self.wrapped(f"{subject_name(about, self.lang)} {about.version}"):
            yield self.paint(line, "strong")
        colon = self.say("colon")
        digest = f"sha256 {about.digest[:12]} · " if about.digest else ""
        kind = f"{self.say('head_type')}{colon}{app_type_name(subject, self.lang)}"
        yield from self.wrapped(f"{digest}{kind}")

    def coverage(self, subject: Subject) -> Iterator[str]:
        """Yield what was looked at, what in part and why, and what not at all."""
        comma, colon = self.say("semicolon"), self.say("colon")
        whole = [word("scope", s.scope, self.lang) for s in subject.coverage if s.status == "ran"]
        if whole:
            yield from self.wrapped(self.say("looked", scopes=comma.join(whole)))
        for scope in subject.coverage:
            if scope.status != "ran" and (scope.status == "partial" or scope.reason):
                name = word("scope", scope.scope, self.lang)
                status = word("status", scope.status, self.lang)
                why = scope.why(self.lang)
                reason = f" — {why}" if why else ""
                yield from self.wrapped(f"{status}{colon}{name}{reason}")
        if none := unlooked(subject, self.lang):
            yield from self.wrapped(self.say("unlooked", sensors=self.say("comma").join(none)))

    def counts(self, subject: Subject) -> Iterator[str]:
        """Yield how many behaviours have which verdict."""
        line = self.say("head_summary", total=len(subject.behaviours)) + self.say("colon")
        room = self.width - cells(line)
        for verdict, count in subject.counts.items():
            shown = f"{MARKS[verdict]} {word('verdict', verdict, self.lang)} {count}"
            if count and room < cells(shown) + 2:
                yield line.rstrip()
                line, room = "  ", self.width - 2
            if count:
                line += self.paint(shown, verdict) + "  "
                room -= cells(shown) + 2
        yield line.rstrip()

    def behaviour(self, behaviour: Behaviour, longest: int) -> Iterator[str]:
        """Yield the verdict, number and title of a behaviour, and one line of evidence."""
        verdict = behaviour.verdict
        label = pad(f"{MARKS[verdict]} {word('verdict', verdict, self.lang)}", longest + 2)
        margin = "  " + " " * (longest + 2) + "  "
        number = pad(behaviour.rule.number, 5)
        title = behaviour.rule.title[self.lang]
        if behaviour.accepted:
            title += f" [{self.say('accepted')}]"
        room = self.width - len(margin) - len(number)
        first, *rest = wrap(title, room)
        yield f"  {self.paint(label, verdict)}  {number}{first}"
        yield from (f"{margin}     {line}" for line in rest)
        for line in wrap(headline(behaviour, self.lang), room):
            yield f"{margin}     {self.paint(line, 'faint')}"

    def settle(self, subject: Subject) -> Iterator[str]:
        """Yield the commands that would settle what is open, each once."""
        found = steps(subject, self.lang)
        if found:
            yield ""
            yield self.paint(self.say("head_settle"), "strong")
        for step in found:
            yield from self.wrapped(step.text, "  ")
            yield from self.wrapped(self.say("settles", rules=" ".join(step.rules)), "    ")

    def overview(self, report: Report) -> str:
        """Return one line for each of many subjects."""
        header = [self.say("head_subject")]
        header += [f"{mark} {word('verdict', v, self.lang)}" for v, mark in MARKS.items()]
        rows = [
            [f"{s.about.name} {s.about.version}".rstrip(), *map(str, s.counts.values()), _open(s)]
            for s in report.subjects
        ]
        return table(rows, [*header, self.say("head_worst")], self.width)

    def foot(self, report: Report) -> str:
        """Return by which law and version it was judged."""
        day = f"{report.origin.judged_at:%Y-%m-%d}"
        line = self.say("judged_line", day=day, version=report.origin.version)
        return "\n" + self.paint(line, "faint")

    def wrapped(self, text: str, indent: str = "") -> Iterator[str]:
        """Yield the lines of a text."""
        return (indent + line for line in wrap(text, self.width - len(indent)))


def _open(subject: Subject) -> str:
    """Return the numbers that are violated or suspected, with their marks."""
    worst = [one for one in subject.behaviours if one.verdict in ("violated", "suspected")]
    return " ".join(f"{MARKS[one.verdict]}{one.rule.number}" for one in worst)
