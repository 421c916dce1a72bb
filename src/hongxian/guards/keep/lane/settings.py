"""All that the lane is told, read from a TOML file; paths in it are beside the file."""

from __future__ import annotations

import os
import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hongxian.guards.keep.lane.quarantine.settings import (
    KEYS,
    QuarantineSettings,
    quarantine_of,
)
from hongxian.guards.keep.outward import allowed
from hongxian.guards.listening import certify, tls_from
from hongxian.guards.policy_source import PolicyError, read_bytes, read_toml
from hongxian.guards.tables import (
    Key,
    address,
    address_of,
    known_tables,
    missing_tables,
    one_of,
    span,
    span_of,
    table_faults,
)
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from hongxian.guards.policy_source import Fault

KINDS = ("postgresql", "mariadb")
"""Kinds of servers; MySQL is one of the second kind."""
TLS = ("no", "require", "verify")
"""How the server is spoken to: in clear, by TLS, by TLS with its certificate checked."""


def _place(key: str, value: str) -> WordedError | None:
    del key
    fits = "://" not in value or allowed(value)
    return None if fits else WordedError("keep_address", address=value)


_TEXT, _TIME, _COUNT = Key(str), Key(str, span), Key(int)
TABLES: dict[str, dict[str, Key]] = {
    "listen": {"address": Key(str, address, needed=True), "admin": Key(str, address),
               "admin_tls": Key(bool)},
    "tls": {
        "certificate": Key(str, needed=True), "key": _TEXT, "least": Key(str, one_of("1.2", "1.3")),
    },
    "server": {
        "address": Key(str, address), "socket": _TEXT, "tls": Key(str, one_of(*TLS)), "ca": _TEXT,
        "name": _TEXT, "kind": Key(str, one_of(*KINDS)),
    },
    "guard": {"role": Key(str, needed=True), "password_env": _TEXT, "password_file": _TEXT},
    "evidence": {"log": Key(str, needed=True), "key": Key(str, needed=True),
                 "heads": Key(list, _place), "every": _TIME, "stamps": Key(str, _place)},
    "tickets": {"people": Key(str, needed=True), "file": Key(str, needed=True)},
    "quarantine": KEYS,
    "lane": {"replication": Key(bool), "catalog": _TIME, "lang": Key(str, one_of("zh", "en"))},
    "limits": {"statement": _COUNT, "sessions": _COUNT, "start": _TIME, "drain": _TIME},
}  # fmt: skip
"""Table -> word -> what it may be."""
NEEDED = ("listen", "server", "guard", "evidence", "tickets")


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneSettings:
    """What the file says."""

    path: Path
    address: tuple[str, int]
    admin: tuple[str, int] | None
    admin_tls: bool
    """Whether tickets are spoken of by TLS, with the certificate that clients of the lane see."""
    tls: Mapping[str, str] | None
    kind: str
    """One of :data:`KINDS`."""
    server: tuple[str, int] | str
    """Host and port, or a socket's path."""
    server_tls: str
    ca: str | None
    server_name: str
    role: str
    password: str | None
    log: Path
    key: Path
    heads: tuple[str, ...]
    heads_every: float
    stamps: str | None
    """Address of an authority that stamps heads (RFC 3161)."""
    people: Path
    tickets: Path
    quarantine: QuarantineSettings
    replication: bool
    catalog_every: float
    lang: str | None
    statement: int
    sessions: int
    start_time: float
    drain: float

    def front_tls(self) -> ssl.SSLContext | None:
        """Return how clients are spoken to.

        Raises:
            HongxianError: certificate or key cannot be used.
        """
        if self.tls is None:
            return None
        return tls_from(*self._certificate(self.tls), self.tls.get("least", "1.2"))

    def certify(self, context: ssl.SSLContext) -> None:
        """Give a way of TLS the certificate that the file names now.

        Raises:
            HongxianError: certificate or key cannot be used.
        """
        if self.tls is not None:
            certify(context, *self._certificate(self.tls))

    def _certificate(self, tls: Mapping[str, str]) -> tuple[Path, Path | None]:
        here = self.path.parent
        return here / tls["certificate"], here / tls["key"] if "key" in tls else None

    def back_tls(self) -> ssl.SSLContext | None:
        """Return how the server is spoken to."""
        if self.server_tls == "no":
            return None
        context = ssl.create_default_context(cafile=self.ca)
        if self.server_tls == "require":
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        return context

    def reach(self) -> dict[str, Any]:
        """Return what the guard's own connections are opened with, as their driver takes it."""
        told: dict[str, Any] = {"user": self.role, "password": self.password}
        if self.kind == "mariadb":
            return {**told, "password": self.password or "", **self._reach_mariadb()}
        if isinstance(self.server, str):
            folder, _, port = self.server.rpartition("/.s.PGSQL.")
            return {**told, "host": folder or self.server, "port": int(port or 5432), "ssl": False}
        host, port_ = self.server
        return {**told, "host": host, "port": port_, "ssl": self.back_tls() or False}

    def _reach_mariadb(self) -> dict[str, Any]:
        if isinstance(self.server, str):
            return {"unix_socket": self.server}
        tls = self.back_tls()
        host, port = self.server
        return {"host": host, "port": port, **({"ssl": tls} if tls else {})}


