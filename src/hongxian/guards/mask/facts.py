"""What masking reports of itself: how each column of a copy is, and the risk that is left.

No value is in it, and no key; columns and places are covered as in every other output.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongxian.facts import Coverage, Fact
from hongxian.facts.reason import Reason
from hongxian.guards.mask.risk.grade import role
from hongxian.words.mask import mask

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.guards.mask.plan import Column
    from hongxian.guards.mask.risk.measures import Risk
    from hongxian.guards.mask.risk.report import RiskReport
    from hongxian.guards.mask.run import Masked

SCOPE = "guard.mask"

FORMS = {
    "keep": "clear", "permute": "clear",
    "partial": "masked", "text": "masked", "band": "masked", "region": "masked", "date": "masked",
    "round": "masked", "noise": "masked",
    "pseudonym": "hashed", "hash": "hashed", "fpe": "encrypted", "token": "encrypted",
    "suppress": "anonymised", "synthetic": "anonymised",
}  # fmt: skip
"""In which form a value is after each technique."""


def mask_facts(subject: str, copy: str, masked: Masked, audience: str) -> Iterator[Fact]:
    """Yield the facts of a copy: one for each column, one for each risk that was measured.

    Args:
        subject: whose data it is.
        copy: name of the file or folder that was written.
        masked: what was done.
        audience: for whom.
    """
    for outcome in masked.outcomes:
        place = mask(f"{copy}: {outcome.place}" if outcome.place != copy else copy)
        for column in outcome.columns:
            yield _column(subject, place, column, audience)
        if outcome.risk and outcome.risk.after:
            yield _risk(subject, place, outcome.risk, outcome.risk.after, audience)


def _column(subject: str, place: str, column: Column, audience: str) -> Fact:
    technique = column.rule.technique
    detail: dict[str, Any] = {
        "role": role(column.info) if column.info else "other",
        "refused": column.refused, "told": column.how, "audience": mask(audience),
    }  # fmt: skip
    item = f"{place}.{mask(column.name)}"
    return Fact(
        subject=subject, sensor="guard", kind="deidentify", item=item, info=column.info,
        outcome=technique, form=FORMS[technique], amount=float(column.values), unit="row",
        locator=item, artefact=SCOPE, detail=detail,
    )  # fmt: skip


def _risk(subject: str, place: str, report: RiskReport, after: Risk, audience: str) -> Fact:
    earlier, grade = report.grades
    before: dict[str, Any] = {"grade": earlier}
    if report.before:
        before |= {"k": report.before.k, "highest": report.before.highest}
    detail = {
        "grade": grade, "k": after.k, "quasi": [mask(name) for name in report.quasi],
        "before": before, "audience": mask(audience),
    }  # fmt: skip
    return Fact(
        subject=subject, sensor="guard", kind="risk", item=place, amount=after.highest,
        unit="ratio", locator=place, artefact=SCOPE, detail=detail,
    )  # fmt: skip


def mask_coverage(subject: str, masked: Masked) -> Coverage:
    """Return how much of a source was copied; what was not is named."""
    reasons = tuple(_reason(one) for one in masked.problems)
    status = ("partial" if reasons else "ran") if masked.outcomes else "not_run"
    detail = {"tables": len(masked.outcomes), "rows": sum(one.rows for one in masked.outcomes)}
    return Coverage(
        subject=subject, scope=SCOPE, status=status, artefact=SCOPE, detail=detail,
        reasons=reasons or (() if masked.outcomes else (Reason("store.nothing"),)),
    )  # fmt: skip


def _reason(problem: Any) -> Reason:
    if isinstance(problem, Reason):
        return problem
    own = getattr(problem, "reason", None)
    where = str(problem.where) if getattr(problem, "where", None) else None
    return own or Reason("mask.not_copied", {}, where)
