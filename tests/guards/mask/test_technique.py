from __future__ import annotations

import pytest
from tests.guards.mask.rings import ring

from hongxian.errors import HongxianError
from hongxian.guards.mask.technique import MODULES, Setting, find_technique


@pytest.mark.parametrize("name", MODULES)
def test_every_name_leads_to_its_technique(name: str) -> None:
    assert find_technique(name).name == name


def test_an_unknown_technique_is_one_line_with_the_nearest() -> None:
    with pytest.raises(HongxianError, match="no technique 'pseudonim'; nearest: 'pseudonym'"):
        find_technique("pseudonim")


def test_only_what_can_be_turned_back_says_so() -> None:
    back = {name for name in MODULES if find_technique(name).reveal}
    assert back == {"keep", "fpe", "token"}
    assert all(find_technique(name).keyed for name in back - {"keep"})


def test_a_setting_has_its_key_or_says_that_there_is_none() -> None:
    assert Setting(info="x", ring=ring()).key().name == "k1"
    assert Setting(info="x", ring=ring(), key_name="k2").key().name == "k2"
    with pytest.raises(HongxianError, match="the policy has no key"):
        Setting(info="x").key()
    assert Setting(info="x", options={"a": 1}).option("a", 2) == 1
    assert Setting(info="x").option("a", 2) == 2
