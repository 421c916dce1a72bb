from __future__ import annotations

import pytest

from hongxian.facts.reason import Reason, read_reason, say_all

BOMB = Reason("package.bomb", {"ratio": 300}, "classes.dex")


def test_a_reason_is_said_in_either_language_with_its_place() -> None:
    assert BOMB.say("en") == "classes.dex: compression ratio 300:1 looks like a bomb; not read"
    assert BOMB.say("zh") == "classes.dex：疑似压缩炸弹（压缩比 300:1），未读"
    assert Reason("audit.no_code").say("zh") == "安装包中没有 DEX 代码"


def test_a_reason_behind_a_reason_is_said_in_the_same_language() -> None:
    outer = Reason("package.member_apk", {"reason": Reason("package.empty").data()}, "a.apk")
    assert outer.say("zh") == "a.apk：包内的 APK 无法读取：空文件"
    assert outer.say("en").endswith("cannot be read: the file is empty")


def test_reasons_survive_as_data_and_stand_in_one_line_each_once() -> None:
    assert read_reason(BOMB.data()) == BOMB
    assert Reason("audit.no_code").data() == {"word": "audit.no_code"}
    said = say_all((BOMB, Reason("audit.no_code"), BOMB), "zh")
    assert said == f"{BOMB.say('zh')}；安装包中没有 DEX 代码"


@pytest.mark.parametrize(
    "data",
    [
        None, "text", 3, {}, {"word": 3}, {"word": "bomb"}, {"word": "package.nonsense"},
        {"word": "nowhere.bomb"}, {"word": "../package.bomb"}, {"word": "package.bomb"},
        {"word": "package.bomb", "values": 3}, {"word": "package.bomb", "values": {"size": 3}},
    ],
)  # fmt: skip
def test_what_other_programs_write_is_no_reason_unless_it_can_be_said(data: object) -> None:
    assert read_reason(data) is None
