from __future__ import annotations

import pytest

from hongxian.sensors.app.graph.gate_words import GateWords, parts_of

WORDS = GateWords(
    subject=frozenset({"privacy", "protocol"}),
    given=frozenset({"agree", "agreed", "status"}),
    asked=frozenset({"show", "need"}),
    given_alone=frozenset({"isAgreed"}),
    asked_alone=frozenset({"isFirstRun"}),
    given_zh=frozenset({"已同意"}),
    asked_zh=frozenset({"首次启动"}),
    not_gates=frozenset({"protocolStatus"}),
)


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("privacy_agreed", True),
        ("PRIVACY_AGREE_V2", True),
        ("userIsAgreed", True),
        ("needShowPrivacy", False),
        ("is_first_run", False),
        ("用户已同意隐私", True),
        ("是否首次启动", False),
        ("agreed", None),
        ("privacy_text", None),
        ("protocolStatus", None),
        ("disagreement", None),
        ("volume", None),
        ("privacy agreed " * 9, None),
    ],
)
def test_what_a_true_value_says(name: str, meaning: bool | None) -> None:
    assert WORDS.meaning(name) is meaning


def test_names_are_split_at_their_borders() -> None:
    assert parts_of("hasAgreedURL_v2") == ("has", "agreed", "url", "v")
