from __future__ import annotations

import subprocess
import sys

import pytest

import hongxian.facts
from hongxian.facts.duck import Store


def test_facts_are_made_without_loading_a_database() -> None:
    code = "import sys, hongxian.facts as f; f.Fact; assert 'duckdb' not in sys.modules; f.Store"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_store_is_there_when_asked_for_and_nothing_else_is() -> None:
    assert hongxian.facts.Store is Store
    with pytest.raises(AttributeError):
        hongxian.facts.Shop  # type: ignore[attr-defined]  # noqa: B018 - asked for on purpose
