"""Wordings that take use, download or registration for consent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hongxian.sensors.policy.checks.seek import Wording, find, finding, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.policy.checks.text import Policy
    from hongxian.sensors.policy.findings import Finding

_USE = (
    r"(?:使用|下载|安装|注册|登[录陆]|访问|浏览|接受(?:我们|本)[^,，。;；\n]{0,8}服务|开通|进入"
    r"|启动|打开"
    r"|提交|上传|提供)"
)
_MEANS = (
    r"(?:[即则便就]?(?:将|应|会)?(?:被)?视为|视同|[即则便就](?:表示|表明|意味着?|代表|等于|等同"
    r"|构成|认为|默认|为同意|是同意|同意)"
    r"|即[^,，。;；\n]{0,4}表示|(?<!这)意味着|等同于|默认(?:您|你|用户))"
)
_NOT = words(
    r"(?:并不|不|不会|不得|非|并非|不应|不能)(?:被)?(?:视为|表示|意味着?|代表|等于|等同|构成|默认"
    r"|当然)",
    r"(?:点击|勾选|选择|按下|点选)[^。;；\n]{0,20}?(?:同意|接受|确认"
    r"|我已阅读)[”\"」】』]?[^。;；\n]{0,20}?" + _MEANS,
    r"(?:开启|打开|授予|开通|允许)[^。;；\n]{0,16}?(?:权限|开关)[^。;；\n]{0,24}?" + _MEANS,
    r"视为(?:您的|你的|用户)?(?:敏感|非)?个人(?:敏感)?信息",
    r"\b(?:does|do|shall|will|is|are) not (?:mean|constitute|imply|deemed|be deemed|be taken)",
    r"\b(?:click|tick|check|tap)\w*[^.;\n]{0,20}?[“\"']?(?:i )?(?:agree|accept)",
)
_WORDINGS = (
    Wording(
        cues=("视为", "视同", "表示", "表明", "意味", "代表", "等于", "等同", "默认", "即同意",
              "即为同意", "构成", "则同意", "即认为", "就是同意"),
        says=words(
            _USE + r"[^。;；\n]{0,60}?(?P<means>" + _MEANS + r")[^。;；\n]{0,40}?"
            r"(?:同意|接受|认可|授权|承诺遵守)"
        ),
        unless=_NOT,
    ),
    Wording(
        cues=("by using", "by access", "by download", "by install", "by regist", "by continu",
              "by sign", "by visit", "by us", "use of", "using", "use ", "use our", "use the"),
        says=words(
            r"\bby (?:continuing to )?(?:us|access|download|install|regist|visit|sign|continu)\w*"
            r"[^.;\n]{0,100}?\b(?P<means>you) (?:\w+ ){0,3}?(?:agree|consent|accept|acknowledge)",
            r"\b(?:use|using|access|download|install)\w*[^.;\n]{0,80}?"
            r"(?P<means2>means?|constitutes?|indicates?|signifies|deemed|implies)"
            r"[^.;\n]{0,50}?(?:agree|consent|accept)",
            r"\b(?P<means3>you (?:agree|consent|accept))[^.;\n]{0,60}?"
            r"\bby (?:using|accessing|downloading|installing|continuing)\b",
        ),
        unless=_NOT,
    ),
)  # fmt: skip
_UPDATE = re.compile(
    r"继续|仍|(?:更新|修订|变更|修改|修正|调整|变化)(?:后|之后|生效)"
    r"|\b(?:continu\w*|after (?:the|any|such)? ?(?:chang|updat|revis|amend|modif)\w*)"
)
_FIRST = re.compile(r"使用(?:或|、|和|及)(?:继续|在)|\b(?:using|accessing) or continu")


def check(policy: Policy) -> Iterator[Finding]:
    """Yield each such wording; ``detail.about`` tells the policy from its later changes."""
    for passage, found in find(policy, *_WORDINGS):
        before = passage.text[: max(found.start(name) for name in found.re.groupindex)]
        later = _UPDATE.search(before) and not _FIRST.search(before)
        yield finding(
            "implied_consent_wording", passage, detail={"about": "update" if later else "policy"}
        )
