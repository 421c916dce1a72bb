"""Values inside one another (JSON, BSON): only what a technique takes is changed, the rest stays.

Parts are named by their way: ``user.phone``, ``tags[]``. A key that is a value itself, as in
``{"13812345678": ...}``, is named as the scan names it: ``*`` in a way, and it is a value of
``<key>``, which is masked as all others are.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from hongxian.guards.mask.cells import pa
from hongxian.sensors.store.sources.records import ANY, KEY, segment

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hongxian.guards.mask.batches import Watch
    from hongxian.guards.mask.plan import Plan

COVER = "***"
"""A key of which nothing may be shown."""

_FEW = 64
"""Keys of a record, beyond which they are hardly those of the next one too."""

Place = tuple[int, Any, Any]
"""A value's row, what holds it, and its key there."""


class Json:
    """How values of JSON become a column, and how they come back."""

    def held(self, value: Any) -> bool:
        """Whether a value can tell anything of a person."""
        return value is not None and not isinstance(value, bool)

    def inner(self, value: Any) -> Any:
        """Return a value as a dictionary or a list if it holds others."""
        return value

    def column(self, name: str, values: list[Any], plan: Plan) -> Any:
        """Return values as one column."""
        del name, plan
        return column_of(values, self.text)

    def text(self, value: Any) -> str:
        """Return a value as text."""
        text = value if isinstance(value, str) else json.dumps(value)
        return text.encode("utf-8", "replace").decode("utf-8")

    def back(self, old: Any, new: Any) -> Any:
        """Return what stands where the old value stood."""
        del old
        return new


JSON = Json()


def column_of(values: list[Any], text: Callable[[Any], str]) -> Any:
    """Return whole numbers, floats or texts as a column; of several kinds, their texts."""
    kinds = {type(one) for one in values if one is not None}
    try:
        if kinds == {int}:
            return pa.array(values, pa.int64())
        if kinds == {float}:
            return pa.array(values, pa.float64())
    except OverflowError:
        pass
    return pa.array([None if one is None else text(one) for one in values], pa.string())


def mask_rows(
    batch: list[list[Any]],
    plan: Plan,
    watch: Watch | None = None,
    kinds: Json = JSON,
    names: Sequence[str] = (),
) -> None:
    """Mask rows where they are.

    Args:
        batch: each row alone in a list, so that it can be replaced whatever it is.
        plan: what happens to each column.
        watch: is shown the batch, before and after.
        kinds: which values there are.
        names: how the way of each row begins; none if all begin with their own parts.
    """
    places, keys = _places(batch, kinds, names)
    if watch:
        watch("before", _getter(places, len(batch), kinds))
    for name, found in places.items():
        _mask(name, found, plan, kinds)
    if watch:
        watch("after", _getter(places, len(batch), kinds))
    _rename(keys, plan)


Places = dict[str, list[Place]]


def _places(batch: list[list[Any]], kinds: Json, names: Sequence[str]) -> tuple[Places, Places]:
    """Return the places of all values that hold no others, and of keys that are values."""
    found: Places = {}
    named: Places = {}
    for number, row in enumerate(batch):
        todo: list[tuple[str, Any, Any]] = [(names[number] if names else "", row, 0)]
        while todo:
            name, holder, key = todo.pop()
            value = kinds.inner(holder[key])
            if isinstance(value, dict):
                holder[key] = value
                start = f"{name}." if name else ""
                told = _words if len(value) <= _FEW else _words.__wrapped__
                for own, word in told(tuple(value)):
                    todo.append((start + word, value, own))
                    if word == ANY:
                        named.setdefault(start + KEY, []).append((number, value, own))
            elif isinstance(value, list):
                todo += [(f"{name}[]", value, own) for own in reversed(range(len(value)))]
            elif kinds.held(value):
                found.setdefault(name, []).append((number, holder, key))
    return found, named


@lru_cache(maxsize=16_384)  # rows of one table have few sets of keys
def _words(keys: tuple[Any, ...]) -> list[tuple[Any, str]]:
    """Return keys, last first, each with what stands for it in a way."""
    words = {own: segment(str(own)) for own in keys}
    whole = all(word == ANY for word in words.values())
    return [(own, words[own] if whole or _is_sure(own) else str(own)) for own in reversed(keys)]


def _is_sure(key: Any) -> bool:
    """Whether a key is a value whatever stands beside it; a word may only look like a name."""
    return str(key).isascii() or any(one.isdigit() for one in str(key))


def _mask(name: str, places: list[Place], plan: Plan, kinds: Json) -> None:
    values = [holder[key] for _, holder, key in places]
    column = kinds.column(name, values, plan)
    masked = plan.column(name, column).to_pylist()
    cells = column.to_pylist()
    for (_, holder, key), old, cell, new in zip(places, values, cells, masked, strict=True):
        if new != cell and (new is None or new != kinds.text(old)):
            holder[key] = kinds.back(old, new)


def _rename(keys: Places, plan: Plan) -> None:
    """Give keys that are values what stands for them; none is lost when two become alike."""
    names: dict[int, tuple[dict[Any, Any], dict[Any, str]]] = {}
    for name, places in keys.items():
        texts = [JSON.text(str(key)) for *_, key in places]
        masked = plan.column(name, pa.array(texts, pa.string())).to_pylist()
        for (_, holder, key), old, new in zip(places, texts, masked, strict=True):
            if new != old:
                names.setdefault(id(holder), (holder, {}))[1][key] = new or COVER
    for holder, new_names in names.values():
        items = list(holder.items())
        holder.clear()
        taken = {key for key, _ in items if key not in new_names}
        for key, value in items:
            holder[_unlike(new_names[key], taken) if key in new_names else key] = value


def _unlike(name: str, taken: set[Any]) -> str:
    found, number = name, 1
    while found in taken:
        number += 1
        found = f"{name}#{number}"
    taken.add(found)
    return found


def _getter(places: Places, rows: int, kinds: Json) -> Callable[[str], Any]:
    def column(name: str) -> Any:
        if name not in places:
            return pa.nulls(rows)
        values: list[Any] = [None] * rows
        for number, holder, key in places[name]:
            values[number] = holder[key]
        return column_of(values, kinds.text)

    return column
