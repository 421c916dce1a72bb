"""Whether PI is used for personalised content, advertising or push."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hongxian.sensors.policy.checks.seek import Wording, find, finding, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.policy.checks.text import Policy
    from hongxian.sensors.policy.findings import Finding

KINDS = {
    "recommendation": re.compile(
        r"(?:个性化|定制化?|定向|精准|千人千面|智能)的?(?:内容|信息|商品|服务|资讯|视频|音乐|页面"
        r"|搜索|结果|展示|新闻|产品|推荐|推送|推介|设计)"
        r"|(?:感兴趣|喜欢|兴趣|偏好)[^,，。;；\n]{0,16}?(?:推荐|推送|展示)|(?:推荐|推送|展示"
        r"|提供)[^,，。;；\n]{0,24}?(?:感兴趣"
        r"|喜欢)的"
        r"|猜你喜欢|自动化决策|用户画像|推荐算法|算法推荐|个性推荐"
        r"|\bpersonali[sz](?:e|ed|ing|ation)\b|\btailor(?:ed)?\b|\bcustomi[sz]ed (?:content"
        r"|recommend)|\bprofiling\b"
    ),
    "ads": re.compile(
        r"(?:个性化|定向|精准|程序化|定制|相关的?|兴趣)[^,，。;；\n]{0,6}广告"
        r"|广告[^,，。;；\n]{0,8}(?:个性化|定向|精准)"
        r"|(?:更相关|更加相关)[^,，。;；\n]{0,8}广告|\b(?:targeted|personali[sz]ed|interest-based"
        r"|behaviou?ral)(?: \w+)? (?:ads?|advert\w*)\b"
    ),
    "push": re.compile(r"(?:个性化|定向|精准)的?(?:消息)?推送|推送[^,，。;；\n]{0,20}?(?:营销"
    r"|商业|推广|广告|感兴趣)"),
}  # fmt: skip
"""What is personalised -> its wordings."""
SIGNS = re.compile("|".join(sign.pattern for sign in KINDS.values()))
_CUES = (
    "个性化", "定向", "精准", "感兴趣", "偏好", "画像", "自动化决策", "喜欢", "智能推荐",
    "千人千面", "兴趣", "个性推荐", "推荐算法",
    "算法推荐", "定制", "营销", "商业广告", "程序化", "相关的广告", "personali", "tailor",
    "targeted", "profiling", "interest-based", "behavio",
)  # fmt: skip
_WORDINGS = (
    Wording(
        cues=_CUES, says=SIGNS,
        unless=words(
            r"(?:不会|不|未|并不|没有|不再)(?:会|进行|向您|将|使用|用于|基于|提供"
            r"|利用)?[^,，。;；\n]{0,16}?(?:个性化|定向|精准|画像"
            r"|自动化决策)"
            r"|\b(?:do|does|will) not[^,.;\n]{0,40}?(?:personali|targeted|profil|tailor)"
        ),
    ),
)  # fmt: skip


def check(policy: Policy) -> Iterator[Finding]:
    """Yield where the policy says that something is personalised, once for each kind."""
    known: set[str] = set()
    for passage, _ in find(policy, *_WORDINGS):
        for kind, sign in KINDS.items():
            if kind not in known and sign.search(passage.text):
                known.add(kind)
                yield finding("personalised", passage, detail={"kind": kind})
