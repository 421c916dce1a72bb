"""Values of BSON as columns, and back in the type that they had."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

import bson
from bson import Binary, DBRef, Decimal128, Int64, MaxKey, MinKey, ObjectId, Regex, Timestamp

from hongxian.guards.mask.cells import pa
from hongxian.guards.mask.copies.tree import Json, column_of

if TYPE_CHECKING:
    from hongxian.guards.mask.plan import Plan

_NOTHING = (bool, Regex, Timestamp, MinKey, MaxKey)
"""Values that tell nothing of a person."""
_DAY = re.compile(r"(\d{3,4})(0s)?(?:-Q([1-4])|-(\d{2}))?(?:-(\d{2}))?")
"""What techniques make of days: 2020, 2020s, 2020-Q2, 2020-05, 2020-05-06."""


class Bson(Json):
    """How values of BSON become a column, and how they come back."""

    def held(self, value: Any) -> bool:
        """Whether a value can tell anything of a person."""
        return value is not None and not isinstance(value, _NOTHING)

    def inner(self, value: Any) -> Any:
        """Return what a reference consists of; any other value stays."""
        return dict(value.as_doc()) if isinstance(value, DBRef) else value

    def column(self, name: str, values: list[Any], plan: Plan) -> Any:
        """Return values as one column.

        Ids are bytes unless the user named their column: their text is digits and letters in which
        numbers could be seen that are none.
        """
        kinds = set(map(type, values))
        if kinds == {ObjectId} and not (name in plan.named or name in plan.policy.columns):
            return pa.array([one.binary for one in values], pa.binary(12))
        if kinds <= {int, Int64}:
            return column_of([int(one) for one in values], self.text)
        if kinds == {dt.datetime}:
            return pa.array(values, pa.timestamp("ms"))
        if kinds <= {bytes, Binary}:
            return pa.array([bytes(one) for one in values], pa.binary())
        return column_of(values, self.text)

    def text(self, value: Any) -> str:
        """Return a value as text."""
        if isinstance(value, bytes):
            return value.decode("utf-8", "replace")
        if isinstance(value, dt.datetime):
            return value.isoformat(" ")
        return str(value).encode("utf-8", "replace").decode("utf-8")

    def back(self, old: Any, new: Any) -> Any:
        """Return the new value in the type of the old one, where it has a form of it."""
        if new is None or isinstance(new, type(old)):
            return new
        if isinstance(old, bytes):
            data = new if isinstance(new, bytes) else str(new).encode()
            return Binary(data, old.subtype) if isinstance(old, Binary) else data
        for kind, make in _MAKERS:
            if isinstance(old, kind):
                made = make(new)
                return str(new) if made is None else made
        return new


def _day(new: Any) -> dt.datetime | None:
    """Return the first moment of a day, a month, a quarter, a year or a decade."""
    found = _DAY.fullmatch(str(new))
    if found is None:
        return None
    year, decade, quarter, month, day = found.groups()
    start = int(quarter) * 3 - 2 if quarter else int(month or 1)
    try:
        return dt.datetime(  # noqa: DTZ001 - the driver takes it as UTC
            int(year) * 10 if decade else int(year), start, int(day or 1)
        )
    except ValueError:
        return None


def _number(new: Any) -> Any:
    text = str(new)
    whole = re.fullmatch(r"-?(0|[1-9]\d{0,17})", text)
    return (Int64(int(text)) if abs(int(text)) >= 1 << 31 else int(text)) if whole else None


def _decimal(new: Any) -> Any:
    try:
        return Decimal128(str(new))
    except (bson.errors.BSONError, ArithmeticError, ValueError):
        return None


def _id(new: Any) -> Any:
    text = new.hex() if isinstance(new, bytes) else str(new)
    return ObjectId(text) if ObjectId.is_valid(text) else None


_MAKERS: tuple[tuple[type, Any], ...] = (
    (dt.datetime, _day), (int, _number), (Decimal128, _decimal), (ObjectId, _id),
)  # fmt: skip

BSON = Bson()
