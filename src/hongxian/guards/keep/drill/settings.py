"""What a drill is told: where the vault is, which copies are tried, how often, what must hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hongxian.guards.keep.vault.settings import HOOK, TEXT, TIME, evidence_faults, named_faults
from hongxian.guards.policy_source import PolicyError, read_toml
from hongxian.guards.tables import Key, span_of, table_faults
from hongxian.words.worded import WordedError, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hongxian.guards.policy_source import Fault

OWN = {
    "folder": Key(str, needed=True), "vault": Key(str, needed=True), "name": TEXT, "webhook": HOOK,
    "evidence": TEXT, "evidence_key": TEXT,
}  # fmt: skip
SOURCE = {
    "connection": TEXT, "every": TIME, "user": TEXT, "superuser": TEXT, "programs": TEXT,
    "tables": Key(list), "queries": Key(dict), "settings": Key(dict), "amcheck": Key(bool),
    "patience": TIME, "longest_rpo": TIME, "longest_rto": TIME,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSettings:
    """A PostgreSQL server whose copies are tried; times in seconds, 0 for no limit.

    ``tables`` are the ones whose rows are counted and summed (all when empty); ``queries`` must
    give the same as at the mark; ``user`` is whom the scratch server runs as when the drill is
    root; ``settings`` are further ones of the scratch server.
    """

    name: str
    connection: str | None = None
    every: float = 7 * 86_400.0
    user: str | None = None
    superuser: str = "postgres"
    programs: Path | None = None
    tables: tuple[str, ...] = ()
    queries: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)
    amcheck: bool = True
    patience: float = 3_600.0
    longest_rpo: float = 0.0
    longest_rto: float = 0.0


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

    def source(self, name: str) -> SourceSettings:
        """Return a source.

        Raises:
            HongxianError: there is none of this name.
        """
        if name not in self.postgresql:
            known = nearest(name, list(self.postgresql))
            raise WordedError("keep_no_source", word=name, nearest=known)
        return self.postgresql[name]


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
            name: _source(name, row) for name, row in content.get("postgresql", {}).items()
        },
    )  # fmt: skip


def _faults(content: Mapping[str, Any]) -> Iterator[Fault]:
    known = ["drill", "postgresql"]
    for name in content:
        if name not in known:
            yield "", WordedError("unknown_key", key=name, nearest=nearest(name, known))
        elif not isinstance(content[name], dict):
            yield "", WordedError("wrong_kind", key=name)
    if not isinstance(content.get("drill"), dict):
        yield "", WordedError("setting_table", key="drill")
    else:
        yield from table_faults("drill", content["drill"], OWN)
        yield from evidence_faults("drill", content["drill"])
    rows = content.get("postgresql")
    for name, row in rows.items() if isinstance(rows, dict) else ():
        yield from named_faults(f"postgresql.{name}", name, row, SOURCE)
        for table in ("queries", "settings") if isinstance(row, dict) else ():
            told = row.get(table, {})
            if isinstance(told, dict) and not all(isinstance(one, str) for one in told.values()):
                yield f"postgresql.{name}", WordedError("wrong_kind", key=table)


def _source(name: str, row: Mapping[str, Any]) -> SourceSettings:
    told: dict[str, Any] = dict(row)
    for key in ("every", "patience", "longest_rpo", "longest_rto"):
        if key in told:
            told[key] = span_of(told[key])
    if "programs" in told:
        told["programs"] = Path(told["programs"])
    told["tables"] = tuple(told.get("tables", ()))
    return SourceSettings(name=name, **told)
