"""What a drill is told: where the vault is, which copies are tried, how often, what must hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from hongxian.guards.keep.vault.settings import HOOK, TEXT, TIME, evidence_faults, named_faults
from hongxian.guards.policy_source import PolicyError, read_toml
from hongxian.guards.tables import Key, known_tables, span_of, table_faults
from hongxian.words.worded import WordedError, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hongxian.guards.policy_source import Fault

OWN = {
    "folder": Key(str, needed=True), "vault": Key(str, needed=True), "name": TEXT, "webhook": HOOK,
    "evidence": TEXT, "evidence_key": TEXT,
}  # fmt: skip
_ANY = {
    "every": TIME, "user": TEXT, "programs": TEXT, "tables": Key(list), "queries": Key(dict),
    "settings": Key(dict), "patience": TIME, "longest_rpo": TIME, "longest_rto": TIME,
}  # fmt: skip
KINDS: dict[str, dict[str, Key]] = {
    "postgresql": _ANY | {"connection": TEXT, "superuser": TEXT, "amcheck": Key(bool)},
    "mariadb": _ANY | {"defaults": TEXT, "check": Key(bool)},
}
"""Kind of server -> what may be told of one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnySource:
    """A server whose copies are tried; times in seconds, 0 for no limit.

    ``tables`` are the ones whose rows are counted and summed (all when empty); ``queries`` must
    give the same as at the mark; ``user`` is whom the scratch server runs as when the drill is
    root; ``settings`` are further ones of the scratch server.
    """

    KIND: ClassVar[str]
    """What kind of server it is, as its table is called."""

    name: str
    every: float = 7 * 86_400.0
    user: str | None = None
    programs: Path | None = None
    tables: tuple[str, ...] = ()
    queries: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)
    patience: float = 3_600.0
    longest_rpo: float = 0.0
    longest_rto: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSettings(AnySource):
    """A PostgreSQL server; ``connection`` is for marks."""

    KIND = "postgresql"

    connection: str | None = None
    superuser: str = "postgres"
    amcheck: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class MariaTried(AnySource):
    """A MariaDB server; ``defaults`` (host, user, password under ``[client]``) is for marks.

    ``check`` says whether all tables are looked at by ``CHECK TABLE``.
    """

    KIND = "mariadb"

    defaults: Path | None = None
    check: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillSettings:
    """What the file says."""

    folder: Path
    vault: Path
    name: str = "drill"
    webhook: str | None = None
    evidence: Path | None = None
    evidence_key: Path | None = None
    postgresql: Mapping[str, SourceSettings] = field(default_factory=dict)
    mariadb: Mapping[str, MariaTried] = field(default_factory=dict)

    @property
    def sources(self) -> Mapping[str, AnySource]:
        """All of them, by name."""
        return {**self.postgresql, **self.mariadb}

    def source(self, name: str) -> AnySource:
        """Return a source.

        Raises:
            HongxianError: there is none of this name.
        """
        if name not in self.sources:
            known = nearest(name, list(self.sources))
            raise WordedError("keep_no_source", word=name, nearest=known)
        return self.sources[name]


def load_drill(path: Path) -> DrillSettings:
    """Read the settings of drills.

    Raises:
        HongxianError: the file is not there or is no TOML, or its faults, a line for each.
    """
    content = read_toml(path)
    if faults := list(_faults(content)):
        raise PolicyError(path, faults)
    own, base = content["drill"], path.parent
    return DrillSettings(
        folder=base / own["folder"], vault=base / own["vault"], name=own.get("name", "drill"),
        webhook=own.get("webhook"),
        evidence=base / own["evidence"] if "evidence" in own else None,
        evidence_key=base / own["evidence_key"] if "evidence_key" in own else None,
        postgresql={
            name: SourceSettings(name=name, **_told(row, base))
            for name, row in content.get("postgresql", {}).items()
        },
        mariadb={
            name: MariaTried(name=name, **_told(row, base))
            for name, row in content.get("mariadb", {}).items()
        },
    )  # fmt: skip


def _faults(content: Mapping[str, Any]) -> Iterator[Fault]:
    yield from known_tables(content, ["drill", *KINDS])
    if not isinstance(content.get("drill"), dict):
        yield "", WordedError("setting_table", key="drill")
    else:
        yield from table_faults("drill", content["drill"], OWN)
        yield from evidence_faults("drill", content["drill"])
    for kind, keys in KINDS.items():
        rows = content.get(kind)
        for name, row in rows.items() if isinstance(rows, dict) else ():
            yield from _source_faults(f"{kind}.{name}", name, row, keys)
    both = content.get("postgresql"), content.get("mariadb")
    if all(isinstance(rows, dict) for rows in both):
        for name in both[0].keys() & both[1].keys():  # type: ignore[union-attr]
            yield f"mariadb.{name}", WordedError("keep_name_twice", word=name)


def _source_faults(place: str, name: str, row: Any, keys: Mapping[str, Key]) -> Iterator[Fault]:
    yield from named_faults(place, name, row, keys)
    for table in ("queries", "settings") if isinstance(row, dict) else ():
        told = row.get(table, {})
        if isinstance(told, dict) and not all(isinstance(one, str) for one in told.values()):
            yield place, WordedError("wrong_kind", key=table)


def _told(row: Mapping[str, Any], base: Path) -> dict[str, Any]:
    told: dict[str, Any] = dict(row)
    for key in ("every", "patience", "longest_rpo", "longest_rto"):
        if key in told:
            told[key] = span_of(told[key])
    if "programs" in told:
        told["programs"] = Path(told["programs"])
    if "defaults" in told:
        told["defaults"] = base / told["defaults"]
    told["tables"] = tuple(told.get("tables", ()))
    return told
