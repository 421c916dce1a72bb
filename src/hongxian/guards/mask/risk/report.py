"""The risk before and after, for people and for programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hongxian.guards.mask.risk.grade import grade, source
from hongxian.info.source import confidence_word
from hongxian.words import say
from hongxian.words.table import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.guards.mask.risk.measures import Risk

_DIGITS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskReport:
    """What was measured over a table before and after it was masked.

    Args:
        quasi: the quasi-identifiers.
        before: the measures of the source.
        after: the measures of the output.
        direct_before: columns of the source that are direct identifiers.
        direct_after: those of them that went out as they came.
        threshold: the highest risk that is accepted, if the user set one.
        unjudged: columns that went out although nobody knows what they hold.
    """

    quasi: tuple[str, ...]
    before: Risk | None
    after: Risk | None
    direct_before: int
    direct_after: int
    threshold: float | None = None
    unjudged: tuple[str, ...] = ()

    def record(self) -> dict[str, Any]:
        """Return the report for programs."""
        about = source()
        return {
            "quasi": list(self.quasi), "unjudged": list(self.unjudged),
            "before": _record(self.before) | {"grade": self.grades[0]},
            "after": _record(self.after) | {"grade": self.grades[1]},
            "grading": {
                "source": about["source"], "confidence": about["conf"],
                "threshold": about["threshold"] if self.threshold is None else self.threshold,
            },
        }  # fmt: skip

    @property
    def grades(self) -> tuple[int | None, int | None]:
        """The grades before and after."""
        return (
            grade(self.direct_before, self.before, self.threshold),
            grade(self.direct_after, self.after, self.threshold),
        )

    def text(self, lang: str, width: int | None = None) -> str:
        """Return the report as a table in a language."""
        header = [say(f"mask.risk_{name}", lang) for name in ("measure", "before", "after")]
        lines = [table(list(self._rows(lang)), header, width)]
        if any(self.grades):
            about = source()
            lines.append(say("mask.risk_grading", lang, source=about["source"],
                             confidence=confidence_word(about["conf"], lang)) + "\n")  # fmt: skip
        if self.unjudged:
            names = say("mask.comma", lang).join(self.unjudged)
            lines.append(say("mask.risk_unjudged", lang, names=names) + "\n")
        return "".join(lines)

    def _rows(self, lang: str) -> Iterator[list[str]]:
        if self.before and self.after:
            two = (self.before, self.after)
            yield [say("mask.risk_k", lang), *(str(one.k) for one in two)]
            yield [say("mask.risk_unique", lang), *(_share(one.unique, one.rows) for one in two)]
            small = say("mask.risk_below", lang, least=self.before.least)
            yield [small, *(_share(one.below, one.rows) for one in two)]
            yield [say("mask.risk_highest", lang), *(f"{one.highest:.{_DIGITS}f}" for one in two)]
            yield [say("mask.risk_average", lang), *(f"{one.average:.{_DIGITS}f}" for one in two)]
            for one, other in zip(self.before.diversity, self.after.diversity, strict=True):
                for name in ("distinct", "entropy", "recursive", "closeness"):
                    words = say(f"mask.risk_{name}", lang, column=one.column)
                    yield [words, *(_figure(getattr(side, name)) for side in (one, other))]
        grades = (
            say(f"mask.grade_{one}" if one else "mask.grade_none", lang) for one in self.grades
        )
        yield [say("mask.risk_grade", lang), *grades]


def _record(risk: Risk | None) -> dict[str, Any]:
    if risk is None:
        return {}
    found: dict[str, Any] = {
        name: getattr(risk, name)
        for name in ("rows", "classes", "k", "unique", "below", "least", "highest", "average")
    }
    found["diversity"] = [
        {
            "column": one.column, "distinct_l": one.distinct, "entropy_l": one.entropy,
            "recursive_c": one.recursive, "t": one.closeness, "ordered": one.ordered,
        }
        for one in risk.diversity
    ]  # fmt: skip
    return found


def _share(part: int, whole: int) -> str:
    return f"{part:,} ({part / whole:.1%})" if whole else str(part)


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.{_DIGITS}g}"
