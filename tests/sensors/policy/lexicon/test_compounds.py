"""Words for PI by their last part."""

import pytest

from hongxian.sensors.policy.lexicon import compounds
from hongxian.sensors.policy.lexicon.match import Hit


def words(text: str, found: tuple[Hit, ...] = ()) -> dict[str, tuple[str, float]]:
    return {
        text[one.start : one.end]: (one.key, one.certainty)
        for one in compounds.find(text, list(found))
    }


@pytest.mark.parametrize(
    ("text", "compound", "key"),
    [
        ("收集您的门店信息", "门店信息", "other"),
        ("收集您的页面浏览记录", "页面浏览记录", "weblog.browsing"),
        ("收集您的商品购买记录", "商品购买记录", "property.transaction"),
        ("收集您的终端状态", "终端状态", "device"),
    ],
)
def test_named_by_its_last_stem(text: str, compound: str, key: str) -> None:
    assert words(text)[compound][0] == key


def test_a_term_inside_names_the_compound() -> None:
    assert words("收集您的照片资料", (Hit(4, 6, "media.photo", 1.0),)) == {
        "照片资料": ("media.photo", 0.9)
    }


@pytest.mark.parametrize("text", ["收到垃圾信息", "推送优惠信息", "收集您的信息", "门店信息系统"])
def test_no_compound(text: str) -> None:
    assert words(text) == {}
