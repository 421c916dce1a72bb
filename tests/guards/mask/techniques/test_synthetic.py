from __future__ import annotations

import sys

import pytest
from tests.guards.mask.rings import shown, wrong

from hongxian.errors import HongxianError
from hongxian.guards.mask.techniques.synthetic import PROVIDERS
from hongxian.info.types import load_types


@pytest.mark.parametrize("info", PROVIDERS)
@pytest.mark.parametrize("locale", ["zh_CN", "en_US"])
def test_every_type_has_its_inventions(info: str, locale: str) -> None:
    assert info in load_types()
    found = shown("synthetic", info, ["a", "b", "a", None], locale=locale)
    assert found[0] == found[2]
    assert found[3] is None
    assert all(found[:3])


def test_the_same_value_is_the_same_in_every_table_under_one_key() -> None:
    (one,) = shown("synthetic", "basic.phone", ["13812345678"])
    assert shown("synthetic", "basic.phone", ["1", "+86 138-1234-5678"])[1] == one
    assert shown("synthetic", "basic.phone", ["13812345678"], key="k2") != [one]
    assert shown("synthetic", "basic.phone", ["13812345678"], domain="other") != [one]


def test_a_type_without_inventions_needs_a_provider() -> None:
    found = wrong("synthetic", "other.religion")
    assert found
    assert "there is no synthetic value for other.religion" in found.say("en")
    assert wrong("synthetic", "other.religion", provider="name") is None
    assert shown("synthetic", "other.religion", ["x"], provider="name")[0] != "x"


def test_a_missing_extra_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "faker", None)
    with pytest.raises(HongxianError, match=r"pip install 'hongxian\[synthetic\]'"):
        shown("synthetic", "basic.name", ["x"])
