"""Errors of the lower layers are one line in the user's language."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from hongxian.errors import Exit, HongxianError
from hongxian.words import LANGUAGES, area_words
from hongxian.words.worded import WordedError, nearest, said, unreadable


def test_an_error_is_said_in_either_language() -> None:
    error = WordedError("too_small", "own.toml", key="jobs", value=0, least=1)
    assert str(error) == error.say("en") == "own.toml: jobs = 0 is less than 1"
    assert error.say("zh") == "own.toml：jobs = 0 小于 1"
    assert isinstance(error, HongxianError)
    assert error.code == Exit.USAGE
    assert WordedError("no_facts", code=Exit.SENSOR, reason="x").code == Exit.SENSOR


def test_an_error_within_an_error_speaks_the_same_language() -> None:
    outer = WordedError("type_of", name="type", error=WordedError("no_app_type", word="nope"))
    assert outer.say("zh") == "type：" + WordedError("no_app_type", word="nope").say("zh")
    assert said(outer, "zh") == outer.say("zh")
    assert said("as it is", "zh") == "as it is"


def _raised(act: object) -> Exception:
    with pytest.raises(Exception) as caught:  # noqa: PT011 - whatever the library raises
        act()  # type: ignore[operator]
    return caught.value


@pytest.mark.parametrize(
    ("error", "zh", "en"),
    [
        (_raised(lambda: Path("/nowhere/a").read_bytes()), "没有这个文件", "No such file"),
        (_raised(lambda: Path("/").read_bytes()), "是文件夹", "a folder"),
        (PermissionError(13, "Permission denied"), "没有读取权限", "no permission"),
        (OSError(5, "Input/output error"), "读取失败", "Input/output error"),
        (_raised(b"ab\xff".decode), "第 2 字节", "byte 2"),
        (_raised(lambda: json.loads('{"a":\n x}')), "第 2 行第 2 列", "line 2, column 2"),
        (_raised(lambda: tomllib.loads("a = 1\nb = ]")), "第 2 行第 5 列", "line 2, column 5"),
        (_raised(lambda: tomllib.loads("a = ")), "内容不完整", "ends too early"),
    ],
)
def test_a_file_that_cannot_be_used(error: Exception, zh: str, en: str) -> None:
    found = unreadable(Path("x"), error)
    assert found.say("zh").startswith("x：")
    assert zh in found.say("zh")
    assert found.say("en").startswith("x: ")
    assert en in found.say("en")


def test_what_is_no_error_of_a_file_is_raised_again() -> None:
    with pytest.raises(KeyError):
        unreadable(Path("x"), KeyError("x"))


def test_every_text_has_the_same_places_in_both_languages() -> None:
    for name, texts in area_words("errors").items():
        places = [
            sorted(part.split("}")[0] for part in texts[lang].split("{")[1:]) for lang in LANGUAGES
        ]
        assert places[0] == places[1], name


def test_an_unknown_word_is_told_the_nearest_or_all_there_are() -> None:
    assert nearest("tpye", ["type", "lang"]).say("en") == "nearest: 'type'"
    assert nearest("b.taps", ["a.taps"]).say("en") == "nearest: 'a.taps'"
    assert nearest("zzz", ["type", "lang"]).say("en") == "known: type, lang"
