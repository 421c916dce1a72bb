"""The relation step, sentence by sentence.

A sentence hands on what it says: its subject and purpose to the items of the list that it opens, its
PI to words that point back. What nobody says falls back to the headings.
"""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from hongxian.sensors.policy.clauses import split
from hongxian.sensors.policy.declarations import Declaration, Span
from hongxian.sensors.policy.relations import keeping, limits, objects, purposes, subjects, verbs
from hongxian.sensors.policy.relations.cues import find_cues
from hongxian.sensors.policy.relations.emit import Collected, spread
from hongxian.sensors.policy.relations.means import method, permission_infos
from hongxian.sensors.policy.relations.scene import Group, Named, Scene
from hongxian.sensors.policy.relations.sections import SILENT, Sections, asks
from hongxian.sensors.policy.relations.strangers import find_strangers
from hongxian.sensors.policy.relations.terms import Terms
from hongxian.sensors.policy.tables import read_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hongxian.sensors.policy.clauses import Sentence
    from hongxian.sensors.policy.document import Document
    from hongxian.sensors.policy.mentions import Mention

_DELETES = re.compile(
    r"注销|停止运营|终止运营|停止服务|届满|到期|超出|期限|期满|不再|完成后|cancel|clos|terminat|expir|no longer|after",
    re.I,
)
_ON_REQUEST = re.compile(r"请求|要求|申请|权利|request|right", re.IGNORECASE)
_MUST = re.compile(r"需|须|应|请|require|need|must", re.IGNORECASE)
_SAID = re.compile(r"会|将|可能|需|要|正在|已|可以?|仅|只|不|能|负责|通过|委托|被|予以")
_BY_SDK = re.compile(r"SDK|收集|采集|获取|插件|collect", re.IGNORECASE)


@dataclass(slots=True)
class _Context:
    """What a sentence hands on."""

    group: Group
    part: str = ""


@dataclass(slots=True)
class _Run:
    text: str
    terms: Terms
    sentences: list[Sentence]
    sections: Sections
    used: list[Span]
    memory: objects.Memory = field(default_factory=objects.Memory)
    contexts: dict[int, _Context] = field(default_factory=dict)
    party: str | None = None
    pending: dict[int, list[Declaration]] = field(default_factory=dict)
    found: Collected = field(default_factory=Collected)
    headings: dict[tuple[int, int], list[Named]] = field(default_factory=dict)


def declare(document: Document, mentions: Iterable[Mention]) -> list[Declaration]:
    """Return what a policy declares.

    Args:
        document: the policy.
        mentions: what the lexicon found in it.
    """
    words = [one for one in mentions if one.kind != "purpose"]
    words += find_strangers(document.text, words)
    terms = Terms(document.text, [*words, *find_cues(document.text)])
    rows, used = read_tables(document, terms)
    sentences = split(document)
    run = _Run(document.text, terms, sentences, Sections(document.text, sentences), used)
    run.found.add(rows)
    consumed = _Consumed(used)
    for number, sentence in enumerate(sentences):
        if not consumed.holds(sentence.start):
            _take(run, number, sentence)
    for left in run.pending.values():
        run.found.add(left)
    return run.found.result()


class _Consumed:
    """Stretches that were read as tables already; asked in the order of the text."""

    def __init__(self, spans: list[Span]) -> None:
        self.spans = sorted(spans, key=lambda span: span.start)
        self.at = 0

    def holds(self, place: int) -> bool:
        while self.at < len(self.spans) and self.spans[self.at].end <= place:
            self.at += 1
        return self.at < len(self.spans) and self.spans[self.at].start <= place


