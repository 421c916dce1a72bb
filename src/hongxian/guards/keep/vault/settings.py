"""What a vault is told: whom it serves, how long it holds, and when it calls out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hongxian.guards.keep.outward import allowed
from hongxian.guards.keep.vault.mariadb.server import MariaServer
from hongxian.guards.keep.vault.passwords import right
from hongxian.guards.keep.vault.postgresql.server import Server
from hongxian.guards.policy_source import PolicyError, read_bytes, read_toml
from hongxian.guards.tables import (
    Key,
    address,
    address_of,
    known_tables,
    span,
    span_of,
    table_faults,
)
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hongxian.guards.policy_source import Fault

_SIZE = re.compile(r"([1-9]\d{0,8})(KB|MB|GB|TB)")
_BYTES = {"KB": 10**3, "MB": 10**6, "GB": 10**9, "TB": 10**12}
_CLIENT = re.compile(r"[a-z0-9][a-z0-9_-]{0,62}")
LOOPBACK = ("127.0.0.1", "::1", "localhost")


def size_of(text: str) -> int:
    """Return the bytes of ``500MB``, ``10GB``; 0 when it is none of these."""
    found = _SIZE.fullmatch(text)
    return int(found[1]) * _BYTES[found[2]] if found else 0


def _size(key: str, value: str) -> WordedError | None:
    return None if size_of(value) else WordedError("keep_size", key=key, word=value)


def _hook(key: str, value: str) -> WordedError | None:
    return None if allowed(value) else WordedError("keep_hook", key=key)


def _password(key: str, value: str) -> WordedError | None:
    try:
        right("", value)
    except (ValueError, MemoryError):
        return WordedError("keep_password", key=key)
    return None


def _slot(key: str, value: str) -> WordedError | None:
    fits = re.fullmatch(r"[a-z0-9_]{1,63}", value)
    return None if fits else WordedError("keep_slot", key=key, word=value)


TIME, SIZE, TEXT = Key(str, span), Key(str, _size), Key(str)
HOOK = Key(str, _hook)
TABLES: dict[str, dict[str, Key]] = {
    "vault": {
        "folder": Key(str, needed=True), "name": TEXT, "reserve": SIZE, "retention": TIME,
        "webhook": HOOK, "tolerance": TIME, "longest_off": TIME, "evidence": TEXT,
        "evidence_key": TEXT,
    },
    "listen": {"address": Key(str, address, needed=True)},
    "s3": {
        "bucket": Key(str, needed=True), "prefix": TEXT, "endpoint": Key(str, _hook),
        "region": TEXT,
    },
    "tls": {"certificate": Key(str, needed=True), "key": TEXT},
}  # fmt: skip
NAMED: dict[str, dict[str, Key]] = {
    "clients": {
        "password": Key(str, _password, needed=True), "bytes_per_hour": SIZE,
        "objects_per_hour": Key(int), "silence": TIME, "retention": TIME,
        "reading_password_file": TEXT, "longest_backup": TIME,
    },
    "postgresql": {
        "connection": Key(str, needed=True), "slot": Key(str, _slot), "synchronous": Key(bool),
        "base_every": TIME, "retention": TIME, "silence": TIME, "programs": TEXT,
    },
    "mariadb": {
        "defaults": Key(str, needed=True), "replica": Key(int), "base_every": TIME,
        "retention": TIME, "silence": TIME, "programs": TEXT, "backup": Key(list),
    },
}  # fmt: skip
"""Tables of tables, one for each name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientSettings:
    """A client that brings copies by restic; times in seconds, 0 for none."""

    password: str
    bytes_per_hour: int = 0
    objects_per_hour: int = 0
    silence: float = 0.0
    retention: float = 0.0
    reading_password: str | None = field(default=None, repr=False)
    longest_backup: float = 86_400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PostgresSettings:
    """A PostgreSQL server of which copies are taken; times in seconds, 0 for the vault's own."""

    server: Server
    synchronous: bool = True
    base_every: float = 86_400.0
    retention: float = 0.0
    silence: float = 300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class MariaSettings:
    """A MariaDB server of which copies are taken; times in seconds, 0 for the vault's own."""

    server: MariaServer
    base_every: float = 86_400.0
    retention: float = 0.0
    silence: float = 300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class S3Settings:
    """A bucket with Object Lock for second copies; ``head`` seconds for which heads are held."""

    bucket: str
    prefix: str = ""
    endpoint: str | None = None
    region: str | None = None
    head: float = 30 * 86_400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultSettings:
    """What the file says; times in seconds."""

    path: Path
    folder: Path
    name: str = "vault"
    reserve: int = 0
    retention: float = 30 * 86_400.0
    webhook: str | None = None
    tolerance: float = 300.0
    longest_off: float = 3_600.0
    evidence: Path | None = None
    evidence_key: Path | None = None
    address: tuple[str, int] | None = None
    certificate: Path | None = None
    key: Path | None = None
    clients: Mapping[str, ClientSettings] = field(default_factory=dict)
    postgresql: Mapping[str, PostgresSettings] = field(default_factory=dict)
    mariadb: Mapping[str, MariaSettings] = field(default_factory=dict)
    s3: S3Settings | None = None

    @property
    def sources(self) -> int:
        """How many bring copies, or have copies taken."""
        return len(self.clients) + len(self.postgresql) + len(self.mariadb)


