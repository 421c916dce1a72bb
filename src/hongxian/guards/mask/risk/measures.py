"""k-anonymity, l-diversity, t-closeness and uniqueness of a table, all in SQL of DuckDB.

A class is all rows with the same quasi-identifiers; a missing value is a value like any other. A
row of the table may stand for several that are alike: a column then says for how many.

- k: rows of the smallest class (Sweeney 2002).
- distinct l: fewest values of a sensitive attribute in a class; entropy l: the exponential of the
  least entropy; recursive (c,l): the table is (c,l)-diverse for every c above the figure told, for
  l as the distinct one (Machanavajjhala et al. 2007).
- t: greatest distance of a class's distribution from the table's (Li et al. 2007): earth mover's
  distance over the ordered values of a number or date, else the equal distance.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from duckdb import DuckDBPyConnection

_ORDERED = ("INT", "DECIMAL", "DOUBLE", "FLOAT", "DATE", "TIME")
"""Beginnings or parts of the names of types whose values have an order and a distance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Diversity:
    """How much a class tells about one sensitive attribute."""

    column: str
    distinct: int
    entropy: float
    recursive: float | None
    """Least c of recursive (c,l)-diversity; ``None`` when l is one, for which no c is enough."""
    closeness: float
    ordered: bool
    """Whether closeness was measured over an order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """How easily a person is found in a table."""

    rows: int
    classes: int
    k: int
    unique: int
    """Rows that are alone in their class."""
    below: int
    """Rows in classes smaller than the least that is wanted."""
    least: int
    """The least that is wanted."""
    diversity: tuple[Diversity, ...] = ()

    @property
    def highest(self) -> float:
        """Chance of finding the right row of the person who is easiest to find."""
        return 1 / self.k if self.k else 0.0

    @property
    def average(self) -> float:
        """The same, on average over all rows."""
        return self.classes / self.rows if self.rows else 0.0


def measure(  # noqa: PLR0913 - a table, its columns by what they are, and a bound
    store: DuckDBPyConnection, table: str, quasi: Sequence[str], sensitive: Sequence[str] = (),
    *, least: int = 5, times: str = "",
) -> Risk:  # fmt: skip
    """Return the risk of a table.

    Args:
        store: the connection.
        table: name of the table.
        quasi: columns that together may tell who somebody is.
        sensitive: columns that nobody should learn of a person.
        least: classes smaller than this are counted.
        times: column that says how many rows each one stands for; without it each is itself alone.
    """
    size, keys = _size(times), ", ".join(map(quoted, quasi))
    rows, classes, smallest, unique, below = _row(
        store,
        f"""
        with class as (select {size} as size from {quoted(table)} group by {keys})
        select coalesce(sum(size), 0), count(*), coalesce(min(size), 0),
            count(*) filter (size = 1), coalesce(sum(size) filter (size < {int(least)}), 0)
        from class
        """,
    )
    return Risk(
        rows=int(rows), classes=classes, k=int(smallest), unique=unique, below=int(below),
        least=least,
        diversity=tuple(_diversity(store, table, keys, one, size) for one in sensitive if rows),
    )  # fmt: skip


def k_and_l(
    store: DuckDBPyConnection, table: str, quasi: Sequence[str], sensitive: str, times: str = ""
) -> tuple[int, int]:
    """Return k and distinct l alone, as :func:`measure` does."""
    keys, value = ", ".join(map(quoted, quasi)), quoted(sensitive)
    (least,) = _row(
        store,
        f"select min(n) from (select {_size(times)} n from {quoted(table)} group by {keys})",
    )
    if least == 1:  # who is alone has one value only, whatever it is
        return 1, 1
    smallest, kinds = _row(
        store,
        f"""
        with cell as (
            select {keys}, {value} as value, {_size(times)} as n from {quoted(table)} group by all
        ), class as (select sum(n) as size, count(*) as kinds from cell group by {keys})
        select coalesce(min(size), 0), coalesce(min(kinds), 0) from class
        """,
    )
    return int(smallest), int(kinds)


def _size(times: str) -> str:
    """Return how SQL says for how many rows those of a group stand."""
    return f"sum({quoted(times)})" if times else "count(*)"


def quoted(name: str) -> str:
    """Return a name as SQL takes it, whatever stands in it."""
    return '"' + name.replace('"', '""') + '"'


def _diversity(
    store: DuckDBPyConnection, table: str, keys: str, column: str, size: str
) -> Diversity:
    value, whole = quoted(column), quoted(table)
    (kind,) = _row(store, f"select any_value(typeof({value})) from {whole}")
    ordered = any(word in str(kind) for word in _ORDERED)
    store.execute(
        f"""
        create or replace temp table class_value as
        select dense_rank() over (order by {keys}) as class, value, n from (
            select {keys}, {value} as value, ({size})::double as n from {whole} group by all
        )
        """
    )
    distinct, entropy, recursive = _row(store, _SPREAD)
    closeness = _row(store, _ORDERED_DISTANCE if ordered else _EQUAL_DISTANCE)[0]
    store.execute("drop table class_value")
    return Diversity(
        column=column, distinct=int(distinct), entropy=math.exp(entropy),
        recursive=recursive if distinct > 1 else None, closeness=closeness, ordered=ordered,
    )  # fmt: skip


def _row(store: DuckDBPyConnection, query: str) -> tuple[Any, ...]:
    (row,) = store.execute(query).fetchall()
    return tuple(row)


_SPREAD = """
with class as (
    select count(*) as kinds, ln(sum(n)) - sum(n * ln(n)) / sum(n) as entropy,
        list(n order by n desc) as counts
    from class_value group by class
), least as (select min(kinds) as l from class)
select min(kinds), greatest(0, min(entropy)), max(counts[1] / list_sum(counts[l:]))
from class, least
"""

_EQUAL_DISTANCE = """
with whole as (
    select value, sum(n) / (select sum(n) from class_value) as share from class_value group by value
), class as (select class, sum(n) as size from class_value group by class)
select max(distance) from (
    -- values that a class lacks add their whole share
    select (sum(abs(n / size - share)) + 1 - sum(share)) / 2 as distance
    from class_value join class using (class)
    join whole on class_value.value is not distinct from whole.value
    group by class
)
"""

_ORDERED_DISTANCE = """
with whole as (
    select value, row_number() over (order by value nulls first) - 1 as place,
        sum(sum(n)) over (order by value nulls first) / (select sum(n) from class_value) as reach
    from class_value group by value
), ends as (
    -- what all places before one reach together; one place behind the last closes the sums
    select place, reach, coalesce(sum(reach) over (
        order by place rows between unbounded preceding and 1 preceding), 0) as before
    from (select place, reach from whole union all select max(place) + 1, 2 from whole)
), step as (
    -- between two of its values the reach of a class stays as it is
    select class, place as first,
        lead(place, 1, (select max(place) from ends)) over (
            partition by class order by place) as last,
        sum(n) over (partition by class order by place)
            / sum(n) over (partition by class) as reach
    from class_value join whole on class_value.value is not distinct from whole.value
    union all
    select class, 0, min(place), 0
    from class_value join whole on class_value.value is not distinct from whole.value
    group by class
), cut as (
    -- where the reach of the whole passes that of the class
    select class, first, last, step.reach,
        least(greatest(coalesce(ends.place + 1, 0), first), last) as middle
    from step asof left join ends on step.reach >= ends.reach
)
select coalesce(max(distance), 0) from (
    select sum(
        cut.reach * (middle - first) - (at_middle.before - at_first.before)
        + (at_last.before - at_middle.before) - cut.reach * (last - middle)
    ) / nullif((select max(place) from ends) - 1, 0) as distance
    from cut
    join ends as at_first on at_first.place = first
    join ends as at_middle on at_middle.place = middle
    join ends as at_last on at_last.place = last
    group by class
)
"""
