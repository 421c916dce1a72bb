"""What a stream keeps in its checkpoint: what was counted and found up to each batch."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hongxian.sensors.traffic.inventory import Inventory
from hongxian.sensors.traffic.kept import dump_inventory, dump_logs, load_inventory, load_logs
from hongxian.sensors.traffic.sense import SensedTraffic
from hongxian.sensors.traffic.takers import Takers
from hongxian.sensors.traffic.templates import Templates
from hongxian.words.worded import WordedError, unreadable

if TYPE_CHECKING:
    from pathlib import Path

    from hongxian.sensors.traffic.readers import Log

_VERSION = 1
_SECRET = 32


@dataclass(slots=True, kw_only=True)
class StreamState:
    """All but the endpoints' judges: these lie beside it, as Parquet."""

    batch: int = -1
    logs: list[Log] = field(default_factory=list)
    inventory: Inventory = field(default_factory=Inventory)
    templates: Templates = field(default_factory=Templates)

    def copied(self) -> Inventory:
        """Return the inventory a second time."""
        made = Inventory()
        load_inventory(made, dump_inventory(self.inventory))
        return made

    def sensed(self, name: str, salt: bytes, subject: str | None) -> SensedTraffic:
        """Return it as the sensor's own.

        Args:
            name: what the stream is known by, however much of it was read.
            salt: what callers are hashed with.
            subject: what is audited; a name made of that of the stream without it.
        """
        logs = sorted(self.logs, key=lambda one: one.path)
        return SensedTraffic(
            subject or f"interface:{name[:12]}", name, logs, self.inventory, Takers(salt)
        )


class Checkpoint:
    """The folder of a stream.

    Args:
        folder: made when it is not there; driver and executors reach it under this name.

    Raises:
        HongxianError: nothing can be written there.
    """

    def __init__(self, folder: Path) -> None:
        """Open it, and make its secrets when it is new."""
        self.folder = folder.absolute()
        try:
            (self.folder / "state").mkdir(parents=True, exist_ok=True)
            self._keys = self._secret()
        except OSError as error:
            raise unreadable(folder, error) from None

    @property
    def spark(self) -> str:
        """Where Spark keeps which files were read."""
        return str(self.folder / "spark")

    @property
    def secret(self) -> bytes:
        """What identifiers are hashed with."""
        return self._keys[:_SECRET]

    @property
    def salt(self) -> bytes:
        """What callers are hashed with."""
        return self._keys[_SECRET:]

    @property
    def name(self) -> str:
        """What the stream is known by: a hash that no other stream has."""
        return hashlib.sha256(b"stream" + self._keys).hexdigest()

    def judges(self, batch: int) -> str:
        """Return where the judges of endpoints are kept as they were behind a batch."""
        return str(self.folder / "state" / f"{batch:010d}")

    def load(self, before: int | None = None) -> StreamState:
        """Return the state behind the last batch, or the last one before a batch.

        Raises:
            HongxianError: it was written by something else.
        """
        import msgpack  # noqa: PLC0415 - only when asked

        names = sorted(int(one.stem) for one in (self.folder / "state").glob("*.state"))
        names = [one for one in names if before is None or one < before]
        if not names:
            return StreamState()
        path = self._path(names[-1])
        try:
            told = msgpack.unpackb(path.read_bytes(), strict_map_key=False)
            state = StreamState(
                batch=names[-1], logs=load_logs(told["logs"]),
                templates=Templates(known=told["templates"]),
            )  # fmt: skip
            load_inventory(state.inventory, told["inventory"])
            known = told["version"] == _VERSION
        except (LookupError, TypeError, ValueError):
            known = False
        if not known:
            raise WordedError("watch_no_state", path)
        return state

    def keep(self, state: StreamState) -> None:
        """Write the state behind a batch, whose judges are there; older ones go, but for one."""
        import msgpack  # noqa: PLC0415 - only when asked

        data: bytes = msgpack.packb({
            "version": _VERSION, "logs": dump_logs(state.logs),
            "templates": sorted(state.templates.known),
            "inventory": dump_inventory(state.inventory),
        })  # fmt: skip
        path = self._path(state.batch)
        part = path.with_suffix(".part")
        part.write_bytes(data)
        part.replace(path)
        for old in sorted((self.folder / "state").glob("*.state"))[:-2]:
            shutil.rmtree(self.judges(int(old.stem)), ignore_errors=True)
            old.unlink()

    def _path(self, batch: int) -> Path:
        return self.folder / "state" / f"{batch:010d}.state"

    def _secret(self) -> bytes:
        path = self.folder / "secret"
        if not path.exists():
            part = path.with_suffix(".part")
            part.unlink(missing_ok=True)
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                out.write(secrets.token_bytes(_SECRET) + secrets.token_bytes(16))
            part.replace(path)
        return path.read_bytes()


def plain(value: Any) -> str:
    """Return a path as Spark's sources of files name it, as a plain one."""
    from urllib.parse import unquote, urlsplit  # noqa: PLC0415 - only here

    return unquote(urlsplit(str(value)).path)
