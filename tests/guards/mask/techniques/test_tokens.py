from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.guards.mask.rings import masked, revealed, setting, wrong

from hongxian.errors import HongxianError
from hongxian.guards.mask.technique import Setting, find_technique

if TYPE_CHECKING:
    from pathlib import Path


def test_tokens_lead_back_through_their_vault(tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    found = masked("token", "basic.phone", ["1", "2", "1", None], vault=vault, prefix="p_")
    one, other, again, none = found.values.to_pylist()
    assert (one, none) == (again, None)
    assert one != other
    assert one.startswith("p_")
    assert revealed("token", "basic.phone", found.values, vault) == ["1", "2", "1", None]


def test_without_vault_or_keys_there_are_no_tokens(tmp_path: Path) -> None:
    found = wrong("token", "x")
    assert found
    assert "token needs a vault" in found.say("en")
    with pytest.raises(HongxianError, match="token needs a vault"):
        find_technique("token").apply(setting("x"))
    with pytest.raises(HongxianError, match="the policy has no key"):
        find_technique("token").apply(Setting(info="x", vault=tmp_path / "vault"))
