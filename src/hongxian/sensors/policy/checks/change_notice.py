"""How the person learns of changes to the policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.sensors.policy.checks.seek import Wording, find, finding, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.policy.checks.text import Policy
    from hongxian.sensors.policy.findings import Finding

WAYS = {
    "popup": words(r"弹窗|弹出|弹框|对话框|浮窗", r"\bpop-?ups?\b|\bdialog"),
    "push": words(
        r"推送|站内信|站内消息|消息通知|系统消息", r"\bpush\b|\bin-app (?:message|notification)"
    ),
    "message": words(r"短信|邮件|电话|信函", r"\be-?mail|\bsms\b|\btext message"),
    "notice": words(
        r"公告|公示|公布|发布|张贴|首页|官网|网站|页面|显著位置|醒目|置顶",
        r"\bpost(?:ed|ing)?\b|\bpublish|\bwebsite|\bprominent|\bbanner",
    ),
}
"""Way to tell -> its wordings."""
_CHANGE = r"(?:更新|修订|变更|修改|调整|变化|改动|更改|\b(?:chang|updat|revis|amend|modif)\w*)"
_TELL = (
    r"(?:通知(?:您|你|用户|到)?|告知|公告|公示|弹窗|弹出|推送|提示|提醒|公布|发布|发出|张贴|送达"
    r"|\b(?:notif|inform|tell|post|publish|announc|let you know|alert)\w*)"
)
_POLICY = r"(?:政策|协议|声明|条款|指引|隐私权|\b(?:policy|notice|statement|terms)\b)"
_UNLESS = words(
    r"(?:不再|不另行|无需|恕不|不会|不|无须)(?:另行|再|单独|提前|事先)*(?:通知|告知|公告)",
    r"自(?:公布|发布)之日|无论[^。\n]{0,10}是否[^。\n]{0,6}通知|\bwithout (?:prior |further "
    r"|any )?notice"
    r"|\bwill not notify",
)
_WORDINGS = (
    Wording(
        cues=("更新", "修订", "变更", "修改", "调整", "变化", "改动", "更改"), unless=_UNLESS,
        says=words(
            _POLICY + r"[^。\n]{0,60}?" + _CHANGE + r"[^。\n]{0,120}?" + _TELL,
            _CHANGE + r"[^。\n]{0,40}?" + _POLICY + r"[^。\n]{0,100}?" + _TELL,
            _TELL + r"[^。\n]{0,60}?" + _CHANGE + r"[^。\n]{0,20}?" + _POLICY,
        ),
    ),
    Wording(
        cues=("chang", "updat", "revis", "amend", "modif"), unless=_UNLESS,
        says=words(
            r"\b(?:policy|notice|statement)\b[^.\n]{0,120}?" + _TELL,
            _TELL + r"[^.\n]{0,80}?" + _CHANGE + r"[^.\n]{0,60}?\b(?:policy|notice|statement)\b",
        ),
        under=words(r"\b(?:chang|updat|revis|amend|modif)"),
    ),
    Wording(
        cues=("chang", "updat", "revis", "amend", "modif"), unless=_UNLESS,
        says=words(
            r"\bwe (?:will|shall|may)[^.\n]{0,20}?(?:notif|inform|tell|alert)\w*[^.\n]{0,60}?"
            + _CHANGE + r"[^.\n]{0,40}?\b(?:policy|notice|statement)\b",
            r"\bif we[^.\n]{0,30}?" + _CHANGE + r"[^.\n]{0,40}?\b(?:policy|notice"
            r"|statement)\b[^.\n]{0,80}?"
            + _TELL,
        ),
    ),
    Wording(
        cues=("通知", "公告", "公示", "弹窗", "推送", "提示", "发布", "公布", "告知"),
        unless=_UNLESS,
        says=words(
            r"(?:我们|本公司|平台|我行|我司)?(?:会|将|还会|亦将|应)[^。\n]{0,60}?" + _TELL,
            r"通过[^。\n]{0,60}?(?:方式|形式)[^。\n]{0,20}?" + _TELL,
        ),
        under=words(r"(?:更新|修订|变更|修改)[^\n]{0,12}$|^[^\n]{0,20}(?:政策|声明|协议"
            r"|条款)[^\n]{0,6}(?:更新|修订|变更"
            r"|修改)"),
    ),
)  # fmt: skip


def check(policy: Policy) -> Iterator[Finding]:
    """Yield where the policy promises to tell of changes, with the ways."""
    for passage, _ in find(policy, *_WORDINGS):
        text = policy.raw(passage)
        how = [way for way, sign in WAYS.items() if sign.search(text)]
        yield finding("change_notice", passage, detail={"ways": how})
