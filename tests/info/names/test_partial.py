from __future__ import annotations

import pytest

from hongxian.info.names.partial import is_namesake, is_partial


@pytest.mark.parametrize("word", ["王先生", "李某", "李某某", "张总", "欧阳老师", "陈大爷", "周工"])
def test_a_surname_with_a_form_of_address_names_nobody(word) -> None:
    assert is_partial(word)


@pytest.mark.parametrize("word", ["王先", "李总理", "张伟", "欧阳修", "诸葛亮", "王"])
def test_whole_names_are_not_partial(word) -> None:
    assert not is_partial(word)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("去约翰逊机场接人", "约翰逊"),
        ("毕业于霍普金斯大学", "霍普金斯"),
        ("“陈嘉庚”号启航", "陈嘉庚"),
    ],
)
def test_institutions_places_and_ships_are_no_persons(text, name) -> None:
    start = text.index(name)
    assert is_namesake(text, start, start + len(name))


@pytest.mark.parametrize(
    ("text", "name"), [("“陈嘉庚”说", "陈嘉庚"), ("陈嘉庚号称", "陈嘉庚"), ("王伟", "王伟")]
)
def test_other_names_are_persons(text, name) -> None:
    start = text.index(name)
    assert not is_namesake(text, start, start + len(name))
