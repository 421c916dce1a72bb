from __future__ import annotations

from hongxian.guards.keep.statements.catalog import Relation
from hongxian.guards.keep.statements.quarantine.names import body, full, listed, quoted


def test_names_are_quoted() -> None:
    assert quoted("a b", 'c"d') == '"a b"."c""d"'
    assert full(Relation("app", "users")) == '"app"."users"'
    assert listed(["a", "b"], "old.") == 'old."a", old."b"'


def test_no_name_ends_a_body() -> None:
    for name in ("a", "x$keep$y", "$keep$ $k6keep$", "$k6keep$"):
        text = body(f"begin insert into {quoted(name)}; end")
        tag = text[: text.index("$", 1) + 1]
        assert text.count(tag) == 2
        assert name in text
