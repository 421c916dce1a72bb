from __future__ import annotations

import pytest

from hongxian.info.names.partial import is_partial


@pytest.mark.parametrize("word", ["王先生", "李某", "李某某", "张总", "欧阳老师", "陈大爷", "周工"])
def test_a_surname_with_a_form_of_address_names_nobody(word) -> None:
    assert is_partial(word)


@pytest.mark.parametrize("word", ["王先", "李总理", "张伟", "欧阳修", "诸葛亮", "王"])
def test_whole_names_are_not_partial(word) -> None:
    assert not is_partial(word)
