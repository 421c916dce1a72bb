"""What a database holds, as far as it decides what a statement does: an immutable snapshot.

Names are looked up in every schema, whatever the search path is, and the worst of all objects of
that name counts: so no setting of a session makes a statement better than it is.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SYSTEM = frozenset({"pg_catalog", "information_schema", "pg_toast"})
"""Schemas of the server itself."""

_HOLDING = frozenset("rmf")
"""Kinds of relations that hold rows, or show those of elsewhere."""

TRASH = "hongxian_trash_"
"""What the schemas begin with in which quarantined things are kept, one schema a plan."""


@dataclass(frozen=True, slots=True)
class Function:
    """A function, procedure, aggregate or window function.

    Attributes:
        schema: where it is.
        name: its own name.
        kind: f, p, a or w, as ``prokind``.
        language: its language's name.
        volatility: i, s or v, as ``provolatile``.
        least: arguments that must be given.
        most: arguments that can be given; ``None``: any number.
        body: its text; its whole definition where that is a parsed one (``BEGIN ATOMIC``).
        parsed: that ``body`` is a whole definition.
        arguments: names of all its arguments in order, ``None`` in place of one without.
        composite: which of the arguments are rows.
        returns: void, text, setof record, trigger or event_trigger.
        result: the name of the type that it gives.
        builtin: that it came with the server.
        extension: which extension it belongs to, if any.
        settings: what it sets while it runs, as ``name=value``.
        parts: functions that an aggregate calls, as (schema, name).
        of_row: that ``row.name`` calls it.
        defaults: expressions for arguments that are not given, behind one another.
    """

    schema: str
    name: str
    kind: str = "f"
    language: str = "sql"
    volatility: str = "v"
    least: int = 0
    most: int | None = 0
    body: str = ""
    parsed: bool = False
    arguments: tuple[str | None, ...] = ()
    composite: tuple[bool, ...] = ()
    returns: str = "void"
    result: str = "void"
    builtin: bool = False
    extension: str = ""
    settings: tuple[str, ...] = ()
    parts: tuple[tuple[str, str], ...] = ()
    of_row: bool = False
    defaults: str = ""

    @property
    def full(self) -> str:
        """Schema and name."""
        return f"{self.schema}.{self.name}"

    def takes(self, count: int) -> bool:
        """Return whether it can be called with so many arguments."""
        return self.least <= count and (self.most is None or count <= self.most)


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger and its function; ``when``: its condition; ``enabled`` as ``tgenabled``."""

    name: str
    function: tuple[str, str]
    events: frozenset[str]
    when: str = ""
    enabled: str = "O"
    definition: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rewrite rule: its event (insert, update, delete, select) and its whole definition."""

    name: str
    event: str
    definition: str
    enabled: str = "O"


@dataclass(frozen=True, slots=True)
class Column:
    """A column with what the statistics say: part of the rows that share the commonest value."""

    name: str
    type: str
    generated: bool = False
    identity: str = ""
    common: float | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """A table, view, sequence or index.

    Attributes:
        schema: where it is.
        name: its own name.
        kind: r, p, v, m, f, S, i, c, t: as ``relkind``.
        rows: how many it holds; ``None`` when nobody counted.
        columns: in order.
        keys: columns of each whole unique index, the primary key first.
        definition: the query of a view.
        rules: its rules, but not the one that makes a view.
        triggers: its triggers, but not those of foreign keys.
        expressions: defaults and checks: SQL that runs when rows are written.
        indexed: expressions and predicates of indexes, which maintenance runs, too.
        policies: expressions of row security, which run when rows are read, too.
        children: tables that inherit from it, its partitions, as (schema, name).
        wrapper: the foreign data wrapper of a foreign table.
        builtin: that it came with the server.
        bound: of a partition, as FOR VALUES; empty for others.
        own: that it is temporary, or was made in this very text: nobody else's data is in it.
        empty: that nothing was ever written into it, as the server's files show.
    """

    schema: str
    name: str
    kind: str = "r"
    rows: float | None = None
    columns: tuple[Column, ...] = ()
    keys: tuple[tuple[str, ...], ...] = ()
    definition: str = ""
    rules: tuple[Rule, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    expressions: tuple[str, ...] = ()
    indexed: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    children: tuple[tuple[str, str], ...] = ()
    wrapper: str = ""
    builtin: bool = False
    own: bool = False
    bound: str = ""
    empty: bool = False

    @property
    def full(self) -> str:
        """Schema and name."""
        return f"{self.schema}.{self.name}"

    def column(self, name: str) -> Column | None:
        """Return a column by its name."""
        return next((one for one in self.columns if one.name == name), None)


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """A foreign key; actions as ``confdeltype``: a, r, c (cascade), n (null), d (default)."""

    name: str
    table: tuple[str, str]
    columns: tuple[str, ...]
    to: tuple[str, str]
    to_columns: tuple[str, ...]
    on_delete: str = "a"
    on_update: str = "a"
    definition: str = ""


@dataclass(frozen=True, slots=True)
class Type:
    """A type of users: checks of a domain, and functions of its casts as (schema, name)."""

    schema: str
    name: str
    kind: str = "c"
    checks: tuple[str, ...] = ()
    functions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Operator:
    """An operator of users and its function; ``plain``: both its types are the server's own."""

    schema: str
    name: str
    function: tuple[str, str]
    plain: bool = False


