"""Reports on one privacy policy: what it declares, what it contains, what it leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.reports.policy.view import PolicyView, build_views

if TYPE_CHECKING:
    from collections.abc import Sequence

FORMATS = ("table", "html", "json")
"""Formats of a report on a policy."""


def render(views: Sequence[PolicyView], form: str, lang: str) -> str:
    """Return the report on policies as text in one of :data:`FORMATS`."""
    if form == "html":
        from hongxian.reports.policy import html as writer  # noqa: PLC0415 - loads a template
    elif form == "json":
        from hongxian.reports.policy import json_ as writer  # type: ignore[no-redef] # noqa: PLC0415
    else:
        from hongxian.reports.policy import table as writer  # type: ignore[no-redef] # noqa: PLC0415
    return writer.render(views, lang)


__all__ = ["FORMATS", "PolicyView", "build_views", "render"]
