"""Whether sensitive PI is marked off from the rest: by type, or by words."""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from hongxian.info import load_types
from hongxian.sensors.policy.checks.seek import Wording, find, finding, words
from hongxian.sensors.policy.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.policy.checks.text import Policy
    from hongxian.sensors.policy.mentions import Mention

_SENSITIVE = (
    r"(?:个人敏感信息|敏感个人信息|敏感信息|\bsensitive (?:personal )?(?:information|data)\b)"
)
_TYPE = (
    r"(?:加粗|粗体|黑体|下划线|下加线|斜体|高亮|标红|星号|特殊标识|显著标识|\bbold|\bunderlin"
    r"|\bitalic|\bhighlight)"
)
_WORDINGS = (
    Wording(
        cues=("加粗", "粗体", "黑体", "下划线", "下加线", "斜体", "高亮", "标红", "星号", "标识",
              "bold", "underlin", "italic", "highlight"),
        says=words(
            _SENSITIVE + r"[^。\n]{0,80}?" + _TYPE, _TYPE + r"[^。\n]{0,80}?" + _SENSITIVE,
        ),
    ),
    Wording(
        cues=("敏感", "sensitive"),
        says=words(
            r"(?:上述|前述|以上|这些|该等|此类|其中)[^。;；\n]{0,40}?(?:属于|为"
            r"|是)(?:您的)?(?:个人敏感信息|敏感个人信息|敏感信息)",
            r"[（(](?:属于|为|个人|该信息[^）)]{0,6})?(?:个人敏感信息|敏感个人信息"
            r"|敏感信息)[^）)\n]{0,4}[）)]",
            r"[\u4e00-\u9fff]{2,12}(?:等)?(?:信息)?(?:属于|是)(?:您的)?(?:个人敏感信息"
            r"|敏感个人信息)",
            r"\b(?:is|are|constitutes?) (?:considered )?sensitive (?:personal )?(?:information"
            r"|data)\b",
        ),
        unless=words(
            r"(?:敏感信息|敏感个人信息)(?:是指|指|包括)|指包括|可能(?:会)?被认为|一旦泄露"
            r"|\bsensitive (?:personal )?(?:information"
            r"|data) (?:means|refers|is (?:information|data))|不(?:属于|是)"
        ),
    ),
)  # fmt: skip
_SHARE = 0.5
"""Share of the sensitive mentions that marks must cover, and of the text that they may."""
_COLLECTS = frozenset(("collect", "use"))


def check(policy: Policy) -> Iterator[Finding]:
    """Yield where sensitive PI is said to be, or is, marked."""
    for passage, _ in find(policy, *_WORDINGS):
        yield finding("sensitive_marked", passage, detail={"how": "words"})
    places = _sensitive(policy)
    marked = [one for one in places if _covered(policy, one)]
    marks = policy.document.marks
    share = sum(one.end - one.start for one in marks) / max(1, len(policy.document.text))
    if marked and len(marked) >= _SHARE * len(places) and share <= _SHARE:
        first = marked[0]
        yield Finding(
            item="sensitive_marked", start=first.start, end=first.end, info=first.key,
            detail={"how": "type", "marked": len(marked), "sensitive": len(places)},
        )  # fmt: skip


def _sensitive(policy: Policy) -> list[Mention]:
    """Return where sensitive PI is named that is collected."""
    today = datetime.now(tz=UTC).date()
    keys = {key for key, one in load_types().items() if one.sensitive(today)}
    said = {one.info for one in policy.declarations if one.act in _COLLECTS}
    spans = sorted((one.span.start, one.span.end) for one in policy.declarations)
    named = policy.kinds.get("info", ())
    return [one for one in named if one.key in keys & said and _inside(spans, one)]


def _inside(spans: list[tuple[int, int]], one: Mention) -> bool:
    at = bisect_right(spans, (one.start, len(spans) and spans[-1][1] + 1)) - 1
    return at >= 0 and one.end <= spans[at][1]


def _covered(policy: Policy, one: Mention) -> bool:
    marks = policy.document.marks
    at = bisect_right(marks, one.start, key=lambda mark: mark.start) - 1
    return at >= 0 and one.end <= marks[at].end