def _take(run: _Run, number: int, sentence: Sentence) -> None:
    part = run.sections.part(number)
    above = number - 1 if sentence.follows else sentence.lead
    context = run.contexts.get(above) if above is not None else None
    if part in SILENT:
        return
    span = Span(sentence.start, sentence.end)
    busy = any(run.terms.within(kind, span) for kind in ("info", "act", "reference", "permission"))
    if not busy or (sentence.title and context is None and sentence.label is None):
        if context and sentence.opens:
            run.contexts[number] = context
        return
    if asks(run.text[sentence.start : sentence.end]):
        return
    scene = Scene(run.terms, sentence)
    groups, infos = _understand(run, scene, context, part)
    if above is not None and any(group.infos for group in groups):
        _settle_lead(run, above)
    _emit(run, scene, number, groups)
    root = sentence.block if sentence.lead is None else run.sentences[sentence.lead].block
    specific = [one for one in infos if one.key is not None]
    referred = any(one.referred for group in groups for one in group.infos)
    if not referred:
        run.memory.note(specific or [one for group in groups for one in group.infos], root)
    handed = groups[-1] if groups else context.group if context else None
    if handed is not None:
        run.contexts[number] = _Context(handed, part)


def _understand(
    run: _Run, scene: Scene, context: _Context | None, part: str
) -> tuple[list[Group], list[Named]]:
    limits.find_moot(scene)
    groups = verbs.group(scene, verbs.find_acts(scene))
    infos = objects.named_infos(scene, purposes.told_ends(scene))
    for at, group in enumerate(groups):
        subjects.settle_subject(scene, group, run.party)
        following = groups[at + 1] if at + 1 < len(groups) else None
        subjects.settle_recipients(scene, group, following)
        subjects.turn(group)
    run.party = subjects.last_named(scene) or run.party
    _bound(scene, groups)
    groups = [group for group in groups if group.acts and not _by_person(group)]
    limits.limit(scene, groups)
    objects.allot(scene, groups, infos)
    _ask_permissions(scene, groups)
    objects.refer(scene, groups, infos, run.memory)
    purposes.settle_purposes(scene, groups)
    if not groups and context and infos and not any(scene.moot):
        groups = [_inherited(scene, context.group, infos)]
    groups = _entrusted(groups)
    groups = _absorb([group for group in groups if _kept(scene, group, part)])
    purposes.share_back(groups)
    for at, group in enumerate(groups):
        _fall_back(run, scene, group, context, groups[at - 1] if at else None)
    return groups, infos


def _bound(scene: Scene, groups: list[Group]) -> None:
    start = scene.sentence.start
    for at, group in enumerate(groups):
        if group.acts:
            later = [one.start for one in groups[at + 1 :] if one.acts and one.keys != ["use"]]
            group.reach = Span(start, min([scene.sentence.end, *later[:1]]))
            start = group.end


def _by_person(group: Group) -> bool:
    return group.subject == "person" and not any(act.manual or act.asks for act in group.acts)


def _ask_permissions(scene: Scene, groups: list[Group]) -> None:
    for group in groups:
        if group.keys != ["collect"]:
            continue
        clause = scene.clauses[group.clause]
        named = scene.terms.within("permission", clause)
        if not named:
            continue
        group.permission = Named(named[0].key, Span(named[0].start, named[0].end))
        if not any(one.key for one in group.infos):
            group.infos += permission_infos(named)


def _inherited(scene: Scene, above: Group, infos: list[Named]) -> Group:
    """Return the verbs of the lead-in with the PI of this item."""
    group = copy.copy(above)
    group.infos, group.clause = list(infos), -1
    found = [
        one
        for clause in scene.clauses
        for one in purposes.purposes_in(scene.terms, clause)
        if re.search(
            r"用于|以便|为了|目的|用途|\bto\b|\bfor\b",
            scene.text[clause.start : one.span.start],
            re.I,
        )
    ]
    if found:
        group.purposes = found
    return group


