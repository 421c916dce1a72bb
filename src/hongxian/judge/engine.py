"""What judging asks of the engine that holds the facts; all else is the same on each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from hongxian.facts.duck import Store

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hongxian.facts.spark import SparkStore
    from hongxian.rules.load import Rule

    AnyStore = Store | SparkStore

TOLD_TYPES = """
select s.subject, max({text}(f.detail, '$.value'))
from (select distinct subject from {runs}) as s
left join (
  select subject, detail from {facts}
  where kind = 'trait' and item = 'app_type' and run in (select run from {current_runs})
) as f on f.subject = s.subject
group by s.subject order by s.subject
"""
"""Every subject of a store, and the app type that was told of it."""


class Engine(Protocol):
    """Runs SQL over the facts of one store."""

    def publish(self, tables: Mapping[str, Sequence[tuple[Any, ...]]]) -> None:
        """Make the views of :data:`hongxian.judge.views.VIEWS`.

        Args:
            tables: rows of the reference views.
        """

    def select(self, sql: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query over the published views."""

    def ruled(self, rule: Rule) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Run a rule's SELECT.

        Returns:
            The names of its columns beyond subject, verdict and evidence; and its rows, these
            three first, ordered by all of their values, evidence sorted and each fact once.

        Raises:
            HongxianError: the SQL does not run; names the rule.
        """

    def told_types(self) -> list[tuple[str, str | None]]:
        """Return every subject of the store and the app type that was told of it."""


def engine_of(store: AnyStore) -> Engine:
    """Return the engine of a store."""
    if isinstance(store, Store):
        from hongxian.judge.duck import DuckEngine  # noqa: PLC0415 - each loads its own engine

        return DuckEngine(store)
    from hongxian.judge.spark import SparkEngine  # noqa: PLC0415 - as above

    return SparkEngine(store)
