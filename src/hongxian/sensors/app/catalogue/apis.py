"""Sensitive APIs: calls, fields and constant strings that read PI, or hide or widen reading."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Any

from hongxian.sensors.app.catalogue.source import rows

KINDS = ("api", "field", "string", "risk")
"""A call, a static field, a constant string; and calls that read nothing themselves."""

URI = "content://"


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """One row of the catalogue."""

    key: str
    kind: str
    owner: str | None
    """Java binary name of the class; calls through subclasses count. Strings have none."""
    methods: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    prefix: bool = False
    """Whether a text counts by its beginning, else as a whole."""
    info: tuple[str, ...] = ()
    """Keys of the PI types read; empty for risks."""
    permissions: tuple[str, ...] = ()
    """Any one of them is needed."""
    conditional: bool = False
    """The call works without them and gives less: their absence proves nothing."""
    argument: tuple[str, ...] = ()
    """The call counts only with one of these as a constant text argument."""
    effect: str | None = None
    """Of a risk: ``hides`` or ``widens``."""
    zh: str
    en: str
    source: str
    confidence: str

    def takes(self, text: str) -> bool:
        """Whether a constant argument is one that makes the call count."""
        return any(
            text.startswith(wanted) if wanted.startswith(URI) else text == wanted
            for wanted in self.argument
        )

    def holds(self, text: str) -> bool:
        """Whether a constant string of the code is one of the texts."""
        return text.startswith(self.texts) if self.prefix else text in self.texts


@cache
def load_apis() -> dict[str, Api]:
    """Return the whole catalogue by key, in the order of the file."""
    data = rows("apis")
    return {row["key"]: _api(kind, row) for kind in KINDS for row in data[kind]}


@cache
def apis_of(permission: str) -> tuple[Api, ...]:
    """Return what needs a permission, or gives more with it."""
    return _by_permission().get(permission, ())


@cache
def _by_permission() -> dict[str, tuple[Api, ...]]:
    found: dict[str, list[Api]] = defaultdict(list)
    for api in load_apis().values():
        for name in api.permissions:
            found[name].append(api)
    return {name: tuple(apis) for name, apis in found.items()}


def _api(kind: str, row: dict[str, Any]) -> Api:
    return Api(
        key=row["key"],
        kind=kind,
        owner=row.get("class"),
        methods=tuple(row.get("methods", ())),
        fields=tuple(row.get("names", ())),
        texts=tuple(row.get("values", ())),
        prefix=row.get("match") == "prefix",
        info=tuple(row.get("info", ())),
        permissions=tuple(row.get("permissions", ())),
        conditional=row.get("conditional", False),
        argument=tuple(row.get("argument", ())),
        effect=row.get("effect"),
        zh=row["zh"],
        en=row["en"],
        source=row["source"],
        confidence=row["conf"],
    )