def _kept(scene: Scene, group: Group, part: str) -> bool:
    words = scene.text[scene.sentence.start : scene.sentence.end]
    if "delete" in group.keys:
        return bool(_DELETES.search(words)) and (not _ON_REQUEST.search(words) or "注销" in words)
    if part != "rights":
        return _is_said(scene, group)
    ours = group.subject == "first_party" and any(one.key for one in group.infos)
    return (ours and not group.negated) or (
        group.acts[0].manual and bool(_MUST.search(scene.before(group.start)))
    )


def _absorb(groups: list[Group]) -> list[Group]:
    """Let a use tell the purpose of what was done before it in the sentence, and vanish."""
    kept: list[Group] = []
    for group in groups:
        source = next((one for one in reversed(kept) if _absorbs(one, group)), None)
        again = group.keys == ["collect"] and _again(source, group)
        if (again or group.keys == ["use"]) and source is not None and not group.negated:
            _merge(source, group)
        else:
            kept.append(group)
    return kept


def _is_said(scene: Scene, group: Group) -> bool:
    """Whether PI as such is really said to be handled, not only talked about."""
    if group.negated or any(one.key or one.referred for one in group.infos) or not group.infos:
        return True
    before = scene.before(group.start)
    if not re.search(r"[\u4e00-\u9fff]", scene.text[group.start : group.end]):
        return True
    later = scene.text[group.end : scene.sentence.end]
    topic = re.search(r"个人信息[^，。；]{0,2}，?(?:会|将|需|应|都|均)", later[:30])
    return bool(_SAID.search(before)) or (not topic and bool({"store"} & set(group.keys)))


def _again(source: Group | None, group: Group) -> bool:
    """Whether a collection is told once more, to say what for: 收集这些信息是为了…"""
    if source is None or source.purposes or not all(one.referred for one in group.infos):
        return False
    return {one.key for one in group.infos} <= {one.key for one in source.infos}


def _absorbs(source: Group, group: Group) -> bool:
    if not source.infos or source.negated:
        return False
    mine = {one.key for one in group.infos}
    theirs = {one.key for one in source.infos} | {None}
    return not mine or ("collect" in source.keys and mine <= theirs)


def _entrusted(groups: list[Group]) -> list[Group]:
    """Take what another party is to do as the object of entrusting: 委托第三方处理您的…"""
    kept: list[Group] = []
    for group in groups:
        last = kept[-1] if kept else None
        if (
            last
            and last.keys == ["entrust"]
            and not last.infos
            and group.keys[0] in {"use", "store"}
        ):
            last.infos = group.infos
            _merge(last, group)
        else:
            kept.append(group)
    return kept


def _merge(source: Group, group: Group) -> None:
    known = {one.key for one in source.purposes}
    source.purposes += [one for one in group.purposes if one.key not in known]
    source.vague |= group.vague


def _fall_back(
    run: _Run, scene: Scene, group: Group, context: _Context | None, before: Group | None
) -> None:
    above = context.group if context else None
    if group.subject is None or (group.subject == "person"):
        group.subject = (
            (before and before.subject)
            or (above and above.subject)
            or _heading_actor(run, scene, group)
        )
        if group.subject == "person":
            group.subject = None
    giving = subjects.GIVING.intersection(group.keys)
    if giving and not group.recipients:
        group.recipients = (above and above.recipients) or _heading_recipients(run, scene)
    if not group.purposes and above and above.purposes:
        group.purposes = above.purposes
    if not group.purposes:
        group.purposes = _heading_purposes(run, scene) or group.weak
    if group.condition is None and above is not None and not group.negated:
        group.condition = above.condition


def _heading_purposes(run: _Run, scene: Scene) -> list[Named]:
    label = scene.sentence.label
    places = [*scene.sentence.headings[-3:], *([label] if label else [])]
    for place in reversed(places):
        key = (place.start, place.end)
        if key not in run.headings:
            run.headings[key] = purposes.heading_purposes(run.terms, place)
        if run.headings[key]:
            return run.headings[key]
    return []


