from __future__ import annotations

import pytest

from hongxian.guards.gate.exchange.callers import Source
from hongxian.guards.gate.exchange.settings import ExchangeSettings


@pytest.mark.parametrize(("headers", "audience"), [
    ([(b"x-role", b"staff")], "analyst"), ([(b"x-role", b"guest")], "public"), ([], "public"),
])  # fmt: skip
def test_the_audience_is_told_by_the_caller_s_role(headers: list, audience: str) -> None:
    settings = ExchangeSettings(
        audience_from=Source.read("header:x-role"), audiences={"staff": "analyst"}
    )
    assert settings.audience(headers) == audience


def test_without_a_place_for_it_all_have_one_audience() -> None:
    assert ExchangeSettings().audience([(b"x-role", b"staff")]) == "public"
