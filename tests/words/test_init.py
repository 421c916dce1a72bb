"""Texts come in the language asked for, else in that of the environment; Chinese comes first."""

from __future__ import annotations

import pytest

from hongxian.words import area_words, language, say


@pytest.fixture(autouse=True)
def _no_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


def test_texts_in_both_languages_with_their_places_filled() -> None:
    assert say("cli.error", "zh", line="x") == "错误：x"
    assert say("cli.error", "en", line="{y}") == "error: {y}"


def test_a_text_that_is_not_there() -> None:
    with pytest.raises(KeyError):
        say("cli.nothing_of_the_kind", "zh")


def test_an_area_is_read_once() -> None:
    area_words.cache_clear()
    texts = area_words("cli")
    assert set(texts["error"]) == {"zh", "en"}
    assert area_words("cli") is texts


@pytest.mark.parametrize(
    ("locale", "expected"),
    [("en_GB.UTF-8", "en"), ("C", "en"), ("C.UTF-8", "en"), ("POSIX", "en"), ("zh_CN.UTF-8", "zh"),
     ("ca_ES.UTF-8", "zh"), ("", "zh")],
)  # fmt: skip
def test_the_locale_decides_when_nobody_asks(
    locale: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", locale)
    assert language() == expected
    assert language("zh") == "zh"
    assert language("en") == "en"
    assert language("fr") == expected


def test_the_stronger_variable_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert language() == "zh"