def load_vault(path: Path) -> VaultSettings:
    """Read the settings of a vault.

    Raises:
        HongxianError: the file is not there or is no TOML, or its faults, a line for each.
    """
    content = read_toml(path)
    if faults := list(vault_faults(content)):
        raise PolicyError(path, faults)
    own, base = content["vault"], path.parent
    tls = content.get("tls", {})
    listen = content.get("listen")
    told = _spans(own, ("retention", "tolerance", "longest_off"))
    told |= {key: base / own[key] for key in ("evidence", "evidence_key") if key in own}
    if "reserve" in own:
        told["reserve"] = size_of(own["reserve"])
    settings = VaultSettings(
        path=path, folder=base / own["folder"], name=own.get("name", "vault"),
        webhook=own.get("webhook"), address=address_of(listen["address"]) if listen else None,
        certificate=base / tls["certificate"] if tls else None,
        key=base / tls["key"] if "key" in tls else None,
        clients={
            name: _client(row, base) for name, row in content.get("clients", {}).items()
        },
        mariadb={
            name: _maria(name, row, base) for name, row in content.get("mariadb", {}).items()
        },
        s3=S3Settings(**content["s3"]) if "s3" in content else None,
        postgresql={
            name: _postgres(name, row) for name, row in content.get("postgresql", {}).items()
        }, **told,
    )  # fmt: skip
    for file in (settings.certificate, settings.key):
        if file is not None and not file.is_file():
            raise WordedError("file_missing", file)
    return settings


def vault_faults(content: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield place and fault of what a vault is told."""
    yield from known_tables(content, [*TABLES, *NAMED])
    if not isinstance(content.get("vault"), dict):
        yield "", WordedError("setting_table", key="vault")
    for name, keys in TABLES.items():
        if isinstance(content.get(name), dict):
            yield from table_faults(name, content[name], keys)
    for name, keys in NAMED.items():
        rows = content.get(name)
        for own, row in rows.items() if isinstance(rows, dict) else ():
            yield from named_faults(f"{name}.{own}", own, row, keys)
    yield from _together(content)


def named_faults(place: str, name: str, row: Any, keys: Mapping[str, Key]) -> Iterator[Fault]:
    """Yield what is wrong with a named table.

    Args:
        place: where it stands.
        name: its own.
        row: what it says.
        keys: what it may say.
    """
    if not _CLIENT.fullmatch(name):
        yield place, WordedError("keep_name", word=name)
    elif not isinstance(row, dict):
        yield place, WordedError("wrong_kind", key=name)
    else:
        yield from table_faults(place, row, keys)


def evidence_faults(place: str, row: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield what is wrong when a log of evidence is named without its key, or a key alone.

    Args:
        place: the table.
        row: what it says.
    """
    for key, other in (("evidence", "evidence_key"), ("evidence_key", "evidence")):
        if key in row and other not in row:
            yield place, WordedError("setting_needed", key=other)


def _together(content: Mapping[str, Any]) -> Iterator[Fault]:
    if isinstance(content.get("vault"), dict):
        yield from evidence_faults("vault", content["vault"])
    listen, clients = content.get("listen"), content.get("clients")
    if clients and not listen:
        yield "clients", WordedError("setting_table", key="listen")
    if isinstance(listen, dict) and isinstance(listen.get("address"), str):
        host = listen["address"].rpartition(":")[0].strip("[]")
        if host not in LOOPBACK and "tls" not in content:
            yield "listen", WordedError("keep_tls")


def _client(row: Mapping[str, Any], base: Path) -> ClientSettings:
    told = _spans(row, ("silence", "retention", "longest_backup"))
    if "bytes_per_hour" in row:
        told["bytes_per_hour"] = size_of(row["bytes_per_hour"])
    if "objects_per_hour" in row:
        told["objects_per_hour"] = row["objects_per_hour"]
    if "reading_password_file" in row:
        place = base / row["reading_password_file"]
        told["reading_password"] = read_bytes(place).decode().strip()
    return ClientSettings(password=row["password"], **told)


def _postgres(name: str, row: Mapping[str, Any]) -> PostgresSettings:
    told: dict[str, Any] = {key: row[key] for key in ("connection", "slot") if key in row}
    if "programs" in row:
        told["programs"] = Path(row["programs"])
    own = _spans(row, ("base_every", "retention", "silence"))
    if "synchronous" in row:
        own["synchronous"] = row["synchronous"]
    return PostgresSettings(server=Server(name=name, **told), **own)


def _maria(name: str, row: Mapping[str, Any], base: Path) -> MariaSettings:
    told: dict[str, Any] = {"replica": row["replica"]} if "replica" in row else {}
    if "programs" in row:
        told["programs"] = Path(row["programs"])
    told["backup"] = tuple(row.get("backup", ()))
    server = MariaServer(name=name, defaults=base / row["defaults"], **told)
    if not server.defaults.is_file():
        raise WordedError("file_missing", server.defaults)
    return MariaSettings(server=server, **_spans(row, ("base_every", "retention", "silence")))


def _spans(row: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: span_of(row[name]) for name in names if name in row}
