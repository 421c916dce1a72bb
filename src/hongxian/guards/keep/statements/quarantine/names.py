"""Names as PostgreSQL reads them, and the schema that one plan keeps things in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hongxian.guards.keep.statements.catalog import Relation


def quoted(*parts: str) -> str:
    """Return a name of one or more parts, each in quotes."""
    return ".".join('"' + part.replace('"', '""') + '"' for part in parts)


def full(one: Relation) -> str:
    """Return the name of a relation, in quotes, with its schema."""
    return quoted(one.schema, one.name)


def body(text: str) -> str:
    """Return a text between dollar quotes that nothing in it, as a name, can end."""
    tag = "$keep$"
    while tag in text:
        tag = f"$k{len(tag)}{tag[1:]}"
    return f"{tag} {text} {tag}"


def listed(names: Iterable[str], prefix: str = "") -> str:
    """Return names of columns in quotes, behind one another."""
    return ", ".join(prefix + quoted(name) for name in names)