def load_lane(path: Path) -> LaneSettings:
    """Read the file.

    Raises:
        HongxianError: it is not there or is no TOML, or its faults, a line for each.
    """
    content = read_toml(path)
    if faults := list(lane_faults(content)):
        raise PolicyError(path, faults)
    rows = {name: content.get(name, {}) for name in TABLES}
    listen, server, limits, lane = (rows[one] for one in ("listen", "server", "limits", "lane"))
    here = path.parent
    settings = LaneSettings(
        path=path, address=address_of(listen["address"]),
        admin=address_of(listen["admin"]) if "admin" in listen else None,
        admin_tls=listen.get("admin_tls", False), tls=content.get("tls"),
        kind=server.get("kind", "postgresql"),
        server=server.get("socket") or address_of(server["address"]),
        server_tls=server.get("tls", "no"), ca=str(here / server["ca"]) if "ca" in server else None,
        server_name=server.get("name", server.get("address", "").rpartition(":")[0].strip("[]")),
        role=rows["guard"]["role"], password=_password(rows["guard"], here),
        log=here / rows["evidence"]["log"], key=here / rows["evidence"]["key"],
        heads=tuple(one if "://" in one else str(here / one)
                    for one in rows["evidence"].get("heads", ())),
        stamps=rows["evidence"].get("stamps"),
        heads_every=span_of(rows["evidence"].get("every", "10m")),
        people=here / rows["tickets"]["people"], tickets=here / rows["tickets"]["file"],
        quarantine=quarantine_of(rows["quarantine"], here),
        replication=lane.get("replication", False), lang=lane.get("lang"),
        catalog_every=span_of(lane.get("catalog", "30s")),
        statement=limits.get("statement", 16 << 20), sessions=limits.get("sessions", 1_000),
        start_time=span_of(limits.get("start", "30s")), drain=span_of(limits.get("drain", "30s")),
    )  # fmt: skip
    settings.front_tls()
    if settings.ca and not (here / settings.ca).is_file():
        raise WordedError("file_missing", settings.ca)
    return settings


def lane_faults(content: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield place and fault."""
    yield from known_tables(content, list(TABLES))
    for name, keys in TABLES.items():
        if isinstance(content.get(name), dict):
            yield from table_faults(name, content[name], keys)
    yield from missing_tables(content, NEEDED)
    server = content.get("server", {})
    if isinstance(server, dict) and ("address" in server) == ("socket" in server):
        yield "server", WordedError("keep_one_server")
    listen = content.get("listen", {})
    if isinstance(listen, dict) and listen.get("admin_tls") and "tls" not in content:
        yield "listen.admin_tls", WordedError("keep_admin_tls")
    if isinstance(server, dict) and server.get("kind") == "mariadb":
        if "quarantine" in content:
            yield "quarantine", WordedError("keep_no_quarantine")
        if isinstance(content.get("lane"), dict) and content["lane"].get("replication"):
            yield "lane", WordedError("keep_no_replication")


def _password(row: Mapping[str, str], here: Path) -> str | None:
    if "password_env" in row:
        return os.environ.get(row["password_env"])
    if "password_file" in row:
        return read_bytes(here / row["password_file"], 4_096).decode("utf-8").strip()
    return None
