"""What leaves the country, to whom, and where to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.sensors.policy.checks.seek import Wording, find, finding, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.policy.checks.text import Passage, Policy
    from hongxian.sensors.policy.findings import Finding

_ABROAD = (
    r"(?:境外|出境|跨境|海外|国外|全球范围|其他国家|其它国家|所在国家|国家/地区|其他司法|外国"
    r"|\b(?:abroad|overseas|cross-border|other countries|another country"
    r"|outside (?:of )?(?:the )?(?:mainland|china|people's|prc|your country))\b)"
)
_MOVE = (
    r"(?:传输|转移|提供|存储|储存|保存|传送|发送|处理|访问|共享|出境|跨境"
    r"|\b(?:transfer|transmit|stor|process|send|sent|shar|provid|access)\w*)"
)
_HOME = words(
    r"(?:存储|储存|保存|存放|处理)[^。;；\n]{0,20}?(?:境内|中国大陆|中华人民共和国(?!境外)|国内)",
    r"境内[^。;；\n]{0,30}?(?:存储|储存|保存|存放)[^。;；\n]{0,12}?(?:境内|中国|国内)",
    r"\b(?:stor|process|kept|keep)\w*[^.;\n]{0,60}?\b(?:in|within) (?:the )?(?:mainland"
    r"|people's republic|china|prc)\b",
)
_NEVER = words(
    r"(?:不(?:会|存在|涉及|再|得|向|进行|将)|没有|未(?!成年)|无|暂不"
    r"|尚未)[^,，。;；\n]{0,24}?(?:境外|出境|跨境|海外|国外)",
    r"(?:境外|出境|跨境|海外|国外)[^,，。;；\n]{0,16}?(?:不会|不存在|不涉及|没有发生)",
    r"\b(?:do(?:es)? not|will not|never|no)\b[^,.;\n]{0,50}?(?:abroad|overseas|cross-border"
    r"|outside)",
)
_EXCEPT = words(r"除外|除非|除[^,，。;；\n]{0,30}外|\b(?:except|unless)\b")
_WORDINGS = (
    Wording(
        cues=("境外", "出境", "跨境", "海外", "国外", "全球范围", "其他国家", "国家/地区",
              "abroad", "overseas", "cross-border", "outside", "other countries"),
        says=words(_ABROAD + r"[^,，。\n]{0,40}?" + _MOVE, _MOVE + r"[^,，。\n]{0,40}?" + _ABROAD),
        unless=words(r"登录地|境外(?:支付|消费|旅|购|手机)|海外(?:购|版|商品|直邮)|部分的约定"
            r"|规则请见|必须符合|法[庭院]"),
    ),
    Wording(
        cues=("境内", "国内", "中国大陆", "中华人民共和国", "china", "prc", "mainland"), says=_HOME,
    ),
)  # fmt: skip


def check(policy: Policy) -> Iterator[Finding]:
    """Yield where the policy tells of transfers abroad; ``detail.none`` where it denies them."""
    for passage, _ in find(policy, *_WORDINGS):
        yield finding("cross_border", passage, **_columns(policy, passage))


def _columns(policy: Policy, passage: Passage) -> dict[str, object]:
    text = passage.text
    if _EXCEPT.search(text):
        return {}
    if _NEVER.search(text) or (_HOME.search(text) and not words(_ABROAD).search(text)):
        return {"detail": {"none": True}}
    countries = sorted({one.key for one in policy.named(passage, "country")} - {"abroad"})
    named = [one.key for one in policy.named(passage, "recipient")]
    return {
        "recipient": next((key for key in named if key not in {"person", "first_party"}), None),
        "detail": {"countries": countries} if countries else {},
    }