def _heading_parties(run: _Run, scene: Scene) -> Iterator[tuple[str, list[Named]]]:
    for heading in reversed(scene.sentence.headings[-3:]):
        parties = [
            Named(subjects.name(run.text, one), Span(one.start, one.end))
            for one in run.terms.within("party", heading)
            if one.key not in {"person", "first_party", "other_users", "authority"}
        ]
        if parties:
            yield run.text[heading.start : heading.end], parties


def _heading_actor(run: _Run, scene: Scene, group: Group) -> str | None:
    if "collect" not in group.keys or group.acts[0].manual or group.acts[0].asks:
        return None
    for words, parties in _heading_parties(run, scene):
        if re.search(r"共享|提供|披露|转让|委托|shar|disclos|provid|transfer", words, re.I):
            return None
        known = subjects.known_first(parties)[0].key
        return known if known != "third_party" or _BY_SDK.search(words) else None
    return None


def _heading_recipients(run: _Run, scene: Scene) -> list[Named]:
    for _, parties in _heading_parties(run, scene):
        return subjects.known_first(parties)
    return []


def _settle_lead(run: _Run, above: int) -> None:
    """The items name the PI that the lead-in only announced."""
    number: int | None = above
    while number is not None and number in run.pending:
        del run.pending[number]
        sentence = run.sentences[number]
        number = sentence.lead


def _emit(run: _Run, scene: Scene, number: int, groups: list[Group]) -> None:
    for group in groups:
        said = list(_declarations(scene, group))
        announced = (
            scene.sentence.opens
            and not group.negated
            and all(objects.is_group(one.info) for one in said)
        )
        if announced and group is groups[-1]:
            run.pending[number] = said
        else:
            if group.keys == ["collect"]:
                run.found.supersede(said)
            run.found.add(said)


def _declarations(scene: Scene, group: Group) -> Iterator[Declaration]:
    infos = _distinct(group.infos)
    if not infos:
        return
    chosen = _distinct(group.purposes)
    words = scene.text[scene.sentence.start : scene.sentence.end]
    for key in group.keys:
        act = limits.outcome(scene, group, key) if group.negated else key
        if act is None:
            continue
        base = _base(scene, group, act, words)
        if not chosen and group.vague and not act.startswith("not_"):
            base = replace(base, purpose="basic_function")
        recipients = group.recipients if key in subjects.GIVING else []
        if key in {"share", "entrust"} and not recipients:
            recipients = [Named("third_party", Span(0, 0))]
        yield from spread(base, infos, recipients, [] if act.startswith("not_") else chosen)


def _distinct(named: list[Named]) -> list[Named]:
    once = list({one.key: one for one in reversed(named)}.values())[::-1]
    specific = [one for one in once if one.key is not None]
    return specific or once


def _base(scene: Scene, group: Group, act: str, words: str) -> Declaration:
    first = group.acts[0]
    roles = {"act": Span(first.start, group.acts[-1].end)}
    if group.subject_span:
        roles["actor"] = group.subject_span
    if group.condition:
        roles["condition"] = group.condition.span
    functions = scene.named("function")
    near = scene.text[group.reach.start : group.reach.end] or words
    return Declaration(
        act=act, info=None, actor=_actor(group, act), possible=group.possible,
        condition=group.condition.key if group.condition else None,
        days=keeping.days(near) if act == "store" else None, form=keeping.form(near) if act != "delete" else None,
        method=method(scene, group), function=functions[0].key if functions else None,
        permission=group.permission.key if group.permission else None,
        span=Span(scene.sentence.start, scene.sentence.end), roles=roles,
    )  # fmt: skip


def _actor(group: Group, act: str) -> str:
    subject = group.subject or "first_party"
    if act in {"collect", "use", "store", "delete", "not_collect"} or subject == "first_party":
        return subject
    recipients = {one.key for one in group.recipients}
    return "first_party" if subject in recipients else subject
