"""Judging by Spark: the same text of each rule, where the facts lie."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongxian.errors import HongxianError
from hongxian.judge.engine import TOLD_TYPES
from hongxian.judge.views import REFERENCE
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hongxian.facts.spark import SparkStore
    from hongxian.rules.load import Rule

ROWS = (
    "select subject, verdict, array_sort(array_compact(array_distinct(evidence))) as evidence, "
    "* except (subject, verdict, evidence) from (\n{}\n) as ruled"
)
"""Around a rule's SELECT: evidence sorted, each fact once."""
_TOLD = TOLD_TYPES.format(
    text="get_json_object", runs="stored_runs", facts="stored_facts", current_runs="current_runs"
)


class SparkEngine:
    """An :class:`hongxian.judge.engine.Engine`.

    Args:
        store: holds the facts.
    """

    def __init__(self, store: SparkStore) -> None:
        """Take the store's session."""
        self.store = store

    def publish(self, tables: Mapping[str, Sequence[tuple[Any, ...]]]) -> None:
        """Make the views in the store's session, which nobody else sees."""
        self.store.open()
        for view, columns in REFERENCE.items():
            self.store.table(view, columns, tables.get(view, ()))

    def select(self, sql: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        return self.store.rows(sql)[1]

    def ruled(self, rule: Rule) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Run a rule; its few rows are put in order here."""
        try:
            names, rows = self.store.rows(ROWS.format(rule.sql))
        except WordedError as error:
            raise HongxianError(f"{rule.source}: {error}") from None
        return names[3:], sorted(rows, key=_order)

    def told_types(self) -> list[tuple[str, str | None]]:
        """Return every subject of the store and its app type."""
        self.store.name()
        return self.select(_TOLD)


def _order(row: tuple[Any, ...]) -> tuple[tuple[bool, Any], ...]:
    """Order by all values, nulls last, as the other engine does."""
    return tuple((value is None, value) for value in row)
