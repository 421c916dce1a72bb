"""The report on policies as JSON; ``docs/policy.md`` describes it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hongxian.reports.policy.view import place
from hongxian.words.mask import mask_all

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hongxian.facts import Coverage, Fact
    from hongxian.reports.policy.view import PolicyView

VERSION = 1
"""Of the shape; it grows when a field changes its meaning or goes."""


def render(views: Sequence[PolicyView], lang: str) -> str:
    """Return the JSON text; keys are those of the fact language, whatever ``lang``."""
    del lang
    content = {"version": VERSION, "policies": [_policy(view) for view in views]}
    return json.dumps(mask_all(content), ensure_ascii=False, indent=2) + "\n"


def _policy(view: PolicyView) -> dict[str, Any]:
    document = view.document
    return {
        "subject": view.subject,
        "document": {
            "name": document.name, "title": document.title, "format": document.format,
            "charset": document.charset, "language": document.language,
            "characters": len(document.text), "han": document.han, "sha256": document.sha256,
            "shell": document.shell,
        },
        "coverage": [_coverage(one) for one in view.coverage],
        "parts": [
            {
                "item": part.item, "group": part.group, "state": part.state,
                "rules": list(part.rules), "facts": [_fact(fact) for fact in part.facts],
            }
            for part in view.parts
        ],
        "figures": [_fact(fact) for fact in view.figures],
        "declared": [_fact(fact) for fact in view.declared],
    }  # fmt: skip


def _coverage(one: Coverage) -> dict[str, Any]:
    return {"scope": one.scope, "status": one.status, "reason": one.reason}


def _fact(fact: Fact) -> dict[str, Any]:
    start, end = place(fact)
    row = {
        "id": fact.fact_id, "item": fact.item, "info": fact.info, "actor": fact.actor,
        "party": fact.party, "recipient": fact.recipient, "purpose": fact.purpose,
        "basis": fact.basis, "amount": fact.amount, "unit": fact.unit, "form": fact.form,
        "day": fact.effective_at.date().isoformat() if fact.effective_at else None,
        "start": start, "end": end, "locator": fact.locator, "detail": fact.detail,
    }  # fmt: skip
    return {name: value for name, value in row.items() if value not in (None, {})}
