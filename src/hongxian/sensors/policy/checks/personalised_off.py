"""How personalised content, advertising or push is switched off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.sensors.policy.checks.rights import right
from hongxian.sensors.policy.checks.seek import Wording, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.policy.checks.text import Policy
    from hongxian.sensors.policy.findings import Finding

_CAN = (
    r"(?:(?:您|你|用户)[^。;；\n]{0,30}?(?:可|能|有权|随时)|可以?通过|有权|不希望|不想|不感兴趣"
    r"|如需"
    r"|\byou (?:can|may)|\bopt|\bif you (?:do not|don't)|\bto (?:turn|switch|opt))"
)
_OFF = (
    r"(?P<verb>关闭|停用|拒绝|退订|取消|退出|屏蔽|不感兴趣|停止|禁用|选择不|关掉|减少|降低"
    r"|\b(?:turn(?:ing)? (?:it |them )?off|switch(?:ing)? (?:it |them )?off|disabl\w*"
    r"|opt(?:ing)?[- ]out"
    r"|unsubscrib\w*|declin\w*|stop)\b)"
)
_THING = (
    r"(?:个性化|定向|精准(?!定位)|程序化|智能推荐|猜你喜欢|推荐|营销|推广|商业性?|广告|促销"
    r"|自动化决策"
    r"|\b(?:personali[sz]\w*|targeted|recommend\w*|marketing|promotion\w*|ads?\b|advert\w*"
    r"|interest-based))"
)
_UNLESS = words(
    r"(?:无法|不能|不可|不支持|不提供)[^,，。;；\n]{0,6}(?:关闭|拒绝|退订)",
    r"有害|推荐给好友|好友推荐|推荐好友|违规|违法|侵权|系统进行屏蔽|拒绝提供|(?:浏览|点击)、关闭",
)
_CUES = (
    "关闭", "停用", "拒绝", "退订", "取消", "退出", "屏蔽", "不感兴趣", "停止", "禁用", "选择不",
    "关掉", "减少", "降低",
    "off", "disabl", "opt", "unsubscrib", "declin", "stop",
)  # fmt: skip
_WORDINGS = (
    Wording(
        cues=_CUES, unless=_UNLESS,
        says=words(
            _OFF + r"[^。;；\n]{0,20}?" + _THING,
            _CAN + r"[^。;；\n]{0,40}?" + _THING + r"[^。;；\n]{0,60}?"
            + _OFF.replace("verb", "verb3"),
            _THING + r"[^。;；\n]{0,80}?" + _CAN + r"[^。;；\n]{0,60}?"
            + _OFF.replace("verb", "verb2"),
        ),
    ),
    Wording(
        cues=_CUES, unless=_UNLESS, says=words(_CAN + r"[^。;；\n]{0,60}?" + _OFF),
        under=words(
            r"(?:个性化|定向|精准|智能推荐|营销|商业|广告|自主选择|推荐)[^\n]{0,16}$",
            r"\b(?:personali[sz]|targeted|recommend|marketing|advert)\w*[^\n]{0,30}$",
        ),
    ),
)  # fmt: skip


def check(policy: Policy) -> Iterator[Finding]:
    """Yield where the policy says how personalisation is switched off."""
    yield from right(policy, "personalised_off", *_WORDINGS)
