"""MongoDB by PyMongo: a collection is a table, its documents are records; nothing is written."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from hongxian.errors import Exit
from hongxian.facts.reason import Reason
from hongxian.sensors.store.sources.records import batch_of_records
from hongxian.sensors.store.sources.sampled import fault, share_of
from hongxian.sensors.store.sources.table import Table
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.store.sources.table import Sample

SCHEMES = ("mongodb", "mongodb+srv")
ROWS = 1_000
"""Documents that are asked for at once; the server sends 16 MB at most, however many that are."""
SEEDED = 5_000_000
"""Documents of a collection of which a sample is drawn by their keys, with the seed; of larger ones
the server draws, which takes no seed."""
_OWN = ("admin", "config", "local")
"""Databases of the server's own."""
_WAITS = {
    "serverSelectionTimeoutMS": 10_000, "connectTimeoutMS": 10_000, "socketTimeoutMS": 600_000,
}  # fmt: skip
"""Milliseconds to wait for a server, unless the address says otherwise."""


def mongo_tables(spec: str, name: str, problems: list[Reason]) -> Iterator[Table]:
    """Yield the collections of a database, or of all databases when the address names none.

    Args:
        spec: address with user and password, which are never printed.
        name: the address without them.
        problems: takes what cannot be read.

    Raises:
        HongxianError: it cannot be reached, or the driver is not installed.
    """
    client = connected(spec, name)
    try:
        found = list(collections(client))
    except errors() as error:
        raise WordedError("no_database", name, Exit.SENSOR, kind=type(error).__name__) from None
    finally:
        client.close()
    if not found:
        problems.append(Reason("store.no_tables", {}, name))
    for database, collection, keyed in found:
        yield _table(spec, name, database, collection, keyed=keyed)


def errors() -> tuple[type[Exception], ...]:
    """Return what the driver raises."""
    import bson.errors  # noqa: PLC0415 - an extra
    import pymongo.errors  # noqa: PLC0415 - an extra

    return pymongo.errors.PyMongoError, bson.errors.BSONError


def connected(spec: str, name: str) -> Any:
    """Return a client; whether the server answers shows when it is asked something.

    Args:
        spec: address with user and password, which are never printed.
        name: the address without them.

    Raises:
        HongxianError: the address is none, or the driver is not installed.
    """
    try:
        import pymongo  # noqa: PLC0415 - an extra
        import pymongo.errors  # noqa: PLC0415 - an extra
    except ImportError:
        raise WordedError("no_driver", name, package="hongxian[mongo]") from None
    told = spec.lower()
    waits: dict[str, Any] = {key: value for key, value in _WAITS.items() if key.lower() not in told}
    try:
        return pymongo.MongoClient(spec, **waits)
    except (pymongo.errors.PyMongoError, ValueError) as error:
        raise WordedError("no_database", name, Exit.SENSOR, kind=type(error).__name__) from None


def collections(client: Any) -> Iterator[tuple[str, str, bool]]:
    """Yield database, collection, and whether it has an index of keys; views show other tables."""
    named = client.get_default_database(default="").name if _names_one(client) else ""
    databases = [named] if named else sorted(set(client.list_database_names()) - {*_OWN})
    for database in databases:
        listed = client[database].list_collections()
        for one in sorted(listed, key=lambda one: one["name"]):
            if one["type"] != "view" and not one["name"].startswith("system."):
                yield database, one["name"], one["type"] == "collection"


def _names_one(client: Any) -> bool:
    """Whether the address names a database."""
    import pymongo.errors  # noqa: PLC0415 - an extra

    try:
        client.get_default_database()
    except pymongo.errors.ConfigurationError:
        return False
    return True


def _table(spec: str, name: str, database: str, collection: str, *, keyed: bool) -> Table:
    own = collection if name.endswith(f"/{database}") else f"{database}.{collection}"
    made = Table(
        where=name, name=own,
        medium="table", kind="mongodb", samples=True, read=lambda _sample: iter(()),
    )  # fmt: skip

    def read(sample: Sample | None) -> Iterator[Any]:
        client = connected(spec, name)
        try:
            found = client[database][collection]
            made.rows = found.estimated_document_count()
            for cursor in _cursors(found, sample, made.rows, keyed=keyed):
                yield from _batches(cursor)
        except errors() as error:
            raise fault(error) from None
        finally:
            client.close()

    made.read = read
    return made


def _cursors(found: Any, sample: Sample | None, rows: int, *, keyed: bool) -> Iterator[Any]:
    """Yield cursors that give documents as the server packs them."""
    share = share_of(rows, sample.rows) if sample else 1.0
    if sample is None or share >= 1.0:
        most = sample.rows if sample else 0
        yield found.find_raw_batches({}, batch_size=ROWS, limit=most)
    elif keyed and rows <= SEEDED:
        keys = _drawn(found, sample, share)
        for start in range(0, len(keys), ROWS):
            wanted = {"_id": {"$in": keys[start : start + ROWS]}}
            yield found.find_raw_batches(wanted, batch_size=ROWS)
    else:
        yield found.aggregate_raw_batches([{"$sample": {"size": sample.rows}}], batchSize=ROWS)


def _drawn(found: Any, sample: Sample, share: float) -> list[Any]:
    """Return keys by chance, with the seed; they are read from the index of keys in its order."""
    draw = random.Random(sample.seed)  # noqa: S311 - a sample, no secret
    with found.find({}, {"_id": 1}, hint=[("_id", 1)]) as cursor:
        keys = [one["_id"] for one in cursor if draw.random() < share]
    return draw.sample(keys, min(len(keys), sample.rows))


def _batches(cursor: Any) -> Iterator[Any]:
    """Yield documents as records; a key or a text that is no UTF-8 is read as well as it goes."""
    import bson  # noqa: PLC0415 - an extra
    from bson.codec_options import CodecOptions, DatetimeConversion  # noqa: PLC0415 - an extra

    codec: Any = CodecOptions(
        unicode_decode_error_handler="replace",
        datetime_conversion=DatetimeConversion.DATETIME_AUTO,  # years that Python has no day for
    )
    with cursor as parts:
        for packed in parts:
            records = list(bson.decode_iter(packed, codec))
            if records:
                yield batch_of_records(records)
