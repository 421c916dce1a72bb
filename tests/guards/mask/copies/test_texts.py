from __future__ import annotations

from tests.guards.mask.tables import plan

from hongxian.guards.mask.copies.texts import changing
from hongxian.guards.mask.plan import Named


def test_texts_are_covered_whatever_an_audience_gets_for_unknown_columns() -> None:
    own = plan("public", named={})
    assert changing(own)("line", ["tel 13812345678", "x", ""]) == ["tel 138****5678", "x", ""]
    assert own.columns["line"].how == "format"


def test_names_of_authors_are_names_and_empty_when_they_may_not_be_shown() -> None:
    assert changing(plan("public", named={}))("author", ["张三"]) == [""]
    assert changing(plan("partner", named={}))("author", ["张三"]) == ["张*"]


def test_files_in_a_page_are_never_let_out() -> None:
    assert changing(plan(named={}))("data", ["data:image/png;base64,QUJD"]) == [""]


def test_the_user_may_say_otherwise() -> None:
    own = plan(named={"line": Named(None, "suppress"), "author": Named(None, "keep")})
    assert changing(own)("line", ["x"]) == [""]
    assert changing(own)("author", ["张三"]) == ["张三"]
