from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.guards.keep.shown import shown, text_hash

SECRET = "王小明13800138000"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("delete from t where a = 'x''y' and b = 12.5", "delete from t where a = ? and b = ?"),
        ("select E'a\\'b' , U&'x', b'1', $a$ ' $a$, t1.c2", "select ? , ? , ? , ? , t1.c2"),
        ("drop table t -- because\n, u /* 'x' */;", "drop table t ? , u ? ;"),
        ("select 'open", "select ?"), ("select $1", "select $1"),
        ("select 1 /* a /* b */ 'c' */", "select ? ? ? …"),
        ('delete from "t" where  x=1e5', 'delete from "t" where x= ?'),
        ("call 13800138000 x13800138000", "call ? x13800138000"),
    ],
)  # fmt: skip
def test_words_stay_and_values_go(text: str, told: str) -> None:
    assert shown(text) == told


@pytest.mark.parametrize("form", ["'{}'", "E'\\'{}'", "$${}$$", "$q${}$q$", "--{}\n", "/*{}*/",
                                  "/* /* */ {} */", "'' '{}", "U&'{}'",
                                  "$a$ $$ {} $$ $a$"])  # fmt: skip
@given(st.text("a';$-", max_size=8), st.text("a ;", max_size=8))
def test_no_value_is_told(form: str, before: str, after: str) -> None:
    text = f"select {form.format(SECRET)} {after}"
    assert SECRET not in shown(text)
    assert "13800138000" not in shown(f"select {before}{form.format(SECRET)}")


def test_long_texts_are_cut() -> None:
    assert len(shown("select a, " * 1_000)) <= 501


def test_the_hash_is_of_the_exact_text() -> None:
    assert text_hash(b"drop table t;") != text_hash(b"drop table t")
    assert len(text_hash(b"")) == 64
