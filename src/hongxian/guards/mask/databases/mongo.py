"""MongoDB to MongoDB: each collection is copied under a name that says so, and then gets its own.

Types, order of fields and indexes stay. All collections take their names when all are whole.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from hongxian.errors import Exit
from hongxian.guards.mask.copies.tree import mask_rows
from hongxian.guards.mask.run import Masked, Outcome, measured
from hongxian.guards.mask.targets.target import TargetError
from hongxian.sensors.store.sources.mongo import connected, errors
from hongxian.sensors.store.sources.sources import plain_name
from hongxian.words.worded import WordedError, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.guards.mask.batches import Watch
    from hongxian.guards.mask.plan import Plan
    from hongxian.guards.mask.run import Wanted

UNFINISHED = "hongxian-unfinished."
"""How the name of a collection begins that is not whole yet."""
BACKUP = ".bak"
"""What is put behind the name of a collection that is masked in place."""
ROWS = 1_000
"""Documents that are asked for at once."""
_OPTIONS = ("capped", "size", "max", "collation", "clusteredIndex", "expireAfterSeconds")
"""What a copy has of the way its collection was made; rules of validity hold for clear values."""
_TWICE = 11000
"""The server's number for a value that an index takes only once."""


@dataclass(frozen=True, slots=True)
class _Side:
    """A database, and what may be printed of it."""

    database: Any
    shown: str


def mask_mongo(spec: str, target: str | None, plan: Plan, wanted: Wanted) -> Masked:
    """Mask the collections of a database to another, or where they are, leaving backups.

    Args:
        spec: address of the database.
        target: address of the database that the copy goes to; ``None`` masks in place.
        plan: what happens to each part of a document, by its way.
        wanted: which collections, and what is measured.

    Raises:
        HongxianError: a database cannot be read or written, holds such a collection already, or
            has an index that takes a value only once, which masking gives twice.
    """
    with _side(spec) as source, _side(target or spec) as place:
        if target is not None and _same(source.database, place.database):
            raise WordedError("mask_same_file", place.shown)
        names = _names(source, wanted, in_place=target is None)
        if len(names) > 1 and (wanted.asked.quasi or wanted.asked.sensitive):
            raise WordedError("mask_risk_one")
        _check_free(place, names, in_place=target is None)
        notes: list[Any] = []
        try:
            outcomes = [
                _Copy(source, place, plan, wanted, notes).made(name, options)
                for name, options in names.items()
            ]
            plan.check_named()
            _named(place, list(names), in_place=target is None)
        except BaseException:
            for name in names:
                with suppress(*errors()):
                    place.database.drop_collection(UNFINISHED + name)
            raise
    if target is None:
        outcomes = [replace(one, backup=f"{one.place}{BACKUP}") for one in outcomes]
    return Masked(outcomes=tuple(outcomes), notes=tuple(notes))


@contextmanager
def _side(spec: str) -> Iterator[_Side]:
    """Open the database that an address names.

    Raises:
        HongxianError: it names none, or the server does not answer.
    """
    shown = plain_name(spec)
    client = connected(spec, shown)
    try:
        name = client.get_default_database(default="").name if _path(spec) else ""
        if not name:
            raise WordedError("mask_no_database", shown)
        with _away(shown, "no_database"):
            client.admin.command("ping")
        yield _Side(client[name], shown)
    finally:
        client.close()


def _path(spec: str) -> str:
    return spec.partition("://")[2].partition("/")[2].partition("?")[0]


@contextmanager
def _away(shown: str, word: str, kind: type[WordedError] = WordedError) -> Iterator[None]:
    """Make one line of what the driver raises; its own words may hold a value."""
    try:
        yield
    except errors() as error:
        details = getattr(error, "details", None)
        name = (details or {}).get("codeName") if isinstance(details, dict) else None
        raise kind(word, shown, Exit.SENSOR, kind=name or type(error).__name__) from None


def _same(one: Any, other: Any) -> bool:
    """Whether two databases are one: a server tells which process it is."""
    if one.name != other.name:
        return False
    told = [side.client.admin.command("hello").get("topologyVersion") for side in (one, other)]
    return all(told) and told[0]["processId"] == told[1]["processId"]


def _names(source: _Side, wanted: Wanted, *, in_place: bool) -> dict[str, dict[str, Any]]:
    """Return the collections that are wanted, with the way they were made.

    Raises:
        HongxianError: there is none, or none of a name, or one that cannot be copied.
    """
    with _away(source.shown, "mask_away"):
        listed = sorted(source.database.list_collections(), key=lambda one: one["name"])
    found = {
        one["name"]: one for one in listed
        if one["type"] != "view" and not one["name"].startswith(("system.", UNFINISHED))
        and not (in_place and one["name"].endswith(BACKUP))
    }  # fmt: skip
    for name in wanted.tables:
        if name not in found:
            raise WordedError("mask_no_table", word=name, nearest=nearest(name, list(found)))
    chosen = {name: one for name, one in found.items() if name in (wanted.tables or found)}
    for name, one in chosen.items():
        if one["type"] != "collection" or "timeseries" in one.get("options", {}):
            place = f"{source.shown}: {name}"
            raise WordedError("mask_no_source", place, Exit.SENSOR, kind="timeseries")
    if not chosen:
        raise WordedError("mask_nothing", source.shown, Exit.SENSOR)
    return {name: one.get("options", {}) for name, one in chosen.items()}


