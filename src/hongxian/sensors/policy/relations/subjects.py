"""Who does it, and who gets it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hongxian.sensors.policy.declarations import Span
from hongxian.sensors.policy.relations.names import write
from hongxian.sensors.policy.relations.scene import Group, Named, Scene, compiled

if TYPE_CHECKING:
    from hongxian.sensors.policy.mentions import Mention

GIVING = frozenset(("share", "entrust", "transfer", "disclose"))
_OURS = frozenset(("first_party", "person"))
_GENERIC = _OURS | {"third_party", "affiliate", "authority", "other_users"}
_THAT = re.compile(
    r"[该此](?:SDK|第三方|服务商|公司|平台|合作方|机构|插件)|such SDK|this SDK|the SDK",
    re.IGNORECASE,
)
MOST = 40
"""Recipients of one clause."""

_BESIDE = compiled(
    r"(?:[向与给对从至到为同跟自]|和|及|或|、|以及|委托|授权(?=\S{0,2}$)|提供给|[合]?作的?"
    r"|包括|例如|比如|方式由|关于|涉及)\s*(?:任何|其他|我们的|上述|该|这些|相关|以下)?\s*$",
    r"\b(?:with|to|from|via|through|of|our|and|or|between|for|about|including"
    r"|such as)\s+(?:any |other |our |the |these |its )?$",
)
_VIA = compiled(r"(?:通过|借助|利用|经由?|以)\s*$", r"\b(?:via|through|using)\s+(?:the )?$")
_WILL = re.compile(r"[^，。；]{0,6}?(?:会|将|可|能|发布|\bwill\b|\bmay\b|\bcan\b)", re.IGNORECASE)
_FROM = re.compile(r"从[^，。；]*$|\bfrom (?:[^,.;]* )?$", re.IGNORECASE)
_TOWARD = re.compile(
    r"(?:与(?!否)|[向给同])[^，。；]{0,40}$|\b(?:with|to) [^,.;]{0,40}$", re.IGNORECASE
)
_BY = re.compile(r"(?:ed)?\s+by\s+(?:the |our |an? )?", re.IGNORECASE)
_OWN = re.compile(r"\s*(?:的(?!公司)|'s\b|’s\b)")
_FRAME = re.compile(
    r"时(?![间长]).{0,2}|之?后|之?前(?!往)|过程中|期间|的情况下|情形下|场景下|服务中|场景中|环节"
)
_FUNCTION = re.compile(
    r"(?:账[号户]|帐[号户])?(?:快捷|一键|授权)?(?:登[录陆]|注册|分享|绑定)(?:功能|服务)?\s*[:：]"
)
"""A label names a function by the party that it works with: 微信登录：."""
_PUBLISHES = re.compile(r"(?:主动|自愿|自行|自主|选择)(?:地|选择|向[^，。；]{1,12})?$")
_UNBROKEN = re.compile(
    r"^(?!.*(?:我们|平台|公司|系统|会|将))[^。；]*(?:时候?|之?后|过程中|期间)[，,]?$"
)
_DOES_ANYTHING = re.compile(
    r"获取|获得|接收|取得|访问|读取|obtain|receive|access|request", re.IGNORECASE
)


def settle_subject(scene: Scene, group: Group, last: str | None) -> None:
    """Find the subject of a group among the parties before it.

    Args:
        scene: the sentence.
        group: of which the subject is wanted.
        last: the third party that was named last, for 该SDK.
    """
    last = _last_named(scene, group) or last
    agent = _agent(scene, group)
    if agent is not None:
        group.subject = name(scene.text, agent)
        group.subject_span = Span(agent.start, agent.end)
        return
    for party in reversed([one for one in scene.parties if one.start < group.start][-12:]):
        if party.end > group.start or not _leads(scene, party, group):
            continue
        group.subject = name(scene.text, party)
        if party.key == "third_party" and _THAT.search(scene.text, party.start - 1, party.end):
            group.subject = last or group.subject
        group.subject_span = Span(party.start, party.end)
        return


def _agent(scene: Scene, group: Group) -> Mention | None:
    """Return who does it in a passive sentence: collected by Amap."""
    by = _BY.match(scene.after(group.end, 24))
    if by is None:
        return None
    at = group.end + by.end()
    return next((one for one in scene.parties if one.start == at), None)


def _last_named(scene: Scene, group: Group) -> str | None:
    names = [one for one in scene.parties if one.key not in _GENERIC and one.start < group.start]
    return name(scene.text, names[-1]) if names else None


def last_named(scene: Scene) -> str | None:
    """Return the third party that a sentence names last."""
    names = [one for one in scene.parties[-12:] if one.key not in _GENERIC]
    return name(scene.text, names[-1]) if names else None


def settle_recipients(scene: Scene, group: Group, following: Group | None) -> None:
    """Find who gets what a group of giving gives."""
    if not GIVING.intersection(group.keys):
        return
    clause = scene.clauses[group.clause]
    last = following.start if following else scene.sentence.end
    found = _parties(scene, group, Span(clause.start, max(last, clause.start)))
    if not found:
        found = _parties(scene, group, Span(scene.sentence.start, clause.start), back=True)
    group.recipients = known_first(found)[:MOST]


def turn(group: Group) -> None:
    """See from our side what others give us: the carrier sends us your number = we collect it."""
    if group.subject in {"first_party", None}:
        group.recipients = [one for one in group.recipients if one.key != "first_party"]
    if group.subject == "other_users":
        group.acts = []
    if not group.acts or group.subject in _OURS or not GIVING.intersection(group.keys):
        if group.acts and group.subject == "person" and not group.acts[0].manual:
            group.acts = []
        return
    if any(one.key == "first_party" for one in group.recipients):
        for act in group.acts:
            act.key = "collect"
        group.subject, group.recipients = "first_party", []


def known_first(found: list[Named]) -> list[Named]:
    """Return each recipient once; unnamed ones give way to the names that stand with them."""
    once = list({one.key: one for one in reversed(found)}.values())[::-1]
    named = [
        one
        for one in once
        if one.key not in {"third_party", "affiliate", "authority", "other_users"}
    ]
    return [one for one in once if one.key != "third_party"] if named else once


def name(text: str, party: Mention) -> str:
    """Return a party as declarations write it."""
    return write(text[party.start : party.end]) if party.key == "named" else party.key


def _parties(scene: Scene, group: Group, span: Span, *, back: bool = False) -> list[Named]:
    found = []
    for party in scene.parties:
        if not span.start <= party.start < span.end or party.key == "person":
            continue
        own = group.subject_span and group.subject_span.start == party.start
        ours = party.key == "first_party" and not _to_us(scene, party)
        if own or ours or (back and not _BESIDE.search(scene.before(party.start))):
            continue
        if _OWN.match(scene.text, party.end) and party.key in {"third_party", "first_party"}:
            follow = scene.text[party.end : party.end + 12]
            if not re.match(r"的(?:合作|服务|第三方|关联|供应)", follow):
                continue
        if party.key in {"other_users", "authority"} and _incidental(scene, party, group):
            continue
        found.append(Named(name(scene.text, party), Span(party.start, party.end)))
    return found


def _to_us(scene: Scene, party: Mention) -> bool:
    before = scene.before(party.start)
    return bool(re.search(r"(?:[向给]|发送至|传输至|to )\s*$", before))


def _incidental(scene: Scene, party: Mention, group: Group) -> bool:
    """Whether others are named for another reason than that they get it: 其他用户的安全."""
    after = scene.text[party.end : party.end + 2]
    return after.startswith("的") or scene.clause(party.start) != group.clause


def _leads(scene: Scene, party: Mention, group: Group) -> bool:
    before = scene.before(party.start)
    aside = _BESIDE.search(before) or _OWN.match(scene.text, party.end)
    if aside or scene.terms.widens("function", party) or _FUNCTION.match(scene.text, party.end):
        return False
    others = party.key in {"other_users", "authority"}
    if others and not _WILL.match(scene.text, party.end, group.start):
        return False
    if _FROM.search(before) or (GIVING.intersection(group.keys) and _TOWARD.search(before)):
        return False
    between = scene.text[party.end : group.start]
    if party.key == "person":
        return _person_does(scene, party, group, between)
    if _VIA.search(before):
        return party.key != "third_party" and not _we_before(scene, party)
    return not (
        party.key not in _OURS
        and _FRAME.search(between)
        and scene.clause(party.start) != group.clause
    )


def _person_does(scene: Scene, party: Mention, group: Group, between: str) -> bool:
    if _FRAME.search(between):
        return bool(_PUBLISHES.search(between)) or _shows(group, between)
    if group.acts[0].manual:
        return True
    if len(between) > 40 or scene.clause(party.start) != group.clause:
        return False
    word = scene.text[group.start : group.acts[0].end]
    return group.acts[0].key != "collect" or bool(_DOES_ANYTHING.search(word))


def _shows(group: Group, between: str) -> bool:
    """Whether the person makes something public: 您在发布内容时公开您的位置信息."""
    return group.keys == ["disclose"] and _UNBROKEN.search(between) is not None


def _we_before(scene: Scene, party: Mention) -> bool:
    return any(one.key == "first_party" for one in scene.parties if one.start < party.start)
