"""The relation step, sentence by sentence.

A sentence hands on what it says: its subject and purpose to the items of the list that it opens,
its PI to words that point back. What nobody says falls back to the headings.
"""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from hongxian.sensors.policy.clauses import split
from hongxian.sensors.policy.declarations import Declaration, Span
from hongxian.sensors.policy.relations import (
    keeping,
    limits,
    merging,
    objects,
    purposes,
    subjects,
    verbs,
)
from hongxian.sensors.policy.relations.above import Headings
from hongxian.sensors.policy.relations.cues import find_cues
from hongxian.sensors.policy.relations.emit import Collected, spread
from hongxian.sensors.policy.relations.means import method, permission_infos
from hongxian.sensors.policy.relations.scene import NOWHERE, Group, Named, Scene
from hongxian.sensors.policy.relations.sections import SILENT, Sections, asks
from hongxian.sensors.policy.relations.strangers import find_strangers
from hongxian.sensors.policy.relations.terms import Terms
from hongxian.sensors.policy.tables import read_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hongxian.sensors.policy.clauses import Sentence
    from hongxian.sensors.policy.document import Document
    from hongxian.sensors.policy.mentions import Mention

_COLLECTING = re.compile(r"收集|采集|collect", re.IGNORECASE)
_FOR = re.compile(r"(?:用于|用来|用作|以便|be(?:ing)? used|used)(?: to| for)?$", re.IGNORECASE)


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
    headings: Headings
    memory: objects.Memory = field(default_factory=objects.Memory)
    contexts: dict[int, _Context] = field(default_factory=dict)
    party: str | None = None
    pending: dict[int, list[Declaration]] = field(default_factory=dict)
    found: Collected = field(default_factory=Collected)


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
    run = _Run(document.text, terms, sentences, Sections(document.text, sentences), Headings(terms))
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
        if run.terms.within("party", span):
            run.party = subjects.last_named(Scene(run.terms, sentence)) or run.party
        if context and sentence.opens:
            run.contexts[number] = context
        return
    if asks(run.text[sentence.start : sentence.end]):
        return
    run.memory.fade(sentence.block)
    scene = Scene(run.terms, sentence)
    groups, infos = _understand(run, scene, context, part)
    if above is not None and any(group.infos for group in groups):
        _settle_lead(run, above)
    _emit(run, scene, number, groups)
    root = sentence.block if sentence.lead is None else run.sentences[sentence.lead].block
    specific = [one for one in infos if one.key is not None]
    run.memory.keep(groups, sentence.block)
    referred = any(one.referred for group in groups for one in group.infos)
    if not referred:
        generic = [one for group in groups for one in group.infos]
        run.memory.note(specific or generic, root, sentence.block)
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
    if _on_permissions(run, scene):
        _turn_to_asking(groups)
    if context and scene.sentence.lead is not None:
        collects = context.group.keys == ["collect"] and not context.group.negated
    else:
        collects = scene.sentence.label is not None and _heads_collection(run, scene)
    if collects:
        _turn_to_collecting(scene, groups)
    _ask_permissions(scene, groups)
    objects.refer(scene, groups, infos, run.memory)
    purposes.settle_purposes(scene, groups)
    if not groups and context and infos and not any(scene.moot):
        groups = [_inherited(scene, context.group, infos)]
    groups = merging.entrust(groups)
    groups = merging.absorb([group for group in groups if merging.is_kept(scene, group, part)])
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


def _on_permissions(run: _Run, scene: Scene) -> bool:
    """Whether the sentence is an entry in a list of permissions, such as 位置：用于导航."""
    if scene.sentence.label is None:
        return False
    above = scene.sentence.headings[-1:]
    if scene.sentence.lead is not None:
        lead = run.sentences[scene.sentence.lead]
        above = (*above, Span(lead.start, lead.end))
    return any(
        re.search(r"权限|permission", run.text[one.start : one.end], re.IGNORECASE) for one in above
    )


def _turn_to_asking(groups: list[Group]) -> None:
    for group in groups:
        if group.keys == ["use"] and not group.negated:
            for act in group.acts:
                act.key, act.asks = "collect", True


def _heads_collection(run: _Run, scene: Scene) -> bool:
    """Whether the heading above announces what is collected, as 信息收集 does."""
    return any(
        _COLLECTING.search(run.text[one.start : one.end]) for one in scene.sentence.headings[-1:]
    )


def _turn_to_collecting(scene: Scene, groups: list[Group]) -> None:
    """In a list of what is collected, an item such as 手机号，用于登录 only adds what for."""
    for group in groups:
        words = [scene.text[act.start : act.end] for act in group.acts]
        if group.keys == ["use"] and not group.negated and all(map(_FOR.match, words)):
            for act in group.acts:
                act.key = "collect"


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
            re.IGNORECASE,
        )
    ]
    if found:
        group.purposes = found
    return group


def _fall_back(
    run: _Run, scene: Scene, group: Group, context: _Context | None, before: Group | None
) -> None:
    above = context.group if context else None
    if group.subject is None or (group.subject == "person"):
        group.subject = (
            (before and before.subject)
            or (above and above.subject)
            or run.headings.actor(scene.sentence, group)
        )
        if group.subject == "person":
            group.subject = None
    giving = subjects.GIVING.intersection(group.keys)
    if giving and not group.recipients:
        group.recipients = (above and above.recipients) or run.headings.recipients(scene.sentence)
    if not group.purposes and above and above.purposes:
        group.purposes = above.purposes
    if not group.purposes:
        group.purposes = run.headings.purposes(scene.sentence) or group.weak
    if group.condition is None and above is not None and not group.negated:
        group.condition = above.condition
    if not group.purposes and group.condition and group.condition.key == "law":
        asked = any(one.key == "authority" for one in group.recipients)
        group.purposes = [Named("legal_duty", group.condition.span)] if asked else []


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
            recipients = [Named("third_party", NOWHERE)]
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
        days=keeping.days(near) if act == "store" else None,
        form=keeping.form(near) if act != "delete" else None,
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