def _check_free(place: _Side, names: dict[str, Any], *, in_place: bool) -> None:
    """See that nothing is there that a copy or a backup would take the place of."""
    with _away(place.shown, "mask_away"):
        there = set(place.database.list_collection_names())
    for name in names:
        if in_place and name + BACKUP in there:
            raise WordedError("mask_backup_there", f"{place.shown}: {name}{BACKUP}")
        if UNFINISHED + name in there or (name in there and not in_place):
            raise WordedError("mask_collection_there", f"{place.shown}: {name}")


@dataclass(frozen=True, slots=True)
class _Copy:
    """How collections are copied."""

    source: _Side
    place: _Side
    plan: Plan
    wanted: Wanted
    notes: list[Any]

    def made(self, name: str, options: dict[str, Any]) -> Outcome:
        """Copy one collection under the name that says that it is not whole yet."""
        own = replace(self.plan, columns={})
        kept = {key: options[key] for key in _OPTIONS if key in options}
        with _away(self.place.shown, "mask_not_written", TargetError):
            made = self.place.database.create_collection(UNFINISHED + name, **kept)
        shown = f"{self.source.shown}: {name}"

        def copy(watch: Watch | None) -> int:
            rows = 0
            for batch in _batches(self.source, name):
                documents = _masked(batch, own, watch)
                _inserted(self.place, made, documents, shown)
                rows += len(documents)
            return rows

        outcome = measured(shown, own, self.wanted.asked, copy)
        _indexed(self.source, self.place, name, self.notes)
        return outcome


def _batches(source: _Side, name: str) -> Iterator[list[dict[str, Any]]]:
    """Yield documents as the server packs them, with the types that they have."""
    import bson  # noqa: PLC0415 - an extra
    from bson.codec_options import CodecOptions, DatetimeConversion  # noqa: PLC0415 - an extra

    codec: Any = CodecOptions(
        unicode_decode_error_handler="replace",
        datetime_conversion=DatetimeConversion.DATETIME_AUTO,
    )
    with (
        _away(source.shown, "mask_away"),
        source.database[name].find_raw_batches({}, batch_size=ROWS) as packed,
    ):
        for part in packed:
            if documents := list(bson.decode_iter(part, codec)):
                yield documents


def _masked(batch: list[dict[str, Any]], plan: Plan, watch: Any) -> list[dict[str, Any]]:
    from hongxian.guards.mask.databases.bson_ import BSON  # noqa: PLC0415 - an extra

    rows: list[list[Any]] = [[one] for one in batch]
    mask_rows(rows, plan, watch, BSON)
    documents: list[dict[str, Any]] = [one for [one] in rows]
    for one in documents:
        if one.get("_id", 0) is None:
            del one["_id"]  # a document without one is given one
    return documents


def _inserted(place: _Side, made: Any, documents: list[dict[str, Any]], shown: str) -> None:
    import pymongo.errors  # noqa: PLC0415 - an extra

    try:
        with _away(place.shown, "mask_not_written", TargetError):
            made.insert_many(documents, ordered=False)
    except TargetError as told:
        error = told.__context__
        if isinstance(error, pymongo.errors.BulkWriteError) and _is_twice(error):
            raise WordedError("mask_unique", shown, index="_id_") from None
        raise


def _is_twice(error: Any) -> bool:
    return any(one.get("code") == _TWICE for one in (error.details or {}).get("writeErrors", ()))


def _indexed(source: _Side, place: _Side, name: str, notes: list[Any]) -> None:
    """Make the indexes of a collection for its copy, one by one.

    Raises:
        HongxianError: masking gives a value twice that an index takes only once.
    """
    import pymongo.errors  # noqa: PLC0415 - an extra

    shown = f"{source.shown}: {name}"
    with _away(source.shown, "mask_away"):
        indexes = [dict(one) for one in source.database[name].list_indexes()]
    for index in indexes:
        own = {key: value for key, value in index.items() if key not in ("ns", "background")}
        if index["name"] == "_id_" or own.get("clustered"):
            continue
        if _tells(own):
            notes.append(WordedError("mask_index", shown))
            continue
        try:
            with _away(place.shown, "mask_not_written", TargetError):
                place.database.command("createIndexes", UNFINISHED + name, indexes=[own])
        except TargetError as told:
            error = told.__context__
            if isinstance(error, pymongo.errors.OperationFailure) and error.code == _TWICE:
                raise WordedError("mask_unique", shown, index=index["name"]) from None
            raise


def _tells(index: dict[str, Any]) -> bool:
    """Whether something personal stands in an index itself: in a condition, or in its name."""
    from bson import json_util  # noqa: PLC0415 - an extra

    from hongxian.guards.mask.cells import texts  # noqa: PLC0415 - beside its one use
    from hongxian.guards.mask.techniques.free_text import covered_texts  # noqa: PLC0415 - the same

    words = [json_util.dumps(index.get("partialFilterExpression", {})), str(index["name"]),
             *map(str, index["key"])]  # fmt: skip
    return bool(covered_texts(texts(words)).to_pylist() != words)


def _named(place: _Side, names: list[str], *, in_place: bool) -> None:
    """Give all collections their names; what has one already is told when one cannot get it."""
    with _away(place.shown, "mask_not_written", TargetError):
        for name in names:
            if in_place:
                place.database[name].rename(name + BACKUP)
            place.database[UNFINISHED + name].rename(name)