@dataclass(frozen=True, slots=True)
class EventTrigger:
    """An event trigger and its function."""

    name: str
    function: tuple[str, str]
    enabled: str = "O"


def bare(type_: str) -> str:
    """Return the name alone of a type as the catalog writes it: no schema, length or array."""
    return type_.split("(", maxsplit=1)[0].strip().removesuffix("[]").split(".")[-1].strip('"')


class _Named(Protocol):
    @property
    def schema(self) -> str: ...
    @property
    def name(self) -> str: ...


_Any = TypeVar("_Any", bound=_Named)


def _by_name(objects: Iterable[_Any]) -> Mapping[str, tuple[_Any, ...]]:
    found: dict[str, list[_Any]] = defaultdict(list)
    for one in objects:
        found[one.name].append(one)
    return MappingProxyType({name: tuple(same) for name, same in found.items()})


def pick(named: Mapping[str, tuple[_Any, ...]], schema: str, name: str) -> tuple[_Any, ...]:
    """Return the objects of a name: all of them, or those of a schema when it is not empty."""
    same = named.get(name, ())
    if not schema:  # what is quarantined is found by its full name alone
        return tuple(one for one in same if not one.schema.startswith(TRASH))
    if schema == "pg_temp":
        return tuple(one for one in same if one.schema.startswith("pg_temp"))
    # what a text makes without a schema can be in any
    return tuple(one for one in same if one.schema in (schema, ""))


