"""Reports on stores: the inventory of personal information, and what the rules say of it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from hongxian.reports.store.inventory import Inventory, Row, build_inventory

if TYPE_CHECKING:
    from hongxian.reports.model import Report

FORMATS = {
    "table": "table", "json": "json_", "html": "html", "csv": "csv_", "sarif": "sarif",
    "tags": "tags",
}  # fmt: skip
"""Format -> module; each has ``render(inventory, report, lang) -> str``."""


def render(inventory: Inventory, report: Report, form: str, lang: str) -> str:
    """Return the report on a scan as text in one of :data:`FORMATS`."""
    module = import_module(f"hongxian.reports.store.{FORMATS[form]}")
    text: str = module.render(inventory, report, lang)
    return text


__all__ = ["FORMATS", "Inventory", "Row", "build_inventory", "render"]
