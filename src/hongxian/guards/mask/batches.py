"""The seam to all tables: batches of Arrow in, batches of Arrow out, one column at a time.

Whoever reads a table (a file, a database, a lake) hands over record batches; nested columns are
masked part by part: ``user.phone`` is the part *phone* of the column *user*, ``tags[]`` what stands
in a list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongxian.guards.mask.cells import pa

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from hongxian.guards.mask.plan import Plan

    Watch = Callable[[str, Callable[[str], Any]], None]


def mask_batches(batches: Iterable[Any], plan: Plan, watch: Watch | None = None) -> Iterator[Any]:
    """Yield each batch masked; all have the schema of the first.

    Args:
        batches: ``pyarrow`` record batches of one schema.
        plan: what happens to each column.
        watch: is shown each batch, ``before`` and ``after``.
    """
    schema = None
    for batch in batches:
        columns = [
            masked(name, column, plan)
            for name, column in zip(batch.schema.names, batch.columns, strict=True)
        ]
        if schema is None:
            schema = pa.schema([
                pa.field(name, column.type)
                for name, column in zip(batch.schema.names, columns, strict=True)
            ])  # fmt: skip
        fitted = [_fitted(*one, plan) for one in zip(schema, columns, strict=True)]
        out = pa.record_batch(fitted, schema=schema)
        if watch:
            watch("before", getter(batch))
            watch("after", getter(out))
        yield out


def masked(name: str, column: Any, plan: Plan) -> Any:
    """Return a column masked, part by part when it is nested."""
    kind = column.type
    if pa.types.is_struct(kind):
        parts = [masked(f"{name}.{part.name}", own, plan)
                 for part, own in zip(kind, column.flatten(), strict=True)]  # fmt: skip
        fields = [pa.field(part.name, own.type) for part, own in zip(kind, parts, strict=True)]
        return pa.StructArray.from_arrays(parts, fields=fields, mask=column.is_null())
    if pa.types.is_map(kind):
        column = column.cast(
            pa.list_(pa.struct([("key", kind.key_type), ("value", kind.item_type)]))
        )
        kind = column.type
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        whole = type(column)
        inner = masked(f"{name}[]", column.flatten(), plan)
        return whole.from_arrays(_offsets(column), inner, mask=column.is_null())
    return plan.column(name, column)


def _offsets(column: Any) -> Any:
    """Return where each list begins and ends once the values of missing lists are left out."""
    import pyarrow.compute as pc  # noqa: PLC0415 - beside its one use

    lengths = pc.fill_null(pc.list_value_length(column), 0).to_pylist()
    ends = [0]
    for length in lengths:
        ends.append(ends[-1] + length)
    kind = pa.int64() if pa.types.is_large_list(column.type) else pa.int32()
    return pa.array(ends, kind)


def _fitted(field: Any, column: Any, plan: Plan) -> Any:
    """Return a column in the type that it had first; what does not fit is suppressed, counted."""
    if column.type == field.type:
        return column
    try:
        return column.cast(field.type)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        if field.name in plan.columns:
            plan.columns[field.name].refused += len(column) - column.null_count
        return pa.nulls(len(column), field.type)


def getter(batch: Any) -> Callable[[str], Any]:
    """Return what gives a column of a batch by its name, ``None`` when it is not there."""

    def column(name: str) -> Any:
        place = batch.schema.get_field_index(name)
        return batch.column(place) if place >= 0 else None

    return column
