"""Purposes: the words that say what for, and the purpose that their cue words name."""

from __future__ import annotations

import re
from functools import cache

from hongxian.sensors.policy.lexicon.match import Hit
from hongxian.sensors.policy.lexicon.terms import load_cues

_SURE = 0.9
_AIM = (
    r"便于|方便|提供|保障|实现|改善|改进|提升|提高|优化|完善|确保"
    r"|保证|保护|维护|满足|完成|支持|帮助|识别|验证|核实|预防"
    r"|防止|防范|推送|展示|推荐|统计|分析|了解|解决|处理|判断|使"
    r"|让|供|更好|继续|优先|增强|加强|促进|开展|进行|履行|制止"
    r"|发现|检测|调查|减少|避免|给您|向您|为您|与您|您提供"
    r"|用户提供|注册|登录|联系|进一步|及时|遵守|遵循|响应"
)
_END = r"[^，。；;！？\n]"
_ZH = re.compile(
    rf"(?:(?:仅|是|主要|均)?(?:为了(?!解)|用于|用作|用来|用以|旨在|以便于?|从而|以期|以使|以供|便于|方便(?!的)|以助于|有助于)"
    rf"{_END}{{2,80}}"
    rf"|(?<![可所难予得加给足何])(?:以|为|来)(?=(?:您|用户|你|我们)?(?:更好地?|及时|尽快)?(?:{_AIM})){_END}{{2,80}}"
    rf"|(?:出于|基于|仅为|为){_END}{{2,50}}?(?:目的|之需|需要|需求|所需|所必需)"
    rf"|目的(?:是|为|在于|包括|：|:){_END}{{2,80}}"
    rf"|(?:帮助|协助)(?:我们|您|其|他们|用户){_END}{{2,60}}"
    rf"|(?:向|为|给)(?:您|用户|你)(?:提供|推送|展示|推荐|发送){_END}{{2,60}}"
    rf"|(?:完成|实现){_END}{{2,40}})"
)
_EN = re.compile(
    r"\b(?:in order to|so as to|so that|for the purposes? of|for purposes such as|used (?:to|for)|"
    r"to (?=(?:help|provide|improve|enable|deliver|allow|offer|respond|protect|prevent|verify|"
    r"process|send|personali[sz]e|analy[sz]e|detect|enhance|ensure|understand|communicate|"
    r"contact|comply|conduct|develop|fulfil|maintain|operate|show|support|complete|create|"
    r"customi[sz]e|display|facilitate|identify|investigate|manage|measure|monitor|notify|"
    r"optimi[sz]e|perform|promote|recommend|research|resolve|serve|tailor|recognise|recognize|"
    r"authenticate|register|fix|diagnose|debug|find|let|make|give|assist|establish|fulfill|target|"
    r"remember|answer|carry out|administer|keep)\b)|"
    r"for (?=(?:analytics|advertising|marketing|research|security|the provision|customer|fraud|"
    r"statistical|payment|authentication|the operation|troubleshooting|identity|crash|"
    r"push|delivery|account)\b))"
    r"(?:(?!, (?:we|you|our|it|they|the|this|your)\b|,? and (?:are|is|will|deleted|stored)\b)"
    r"[^.;\n]){2,120}"
)
_ORDER = (
    "legal_duty", "pay", "ads", "push", "recommendation", "customer_service", "risk", "map",
    "login", "share", "performance", "statistics", "research", "improve", "basic_function",
)  # fmt: skip
"""The more telling purpose first: of several that a phrase names with words of one length."""


_GENERAL = frozenset(("basic_function", "improve", "statistics"))


def find(text: str) -> list[Hit]:
    """Return the purposes that a text gives."""
    spans = [(one.start(), one.end()) for grammar in (_ZH, _EN) for one in grammar.finditer(text)]
    found: list[Hit] = []
    for start, end in sorted(spans):
        if found and start < found[-1].end:
            continue
        found.append(Hit(start, end, purpose_key(text[start:end]) or "other", _SURE))
    return found


def purpose_key(phrase: str) -> str | None:
    """Return the purpose that a phrase or a table's cell names, one of ``PURPOSES``.

    The purpose with most cue words counts, longer words more; nothing else than a cue for
    something general (提供服务) gives way to anything more telling.
    """
    scores: dict[str, float] = {}
    for cue in _cues().finditer(phrase.lower()):
        key, certainty = load_cues()[cue.group()]
        scores[key] = scores.get(key, 0) + certainty * len(cue.group())
    if not scores:
        return None
    telling = [key for key in scores if key not in _GENERAL] or list(scores)
    return max(telling, key=lambda key: (key != "basic_function", scores[key], -_ORDER.index(key)))


@cache
def _cues() -> re.Pattern[str]:
    words = sorted(load_cues(), key=len, reverse=True)
    return re.compile(
        "|".join(rf"\b{re.escape(w)}" if w.isascii() else re.escape(w) for w in words)
    )
