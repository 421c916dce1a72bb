from __future__ import annotations

from hongxian.guards.keep.statements.catalog import Relation
from hongxian.guards.keep.statements.quarantine.names import full, listed, quoted


def test_names_are_quoted() -> None:
    assert quoted("a b", 'c"d') == '"a b"."c""d"'
    assert full(Relation("app", "users")) == '"app"."users"'
    assert listed(["a", "b"], "old.") == 'old."a", old."b"'
