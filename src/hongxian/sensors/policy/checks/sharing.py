"""To whom PI is given, or that it is given to nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.sensors.policy.checks.seek import Wording, find, finding, words
from hongxian.sensors.policy.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.policy.checks.text import Policy

_ACTS = frozenset(("share", "entrust", "transfer", "disclose", "not_share"))
_PI = r"(?:信息|资料|数据|隐私|姓名|\b(?:information|data)\b)"
_GIVE = r"(?:共享|披露|提供给|转让|公开|分享|透露|泄露给|\b(?:shar|disclos|sell|transfer|rent)\w*)"
_NOT = r"(?:不会|不将|不得|不能|绝不|不向|未经[^,，。;；\n]{0,12}|\b(?:not|never)\b)"
_DENIES = Wording(
    cues=("不会", "不将", "不得", "不能", "绝不", "不向", "未经", "not", "never"),
    says=words(
        _NOT + r"[^。;；\n]{0,40}?" + _GIVE + r"[^。;；\n]{0,30}?" + _PI,
        _NOT + r"[^。;；\n]{0,40}?" + _PI + r"[^。;；\n]{0,30}?" + _GIVE,
    ),
    unless=words(r"(?:您|你|用户)(?:不得|不能|不会)"),
)


def check(policy: Policy) -> Iterator[Finding]:
    """Yield the first clause on each way of giving PI to others; ``detail.act`` says which."""
    known: set[str] = set()
    for one in sorted(policy.declarations, key=lambda said: said.span.start):
        if one.act in _ACTS and one.act not in known and one.actor == "first_party":
            known.add(one.act)
            yield Finding(
                item="sharing", start=one.span.start, end=one.span.end, recipient=one.recipient,
                detail={"act": one.act},
            )  # fmt: skip
    if not known:
        for passage, _ in find(policy, _DENIES):
            yield finding("sharing", passage, detail={"act": "not_share"})
