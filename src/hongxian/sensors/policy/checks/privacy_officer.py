"""Who is in charge of protecting PI at the operator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.sensors.policy.checks.seek import Wording, find, finding, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.policy.checks.text import Policy
    from hongxian.sensors.policy.findings import Finding

_CUES = (
    "负责人", "专员", "保护部门", "专职部门", "专职", "专门的", "隐私官", "隐私保护团队",
    "隐私办公室", "保护官", "保护团队",
    "保护小组", "保护机构", "专责", "保护工作组", "保护委员会",
    "officer", "dpo", "privacy team", "privacy office", "representative",
)  # fmt: skip
_ABOUT = r"(?:个人信息|个人数据|隐私|数据|信息)(?:安全)?(?:和隐私)?(?:安全)?(?:保护)?(?:工作)?"
_WORDINGS = (
    Wording(
        cues=_CUES,
        says=words(
            _ABOUT + r"(?:的)?(?:责任人|负责人|专员|专职部门|专职(?:人员|机构)|专责部门|部门"
                r"|保护官|官|团队|小组|工作组|委员会|办公室)",
            r"(?:专职|专门|专业)的?(?:部门|人员|机构|团队"
            r"|小组)?[^,，。;；\n]{0,6}?(?:负责)[^。;；\n]{0,12}?(?:个人信息|隐私|数据)",
            r"\b(?:data|privacy|information|personal information)(?: protection)? (?:officer|team"
            r"|office|department)\b|\bdpo\b",
        ),
        unless=words(
            r"履行个人信息保护职责|监管部门|主管部门|行政部门|国家|网信|执法|法定代表人"
            r"|\bdata protection (?:authority|commission)"
        ),
    ),
)  # fmt: skip
_NAMED = words(
    r"设[立有置]|成立|任命|指定|设了|建立了|配备|联系|负责|邮箱|电话|@|[:：]|是|为",
    r"\b(?:appoint|designat|contact|reach|e-?mail|set up|established|responsible)\w*|:",
)


def check(policy: Policy) -> Iterator[Finding]:
    """Yield where an officer or a team for the protection of PI is named or can be reached."""
    for passage, _ in find(policy, *_WORDINGS):
        if _NAMED.search(policy.raw(passage)):
            yield finding("privacy_officer", passage)