@dataclass(frozen=True, slots=True)
class Catalog:
    """A snapshot; ``version`` names its content, so that equal ones share what was judged.

    Attributes:
        version: a hash of the content.
        server: as ``server_version_num``.
        functions: by name.
        relations: by name.
        types: by name.
        operators: by name.
        references: foreign keys by the table that they point at.
        event_triggers: all of them.
        settings: settings of the server that decide how a text is read.
        prepared: all statements, as parsed, that the session may have prepared under a name.
        powerful: roles that reach past a guard: superusers and the like.
        casts: that users have made casts, so that a column's type can call functions.
        gone: names of functions that were there once: applications may still call them.
        tainted: that names may mean something else by now than the snapshot says.
    """

    version: str
    server: int = 0
    functions: Mapping[str, tuple[Function, ...]] = field(default_factory=dict, repr=False)
    relations: Mapping[str, tuple[Relation, ...]] = field(default_factory=dict, repr=False)
    types: Mapping[str, tuple[Type, ...]] = field(default_factory=dict, repr=False)
    operators: Mapping[str, tuple[Operator, ...]] = field(default_factory=dict, repr=False)
    references: Mapping[tuple[str, str], tuple[ForeignKey, ...]] = field(
        default_factory=dict, repr=False
    )
    event_triggers: tuple[EventTrigger, ...] = field(default=(), repr=False)
    settings: Mapping[str, str] = field(default_factory=dict, repr=False)
    prepared: Mapping[str, tuple[dict[str, Any], ...]] = field(default_factory=dict, repr=False)
    powerful: frozenset[str] = frozenset()
    casts: bool = False
    gone: frozenset[str] = frozenset()
    tainted: bool = False

    @classmethod
    def of(  # noqa: PLR0913 - one argument for each kind of object
        cls,
        *,
        server: int = 150000,
        functions: Iterable[Function] = (),
        relations: Iterable[Relation] = (),
        types: Iterable[Type] = (),
        operators: Iterable[Operator] = (),
        foreign_keys: Iterable[ForeignKey] = (),
        event_triggers: Iterable[EventTrigger] = (),
        settings: Mapping[str, str] | None = None,
        powerful: Iterable[str] = (),
    ) -> Catalog:
        """Return a snapshot of these objects, under a version of its own."""
        made, tables, kinds = tuple(functions), tuple(relations), tuple(types)
        signs, keys, fired = tuple(operators), tuple(foreign_keys), tuple(event_triggers)
        content = (server, made, tables, kinds, signs, keys, fired, settings, sorted(powerful))
        references: dict[tuple[str, str], tuple[ForeignKey, ...]] = defaultdict(tuple)
        for key in keys:
            references[key.to] += (key,)
        return cls(
            hashlib.sha256(repr(content).encode()).hexdigest()[:16],
            server,
            _by_name(made),
            _by_name(tables),
            _by_name(kinds),
            _by_name(signs),
            dict(references),
            fired,
            dict(settings or {}),
            powerful=frozenset(powerful),
            casts=any(one.functions for one in kinds),
        )

    def relation(self, full: tuple[str, str]) -> Relation | None:
        """Return the relation of a schema and a name."""
        return next(iter(pick(self.relations, *full)), None)

    def all_relations(self) -> Iterable[Relation]:
        """Return all relations."""
        return (one for same in self.relations.values() for one in same)

    @property
    def without_rows(self) -> bool:
        """Whether no table holds a row: there is nothing to lose."""
        return all(
            one.builtin or one.own or one.empty or one.kind not in _HOLDING
            for one in self.all_relations()
        )

    def with_gone(self, names: frozenset[str]) -> Catalog:
        """Return the snapshot with names of functions that were there once."""
        gone = names - self.functions.keys()
        return replace(self, gone=gone, version=self._next(sorted(gone)))

    def with_function(self, made: Function) -> Catalog:
        """Return the snapshot with a function besides; an older one of that name stays, too."""
        same = (*self.functions.get(made.name, ()), made)
        return replace(self, functions={**self.functions, made.name: same},
                       version=self._next(made))  # fmt: skip

    def with_relation(self, made: Relation) -> Catalog:
        """Return the snapshot with a relation besides."""
        same = (*self.relations.get(made.name, ()), made)
        return replace(self, relations={**self.relations, made.name: same},
                       version=self._next(made))  # fmt: skip

    def with_prepared(self, name: str, node: dict[str, Any]) -> Catalog:
        """Return the snapshot with a statement that the session prepared; one before may hold."""
        return replace(self, prepared={**self.prepared, name: (*self.prepared.get(name, ()), node)},
                       version=self._next((name, node)))  # fmt: skip

    def with_taint(self) -> Catalog:
        """Return the snapshot after names have changed their meaning."""
        return replace(self, tainted=True, version=self._next("tainted"))

    def _next(self, made: object) -> str:
        return hashlib.sha256(f"{self.version}{made!r}".encode()).hexdigest()[:16]
