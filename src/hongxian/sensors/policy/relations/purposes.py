"""What for: the purposes that stand before, after and above an act."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongxian.sensors.policy.declarations import Span
from hongxian.sensors.policy.relations.scene import Named, compiled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hongxian.sensors.policy.mentions import Mention
    from hongxian.sensors.policy.relations.scene import Group, Scene
    from hongxian.sensors.policy.relations.terms import Terms

_GENERAL = frozenset(("basic_function", "improve", "statistics"))
_ORDER = (
    "legal_duty", "pay", "ads", "recommendation", "push", "customer_service", "risk", "map",
    "login", "share",
    "performance", "statistics", "research", "improve", "basic_function",
)  # fmt: skip
"""The more telling first, of purposes that a phrase names with as many words."""
_MARKER = compiled(
    r"(?:用于|用作|用以|用来|以便于?|以供|(?<!提)供(?:您|我们)|便于|方便(?!的)|旨在|从而"
    r"|有助于|以期|以使)",
    r"(?:目的|用途)(?:主要)?(?:是|为|在于|[:：])(?:了)?|是为了?(?!您)|(?:仅|主要)?为了(?!解)",
    r"(?<![可所难予得加给足何])以(?=(?:实现|帮助|确保|保障|保证|向|提供|提升|改善|优化|完成"
    r"|防止|防范|验证|核实|识别|满足|改进|达到|支持|进行|及时|更好|为|让|使))",
    r"(?:向|为|给)(?:您|你|用户)(?=[^，。；]{0,6}(?:推荐|推送|展示|投放|显示|匹配))",
    r"来(?=(?:为|帮助|实现|提供|完成|验证|改善|提升|优化|保障|确保))",
    r"\b(?:in order to|so as to|so that|for the purposes? of|for purposes such as|used (?:to"
    r"|for))\b",
    r"\bto (?!(?:us|you|the|your|our|a|an|third|any|other|such|these|those|its|their|affiliat"
    r"|be)\b)(?=[a-z]{3})",
    r"\bfor (?!(?:example|instance|you|us|the (?:first|duration)|\d|more|up to|as long"
    r"|a period|at least|no longer|any other)\b)(?=[a-z]{3})",
)
_FRONT = compiled(
    r"^\s*(?:[\W\d]|[a-z](?=[.)）、])"
    r"|[一二三四五六七八九十](?=[、)）一二三四五六七八九十])){0,8}(?:仅)?(?:为了?|出于|基于"
    r"|因|针对)(?!.{0,2}(?:止|期|准))",
    r"^\s*(?:[\W\d]|[a-z](?=[.)）、])"
    r"|[一二三四五六七八九十](?=[、)）一二三四五六七八九十])){0,8}(?:in order )?to\b",
    r"^\s*(?:[\W\d]|[a-z](?=[.)）、])"
    r"|[一二三四五六七八九十](?=[、)）一二三四五六七八九十])){0,8}for\b",
)
_WHEN = compiled(
    r"^\s*(?:[\W\d]|[a-z](?=[.)）、])"
    r"|[一二三四五六七八九十](?=[、)）一二三四五六七八九十])){0,8}(?:当|在|如果?|若|一旦|每当"
    r"|您(?:在)?(?:使用|注册|登录|选择|参与|发布|购买|申请|进行))",
    r"(?:时候?|过程中|期间|情况下|场景下|功能中|服务中|后|环节)\s*$",
    r"\b(?:when|if|while|where|once|during|as) you\b|\bduring\b",
)
_BENEFIT = compiled(
    r"^\s*(?:并|以|来|用以|也|同时|进而|更好地|从而)?(?:为您|为用户|向您|向用户|给您|帮助"
    r"|协助|进行|实现|完成|保障|保证|提升|提高|改善|优化|防止|防范|预防|确保|维护"
    r"|分析|推荐|展示|提供|识别|验证|核实|判断|统计|发现|解决|排查|让您|使您)",
    r"^\s*(?:helping|allowing|enabling|and (?:to|for)|which helps)\b",
)
_BLAND = frozenset((
    "服务", "功能", "使用产品", "实现", "完成", "提供服务", "service", "services", "feature",
    "features", "function",
    "functions", "functionality", "complete", "operate", "provide you with", "图片", "视频",
    "订单", "显示", "展示",
    "记录", "保存", "存储", "使用情况", "法律法规", "law", "身份", "活动", "secure", "异常",
    "错误", "安全",
))  # fmt: skip
_ELSE = re.compile(
    r"问卷|调查|调研|抽奖|奖品|中奖|活动|竞赛|招聘|survey|contest|sweepstake|lottery", re.IGNORECASE
)
_PARTS = re.compile(
    r"[、，,;；/]|和(?!解|谐)|以及|及(?!时|其)|与(?!您)|或者?|并且?|\band\b|\bor\b|&", re.IGNORECASE
)
_NOTHING = compiled(
    r"^\s*(?:任何)?(?:其他|其它|上述|以下|下列|前述|本(?:政策|条|协议)|该等?|此|如下|所述"
    r"|声明|约定)|^\s*(?:any )?other purpose|^\s*the following|^\s*(?:these|those"
    r"|such) purpose"
)
_CLOSES = re.compile(r"时(?![间长])|之?后|过程中|期间|情况下|场景下|功能中|服务中")

HEADING_NOISE = compiled(
    r"如何|怎样|个人信息|隐私|信息(?:的)?(?:安全|保护|存储|共享|收集|使用)|权利|权益|存储"
    r"|保存|更新|修订|变更|联系|未成年|儿童|cookie|共享|分享(?!功能|到|至|给)|披露|转让|委托"
    r"|目录|清单|列表|管理|撤回|注销|投诉|例外|豁免|政策|协议|定义|适用|同类技术|通知和修订"
    r"|争议|第三方|SDK|权限",
    r"\bhow\b|\byour (?:rights|choices)|privacy|personal (?:information|data)|sharing|disclos"
    r"|retention|security of|\bupdates?\b|contact|children|transfers?",
)


@dataclass(slots=True)
class _Phrase:
    span: Span
    clause: int
    tied: bool
    """Tied by a word such as 用于; else it only tells when."""
    front: bool


def settle_purposes(scene: Scene, groups: list[Group]) -> None:
    """Give each group its purposes."""
    cues = scene.named("purpose")
    when: dict[int, list[Named]] = {}
    front: dict[int, list[Named]] = {}
    for phrase in _phrases(scene, groups):
        target = _target(phrase, groups)
        if target is None:
            continue
        found = purposes_in(scene.terms, phrase.span, tied=phrase.tied)
        if not phrase.tied:
            when.setdefault(target, []).extend(found)
            continue
        words = scene.text[phrase.span.start : phrase.span.end]
        if _ELSE.search(words) and {one.key for one in found} <= {"basic_function"}:
            found = [Named("other", phrase.span)]
        groups[target].purposes += found
        groups[target].vague |= not found and _says(scene.text, phrase.span)
        if phrase.front:
            front.setdefault(target, []).extend(found)
    _spread(groups, front)
    _spread(groups, when)
    for number, group in enumerate(groups):
        group.purposes = group.purposes or front.get(number) or when.get(number, [])
        if not group.purposes:
            group.weak = _loose(scene, group, groups, cues)


def told_ends(scene: Scene) -> list[Span]:
    """Return the phrases that say what for: PI named in them is not what the act is done to."""
    acts = scene.named("act")
    return [
        Span(phrase.start, min([phrase.end, *(a.start for a in acts if phrase.start <= a.start)]))
        for phrase in _ends(scene)
    ]


def _ends(scene: Scene) -> Iterator[Span]:
    for clause in scene.clauses:
        for marker in _MARKER.finditer(scene.text, clause.start, clause.end):
            if not _NOTHING.match(scene.text, marker.end(), clause.end):
                yield Span(marker.end(), clause.end)


def purposes_in(terms: Terms, span: Span, *, tied: bool = True) -> list[Named]:
    """Return the purposes that a phrase lists, each once.

    Args:
        terms: what the document names.
        span: the phrase.
        tied: a word such as 用于 ties it; else words such as 服务 tell no purpose.
    """
    cues = [
        one for one in terms.within("purpose", span) if terms.text[one.start : one.end] != "身份"
    ]
    if not tied:
        cues = [cue for cue in cues if terms.text[cue.start : cue.end].lower() not in _BLAND]
    if not cues:
        return []
    parts: dict[int, list[Mention]] = {}
    cuts = [one.start() for one in _PARTS.finditer(terms.text, span.start, span.end)]
    for cue in cues:
        part = next((n for n, cut in enumerate(cuts) if cut >= cue.end), len(cuts))
        parts.setdefault(part, []).append(cue)
    found: dict[str, Named] = {}
    for words in parts.values():
        chosen = _most_telling(words)
        found.setdefault(chosen.key or "", chosen)
    if len(found) > 1 and "basic_function" in found:
        del found["basic_function"]
    return list(found.values())


def _most_telling(cues: Sequence[Mention]) -> Named:
    scores: dict[str, float] = {}
    for cue in cues:
        scores[cue.key] = scores.get(cue.key, 0) + cue.certainty * (cue.end - cue.start)
    telling = [key for key in scores if key not in _GENERAL] or list(scores)
    best = max(telling, key=lambda key: (scores[key], -_ORDER.index(key) if key in _ORDER else -99))
    first = next(cue for cue in cues if cue.key == best)
    return Named(best, Span(first.start, first.end))


def _phrases(scene: Scene, groups: list[Group]) -> Iterator[_Phrase]:
    tied = False
    for number, clause in enumerate(scene.clauses):
        if scene.moot[number]:
            continue
        inside = [group for group in groups if group.clause == number]
        found = list(_marked(scene, number, clause, inside))
        if not found and _WHEN.search(scene.words(number)):
            found = [_Phrase(_until_closed(scene, clause, inside), number, tied=False, front=True)]
        if not found and not inside and (tied or _BENEFIT.match(scene.words(number))):
            if scene.terms.within("info", clause) and not _BENEFIT.match(scene.words(number)):
                tied = False
                continue
            found = [_Phrase(clause, number, tied=True, front=False)]
        yield from found
        tied = any(phrase.tied and not phrase.front for phrase in found)


def _marked(scene: Scene, number: int, clause: Span, inside: list[Group]) -> Iterator[_Phrase]:
    """Yield the phrases of a clause that a word such as 用于 or 为了 opens."""
    starts = sorted(group.start for group in inside)
    front = _FRONT.match(scene.text[clause.start : clause.end])
    if front:
        begin = clause.start + front.end()
        end = next((start for start in starts if start >= begin), clause.end)
        if not re.match(r"(?:您|你|用户)?(?:使用|在使用)", scene.text[begin : begin + 6]):
            yield _Phrase(Span(begin, end), number, tied=True, front=True)
        starts = [start for start in starts if start > end]
    else:
        end = clause.start
    for marker in _MARKER.finditer(scene.text, end, clause.end):
        if marker.start() < end:
            continue
        end = next((start for start in starts if start >= marker.end()), clause.end)
        if end - marker.end() >= 2 and not _NOTHING.match(scene.text, marker.end(), end):
            before = [group for group in inside if group.start <= marker.start()]
            yield _Phrase(Span(marker.end(), end), number, tied=True, front=not before)


def _until_closed(scene: Scene, clause: Span, inside: list[Group]) -> Span:
    """Return the part of a clause that tells when: 当您支付时 | 我们会收集."""
    if not inside:
        return clause
    closed = _CLOSES.search(scene.text, clause.start, inside[0].start)
    return Span(clause.start, closed.end() if closed else inside[0].start)


def _target(phrase: _Phrase, groups: list[Group]) -> int | None:
    """Return the group that a phrase belongs to."""
    before = [n for n, group in enumerate(groups) if group.start <= phrase.span.start]
    after = [n for n, group in enumerate(groups) if group.start >= phrase.span.end]
    if phrase.front:
        return after[0] if after else before[-1] if before else None
    return before[-1] if before else after[0] if after else None


def _says(text: str, span: Span) -> bool:
    words = text[span.start : span.end].strip()
    return len(words) >= 4 and not _NOTHING.match(words)


def _loose(scene: Scene, group: Group, groups: list[Group], cues: Sequence[Mention]) -> list[Named]:
    clause = scene.clauses[group.clause]
    alone = sum(1 for one in groups if one.clause == group.clause) == 1
    near = [cue for cue in cues if clause.start <= cue.start < clause.end]
    verbs = [(act.start, act.end) for one in groups for act in one.acts]
    telling = [
        cue
        for cue in near
        if cue.key != "basic_function"
        and not any(start < cue.end and cue.start < end for start, end in verbs)
    ]
    keeps = {"store", "delete", "disclose", "transfer"}.intersection(group.keys)
    return [_most_telling(telling)] if telling and alone and not keeps else []


def _spread(groups: list[Group], told: dict[int, list[Named]]) -> None:
    """Let what stands before the first act hold for those after it that are told nothing."""
    last: list[Named] = []
    for number, group in enumerate(groups):
        last = told.get(number, last)
        if not group.purposes and not group.vague and last and number not in told:
            told[number] = last


def share_back(groups: list[Group]) -> None:
    """Let what is told at the end hold for the act before, when both have one object."""
    for group, after in zip(groups[-2::-1], groups[:0:-1], strict=False):
        if not (group.purposes or group.vague) and after.elided and after.keys != ["use"]:
            group.purposes = list(after.purposes)


def heading_purposes(terms: Terms, heading: Span) -> list[Named]:
    """Return the purposes that a heading gives to what stands under it."""
    words = terms.text[heading.start : min(heading.end, heading.start + 60)]
    if HEADING_NOISE.search(words):
        return []
    span = Span(heading.start, min(heading.end, heading.start + 60))
    return purposes_in(terms, span, tied=False)
