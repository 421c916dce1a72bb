from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.guards.mask.formats.xml_text import xml_text_markup


@pytest.mark.parametrize(("text", "shown", "kinds"), [
    ("<a>b</a>", "<a>B</a>", {"line"}), ("<a b='c'/>", '<a b="C"/>', {"attribute"}),
    ("<a xmlns='u' xmlns:x=\"v\"/>", "<a xmlns='u' xmlns:x=\"v\"/>", set()),
    ("<a>b<![CDATA[<]]>e</a>", "<a>B<![CDATA[<]]>E</a>", {"line"}),
    ("<!-- n --><a/>", "<!-- N --><a/>", {"comment"}), ("<?pi d?>", "<?PI D?>", {"comment"}),
    ("<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", "<!DOCTYPE A [<!ENTITY B 'C'>]><a/>", {"comment"}),
    ("<style>b</style><script>c", "<style>B</style><script>C", {"line"}),
])  # fmt: skip
def test_texts_and_values_are_told_apart(text: str, shown: str, kinds: set[str]) -> None:
    seen = set()

    def upper(kind: str, texts: list[str]) -> list[str]:
        if texts:
            seen.add(kind)
        return [one.upper() for one in texts]

    assert xml_text_markup(text).changed(upper) == shown
    assert seen == kinds


def test_signs_that_are_spelled_are_read() -> None:
    texts: list[str] = []

    def look(kind: str, found: list[str]) -> list[str]:
        del kind
        texts.extend(found)
        return found

    text = "<a>&#49;3&lt;&amp;&x31; & b</a>"
    assert xml_text_markup(text).changed(look) == text
    assert "13<&&x31; & b" in texts


@given(st.text(alphabet="<>/!-&#;='\"ab[]CDAT ?xm\n", max_size=80))
def test_whatever_comes_stays_when_nothing_is_changed(text: str) -> None:
    assert xml_text_markup(text).changed(lambda _, texts: texts) == text
    assert "".join(xml_text_markup(text).raw) == text
