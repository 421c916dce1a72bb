import pytest

from hongxian.sensors.session.model import Node, Screen
from hongxian.sensors.session.screens.separate import MOST, Wanted, separate_prompt, wants

YES_NO = ("同意", "不同意")


def screen(*texts: str) -> Screen:
    nodes = tuple(Node(text=text) for text in texts)
    return Screen(at=None, nodes=nodes, locator="1.xml", package="cn.example")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("友盟+统计SDK将收集您的IMEI，用于统计分析。", ("device.imei", "umeng_analytics")),
        ("我们将向高德软件有限公司提供您的精确位置，用于定位。", ("location.precise", "amap")),
        ("经您单独同意，我们会收集您的精确位置。", ("location.precise", "first_party")),
        ("We will share your phone number with Adjust.", ("basic.phone", "adjust")),
    ],
)
def test_who_is_to_get_what_is_read_from_the_words(text: str, wanted: tuple[str, str]) -> None:
    prompt = separate_prompt(screen(text, *YES_NO))
    assert prompt is not None
    assert prompt.wanted == (Wanted(*wanted),)
    assert prompt.refusable


def test_separate_consent_without_words_on_what_is_one_all_the_same() -> None:
    prompt = separate_prompt(screen("需要取得您的单独同意", "同意"))
    assert prompt is not None
    assert prompt.wanted == ()
    assert not prompt.refusable


@pytest.mark.parametrize(
    "texts",
    [
        ("我们将向高德软件有限公司提供您的精确位置。", "继续", "取消"),
        ("为计算日落时间，我们需要获取您的位置。", *YES_NO),
        ("我们不会向其提供您的个人信息，是否继续？", *YES_NO),
        ("请阅读《隐私政策》，了解我们向友盟提供您的IMEI。", *YES_NO),
        ("我们将向高德软件有限公司提供您的精确位置。" + "。" * MOST, *YES_NO),
    ],
)
def test_what_asks_for_no_separate_consent(texts: tuple[str, ...]) -> None:
    assert separate_prompt(screen(*texts)) is None


def test_one_text_may_name_several() -> None:
    text = "向友盟+统计SDK提供IMEI，用于统计分析；向极光推送SDK提供Android ID，用于消息推送。"
    assert wants(text) == {
        Wanted("device.imei", "umeng_analytics"), Wanted("device.android_id", "jpush"),
    }  # fmt: skip
