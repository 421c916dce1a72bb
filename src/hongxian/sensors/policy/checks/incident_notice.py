"""What the person is told after a leak."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.sensors.policy.checks.seek import Wording, find, finding, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.policy.checks.text import Policy
    from hongxian.sensors.policy.findings import Finding

_INCIDENT = (
    r"(?:安全事件|安全事故|安全问题|泄[露漏]|损毁|丢失|被破坏|毁损|\b(?:breach|incident"
    r"|leak|compromise)\w*)"
)
_TELL = (
    r"(?:(?:告知|通知|知会|推送)(?:[^。;；\n]{0,6}(?:您|你|用户|受影响|主体))?"
    r"|向(?:您|你|用户|受影响的用户|个人信息主体)[^。;；\n]{0,10}(?:告知|通知|说明|报告)"
    r"|(?:发布|发出)(?:警示|公告)|\b(?:notif|inform|tell|alert)\w*)"
)
_WORDINGS = (
    Wording(
        cues=("安全事件", "安全事故", "安全问题", "泄露", "泄漏", "损毁", "丢失", "毁损"),
        says=words(
            _INCIDENT + r"[^。\n]{0,160}?" + _TELL,
            r"(?:告知|通知)(?:您|你|用户)[^。\n]{0,60}?" + _INCIDENT,
        ),
        unless=words(r"(?:您|你|用户)(?:应当?|须|需要?|请)?(?:立即|及时|尽快)?(?:联系|通知"
            r"|告知)我们|(?:请|应)(?:您)?(?:立即|及时"
            r"|尽快)(?:联络|联系|通知)|不(?:会|再|予|另行)(?:通知|告知)"),
    ),
    Wording(
        cues=("breach", "incident", "leak"),
        says=words(
            _INCIDENT + r"[^.\n]{0,160}?\b(?:notif|inform|tell|alert)\w*",
            r"\b(?:notif|inform|tell|alert)\w*[^.\n]{0,100}?" + _INCIDENT,
        ),
        unless=words(r"\b(?:notify|inform|tell|contact) us\b|\b(?:will|shall) not (?:notify"
            r"|inform)"),
    ),
    Wording(
        cues=("告知", "通知", "公告"),
        says=words(_TELL),
        under=words(r"安全事件|安全事故|泄[露漏][^\n]{0,20}$|\bbreach|\bincident"),
        unless=words(r"(?:联系|通知|告知)我们"),
    ),
)  # fmt: skip


def check(policy: Policy) -> Iterator[Finding]:
    """Yield where the policy says that the person is told of incidents."""
    for passage, _ in find(policy, *_WORDINGS):
        yield finding("incident_notice", passage)
