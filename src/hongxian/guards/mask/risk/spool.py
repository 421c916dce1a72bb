"""Keeps the few columns that risk is measured over while a table goes by, before and after."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Self

from hongxian.guards.mask.cells import as_text, pa
from hongxian.guards.mask.risk.combinations import COUNT, Combinations
from hongxian.guards.mask.risk.measures import Risk, measure
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SIDES = ("before", "after")

MEMORY = "256MB"
"""What DuckDB may hold; the rest goes to a folder that only we can read, and that ends with us."""


class Spool:
    """A store of columns for as long as a table is masked.

    Rows are counted by what stands in them while that is possible, and kept where it is not.

    Args:
        quasi: columns that together may tell who somebody is.
        sensitive: columns that nobody should learn of a person.
    """

    def __init__(self, quasi: Sequence[str], sensitive: Sequence[str]) -> None:
        """Open a store in memory, with a private folder beside it."""
        import duckdb  # noqa: PLC0415 - heavy

        self.quasi, self.sensitive = tuple(quasi), tuple(sensitive)
        self._names = tuple(dict.fromkeys([*quasi, *sensitive]))
        self._folder = tempfile.TemporaryDirectory(prefix="hongxian-")
        self._store = duckdb.connect(
            config={"memory_limit": MEMORY, "temp_directory": self._folder.name, "threads": 2}
        )
        self._kinds: dict[str, list[Any]] = {}
        self._seen: set[str] = set()
        self._counted: dict[str, Combinations | None] = {}

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Forget everything."""
        self._store.close()
        self._folder.cleanup()

    def add(self, side: str, column: Callable[[str], Any]) -> None:
        """Keep the columns of one batch.

        Args:
            side: ``before`` or ``after``.
            column: returns a column of the batch by its name; nulls when only this batch has none,
                ``None`` when no batch has.

        Raises:
            HongxianError: a column is not there.
        """
        arrays = [column(name) for name in self._names]
        for name, array in zip(self._names, arrays, strict=True):
            if array is None:
                raise WordedError("mask_no_column", word=name)
        self._seen.update(
            name for name, one in zip(self._names, arrays, strict=True) if one.type != pa.null()
        )
        kinds = self._kinds.setdefault(side, [_kind(array) for array in arrays])
        cast = [_as(array, kind) for array, kind in zip(arrays, kinds, strict=True)]
        counted = self._counted.setdefault(side, Combinations(kinds))
        if counted is None or not counted.add(cast):
            self._keep(side)
            names = [f"c{place}" for place in range(len(cast))]
            alone = pa.array([1] * len(cast[0]), pa.int64())
            self._insert(side, pa.table([*cast, alone], names=[*names, COUNT]))

    def _keep(self, side: str) -> None:
        """Put what was counted so far into the store; from now on rows are kept as they come."""
        counted, self._counted[side] = self._counted[side], None
        if counted is not None:
            self._insert(side, counted.table())

    def _insert(self, side: str, rows: Any) -> None:  # noqa: ARG002 - DuckDB reads rows
        self._store.execute(f"create table if not exists {side} as select * from rows limit 0")
        self._store.execute(f"insert into {side} select * from rows")

    def risk(self, side: str, least: int) -> Risk | None:
        """Return the measures of a side; ``None`` when there are no quasi-identifiers.

        Raises:
            HongxianError: a column was in none of the batches.
        """
        for name in self._names if side in self._kinds else ():
            if name not in self._seen:
                raise WordedError("mask_no_column", word=name)
        if not self.quasi or side not in self._kinds:
            return None
        self._keep(side)
        places = {name: f"c{place}" for place, name in enumerate(self._names)}
        quasi = [places[name] for name in self.quasi]
        sensitive = [places[name] for name in self.sensitive]
        found = measure(self._store, side, quasi, sensitive, least=least, times=COUNT)
        named = zip(self.sensitive, found.diversity, strict=False)
        return replace(found, diversity=tuple(replace(one, column=name) for name, one in named))


def _kind(array: Any) -> Any:
    """Return the type that a column keeps: numbers and dates their own, all else text."""
    kind = array.type
    ordered = pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_date(kind)
    return kind if ordered else pa.string()


def _as(array: Any, kind: Any) -> Any:
    return as_text(array) if kind == pa.string() else array.cast(kind, safe=False)
