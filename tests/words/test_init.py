from __future__ import annotations

import pytest

from hongxian.words import area_words, language, say


def test_a_text_in_both_languages_with_its_values() -> None:
    area_words.cache_clear()
    assert say("cli.error", "zh", line="x") == "错误：x"
    assert say("cli.error", "en", line="x") == "error: x"
    assert "{line}" in say("cli.error", "en")


def test_a_text_that_is_not_there() -> None:
    with pytest.raises(KeyError):
        say("cli.nothing_of_the_kind", "en")


@pytest.mark.parametrize(
    ("asked", "environment", "chosen"),
    [
        ("en", {"LANG": "zh_CN.UTF-8"}, "en"),
        (None, {"LANG": "zh_CN.UTF-8"}, "zh"),
        (None, {"LANG": "en_GB.UTF-8"}, "en"),
        (None, {"LANG": "C"}, "en"),
        (None, {"LANG": "C.UTF-8"}, "en"),
        (None, {"LC_ALL": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        (None, {"LANG": "de_DE.UTF-8"}, "zh"),
        (None, {}, "zh"),
        ("fr", {"LANG": "en_US"}, "en"),
    ],
)
def test_the_language(
    monkeypatch: pytest.MonkeyPatch, asked: str | None, environment: dict[str, str], chosen: str
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert language(asked) == chosen
