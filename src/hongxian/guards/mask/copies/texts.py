"""Texts of documents and mails under a plan: free text, and the names of those who wrote it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from hongxian.guards.mask.cells import pa
from hongxian.guards.mask.plan import Named

if TYPE_CHECKING:
    from hongxian.guards.mask.formats.markup import Change
    from hongxian.guards.mask.plan import Plan

TEXT = Named(None, "text", "format")
"""Covered text by text, whatever an audience gets for unknown columns."""
FORMAT = {
    "data": Named(None, "suppress", "format"),
    "line": TEXT, "attribute": TEXT, "comment": TEXT, "header": TEXT,
    "author": Named("basic.name", None, "format"),
    "name": Named("basic.name", None, "format"),
    "address": Named("basic.email", None, "format"),
}  # fmt: skip
"""What the texts of a document are, unless the user says otherwise."""


def format_plan(plan: Plan) -> Plan:
    """Return a plan that knows what a document's texts are; it counts in the same columns."""
    return replace(plan, named={**FORMAT, **plan.named})


def changing(plan: Plan) -> Change:
    """Return what changes texts of one kind by a plan; what may not be shown becomes empty."""
    return partial(_changed, format_plan(plan))


def _changed(plan: Plan, kind: str, values: list[str]) -> list[str]:
    column = pa.array(values, pa.string())
    return [one or "" for one in plan.column(kind, column).to_pylist()]
