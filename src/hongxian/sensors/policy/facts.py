"""Turns what a policy declares and contains into facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from hongxian.facts import Fact
from hongxian.laws.sdks import load_sdks
from hongxian.words.mask import mask

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hongxian.sensors.policy.declarations import Declaration
    from hongxian.sensors.policy.document import Document
    from hongxian.sensors.policy.findings import Finding

EXCERPT = 120
"""Characters of the policy that a fact quotes."""

_BASES = {
    "consent": "consent", "separate_consent": "separate_consent",
    "law": "legal_duty", "legal_exception": "legal_exception",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class About:
    """What every fact of one policy says: the subject, and the sha256 of the document."""

    subject: str
    artefact: str

    def fact(self, kind: str, **columns: Any) -> Fact:
        """Make a fact of sensor ``policy``."""
        return Fact(
            subject=self.subject, sensor="policy", kind=kind, artefact=self.artefact,
            certainty="declared", **columns,
        )  # fmt: skip


def declared_facts(
    about: About, document: Document, declarations: Iterable[Declaration]
) -> Iterator[Fact]:
    """Yield one ``declare`` fact for each declaration; the clause is quoted, masked."""
    for said in declarations:
        yield about.fact(
            "declare",
            item=said.act,
            info=said.info,
            actor=said.actor,
            party=_company(said.actor),
            recipient=said.recipient,
            purpose=said.purpose,
            basis=_BASES.get(said.condition or ""),
            amount=said.days,
            unit=None if said.days is None else "day",
            form=said.form,
            locator=document.locator(said.span.start, said.span.end),
            detail=_detail(said, document),
        )


def section_facts(about: About, document: Document, findings: Iterable[Finding]) -> Iterator[Fact]:
    """Yield one ``section`` fact for each part or figure of the policy."""
    for found in findings:
        whole = found.end <= found.start
        quote = {} if whole else {"excerpt": excerpt(document, found.start, found.end)}
        yield about.fact(
            "section",
            item=found.item,
            info=found.info,
            party=found.recipient if found.item == "operator_identity" else None,
            recipient=None if found.item == "operator_identity" else found.recipient,
            purpose=found.purpose,
            effective_at=None if found.day is None else datetime.combine(found.day, time()),
            amount=found.amount,
            unit=found.unit,
            locator=None if whole else document.locator(found.start, found.end),
            detail={**found.detail, **quote},
        )


def excerpt(document: Document, start: int, end: int) -> str:
    """Return a stretch of the policy on one line, masked, at most :data:`EXCERPT` long."""
    text = " ".join(mask(document.text[start:end]).split())
    return text if len(text) <= EXCERPT else text[: EXCERPT - 1] + "…"


def _company(actor: str) -> str | None:
    sdk = load_sdks().get(actor)
    return sdk.company if sdk else None


def _detail(said: Declaration, document: Document) -> dict[str, Any]:
    found = {
        "function": said.function,
        "method": said.method,
        "permission": said.permission,
        "condition": said.condition,
        "possible": said.possible or None,
        "referred": said.referred or None,
        "unresolved": said.unresolved or None,
    }
    detail: dict[str, Any] = {name: value for name, value in found.items() if value is not None}
    detail["excerpt"] = excerpt(document, said.span.start, said.span.end)
    return detail
