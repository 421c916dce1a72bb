"""What an act is done to: the PI named beside it, before it, or by a word that points back."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hongxian.info import load_groups
from hongxian.sensors.policy.declarations import Span
from hongxian.sensors.policy.relations.scene import Named, compiled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hongxian.sensors.policy.mentions import Mention
    from hongxian.sensors.policy.relations.scene import Group, Scene

_COMPOUND = 0.5
_FRAME = compiled(
    r"^\s*(?:[\W\d]|[a-z](?=[.)）、])){0,6}(?:当|在|如果?|若|一旦|为了?|基于|根据|结合|通过"
    r"|除|出于|鉴于|由于|因)(?!您的.{0,12}(?:我们)?(?:会|将)?(?:收集|获取))",
    r"^\s*(?:when|if|while|based on|depending on|in order to|to|by using|except)\b",
)
_WHEN = re.compile(r"(?:时候?|过程中|期间|的情况下|之?后)\s*$")
_UNFRAMED = compiled(r"包括|例如|如下|[:：]$")
_DETAILS = re.compile(
    r"(?:等)?(?:相关|有关|基本|必要)?(?:信息|资料|数据)?[\s\"”」*]*[，,（(\[【]?\s*(?:主要"
    r"|具体|可能|其中|通常)?(?:会|将)?"
    r"(?:包括但不限于|包括|包含|例如|比如|诸如|譬如|如(?!果|何|您)|即|具体为|具体有|指|分别为"
    r"|有[:：]|为[:：]?|\binclud\w*|\bsuch as|\be\.g\.?|\blike|\bnamely|\bi\.e\.?"
    r"|[:：（(])",
    re.IGNORECASE,
)
_SUMS_UP = re.compile(
    r"(?:等(?:等)?[）)]?(?:的?(?:其他|其它|相关|必要|基本|基础|个人|敏感|重要|有关|您的|用户"
    r"|这些|上述|多项|各类|常用|网络|特定))*(?:的)?|(?:and|or) (?:any )?other (?:\w+ )?|这些"
    r"|此类)\s*[\"“]?$",
    re.IGNORECASE,
)
_PRONOUN = compiled(
    r"其(?!他|它|中|余|实|次)|将之|它们?|\bit\b|\bthem\b|该部分|并(?!非|不|未)|同时|进而"
    r"|后(?=.{0,4}(?:提供|共享|发送|用于|存储|保存))|^\s*(?:并|且|及|和|或|同时|进而|以及"
    r"|and\b|or\b|but\b)"
)
_POINTS = compiled(
    r"(?:上述|前述|以上|上列|该等|这些|该类|该项|此类|此等|这类|该)(?:收集的|所列|全部|部分"
    r"|类|项|等|些|的|敏感|个人|相关|设备|必要)*(?:信息|数据|资料|内容|权限|标识)",
    r"\b(?:such|these|this|those|the above|aforementioned|foregoing|the) (?:personal "
    r"|types? of |kinds? of )?(?:information|data|details?)",
)
_IT = re.compile(r"\s+(it|them)\b", re.IGNORECASE)
_FAR = 16
_BLOCKS = 4
"""Blocks after which 上述信息 is not taken to mean what they do not name."""
MOST = 2000
"""PI words that a sentence may hand to one act."""


@dataclass(slots=True)
class Memory:
    """What PI was named last, for words that point back."""

    infos: list[Named] = field(default_factory=list)
    root: int = -1
    block: int = -1
    kept: tuple[int, list[Named]] = (-1, [])
    """Block in which something was last said to be stored, and what."""

    def fade(self, block: int) -> None:
        """Forget what was named too long ago."""
        if block - self.block > _BLOCKS:
            self.infos, self.root = [], -1

    def keep(self, groups: Sequence[Group], block: int) -> None:
        """Remember what a sentence says is stored, for 到期后删除."""
        stored = [one for one in groups if "store" in one.keys and one.infos and not one.negated]
        if stored:
            self.kept = (block, list(stored[-1].infos))

    def stored(self, block: int) -> list[Named]:
        """Return what is stored by the sentence before in the same block."""
        return list(self.kept[1]) if self.kept[0] == block else []

    def note(self, infos: Sequence[Named], root: int, block: int) -> None:
        """Remember the PI of a sentence; that of one list adds up."""
        if not infos:
            return
        self.block = block
        if all(one.key is None for one in infos):
            self.infos, self.root = list(infos), -1
            return
        if root != self.root:
            self.infos, self.root = [], root
        known = {one.key for one in self.infos}
        self.infos += [one for one in infos if one.key not in known]


def is_group(key: str | None) -> bool:
    """Whether a key means PI as such or a whole group."""
    return key is None or key in load_groups()


def named_infos(scene: Scene, ends: Sequence[Span]) -> list[Named]:
    """Return the PI that a sentence names, but for what only seems to be a name of PI.

    Args:
        scene: the sentence.
        ends: phrases that say what for; PI in them is no object.
    """
    found = []
    inside = _Inside(ends)
    for number, info in enumerate(scene.infos[:MOST]):
        if inside.holds(info.start):
            continue
        if _counts(info) and not scene.moot[scene.clause(info.start)]:
            after = scene.infos[number + 1] if number + 1 < len(scene.infos) else None
            if not _is_header(scene, info, after):
                found.append(_named(info))
    return found


class _Inside:
    """Stretches, asked in the order of the text."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = sorted(spans, key=lambda span: span.start)
        self._at = 0
        self._reach = -1

    def holds(self, place: int) -> bool:
        while self._at < len(self._spans) and self._spans[self._at].start <= place:
            self._reach = max(self._reach, self._spans[self._at].end)
            self._at += 1
        return place < self._reach


def _counts(info: Mention) -> bool:
    return info.key != "other" and info.certainty > _COMPOUND


def _named(info: Mention) -> Named:
    return Named(None if info.key == "personal" else info.key, Span(info.start, info.end))


def _is_header(scene: Scene, info: Mention, after: Mention | None) -> bool:
    """Whether a general word only heads or sums up the PI beside it: 设备信息（IMEI、MAC）."""
    key = None if info.key == "personal" else info.key
    if not is_group(key):
        return after is not None and _is_label(scene, info, after)
    before = scene.text[max(scene.sentence.start, info.start - 24) : info.start]
    if _SUMS_UP.search(before):
        return any(scene.sentence.start <= one.start < info.start for one in scene.infos)
    if after is None or not _same(key, after):
        return False
    details = _DETAILS.match(scene.text, info.end, after.start)
    return details is not None and after.start - details.end() <= _FAR


def _is_label(scene: Scene, info: Mention, after: Mention) -> bool:
    """Whether the word names what a list item is about: 实名信息：姓名."""
    words = scene.text[info.start : info.end]
    begins = not re.search(
        r"\w", scene.text[scene.sentence.start : info.start].lstrip("0123456789abcde")
    )
    whole = re.search(r"(?:信息|资料|数据|information|data|details)$", words, re.IGNORECASE)
    colon = re.match(r"\s*[：:]", scene.text[info.end : info.end + 3])
    return bool(begins and whole and colon) and after.start - info.end <= _FAR


def _same(key: str | None, after: Mention) -> bool:
    return key is None or after.key.startswith(f"{key}.") or after.key != "personal"


def allot(scene: Scene, groups: list[Group], infos: Sequence[Named]) -> None:
    """Give each piece of PI to the act that it belongs to."""
    by_clause: dict[int, list[Group]] = {}
    for group in groups:
        by_clause.setdefault(group.clause, []).append(group)
    for info in infos:
        number = scene.clause(info.span.start)
        beside = by_clause.get(number)
        target = _beside(info, beside) if beside else _across(scene, number, groups)
        if target is not None:
            target.infos.append(info)


def _beside(info: Named, groups: list[Group]) -> Group:
    before = [group for group in groups if group.start <= info.span.start]
    return before[-1] if before else groups[0]


def _across(scene: Scene, number: int, groups: list[Group]) -> Group | None:
    words = scene.words(number)
    if (_FRAME.match(words) or _WHEN.search(words)) and not _UNFRAMED.search(words):
        return None
    before = [group for group in groups if group.clause < number]
    return before[-1] if before else groups[0] if groups else None


def refer(scene: Scene, groups: list[Group], named: Sequence[Named], memory: Memory) -> None:
    """Resolve what points back for the groups that name no PI themselves.

    Args:
        scene: the sentence.
        groups: its verbs.
        named: the PI that it names.
        memory: what the sentences before it named.
    """
    for number, group in enumerate(groups):
        if any(one.key is not None for one in group.infos):
            continue
        points = _points_back(scene, group, {one.clause for one in groups})
        if points:
            here = [one for one in named if one.span.end <= points.start]
            specific = [one for one in here if one.key is not None]
            group.infos = _resolved(specific or here or memory.infos, points)
        elif not group.infos and number and _elided(scene, group):
            group.infos, group.elided = list(groups[number - 1].infos), True
        elif not group.infos and group.keys == ["delete"]:
            stores = [one for one in groups[:number] if "store" in one.keys and one.infos]
            group.infos = list(stores[-1].infos) if stores else memory.stored(scene.sentence.block)


def _points_back(scene: Scene, group: Group, own: set[int]) -> Span | None:
    clause = scene.clauses[group.clause]
    pronoun = _IT.match(scene.after(group.end, 8))
    if pronoun:
        return Span(group.end + pronoun.start(1), group.end + pronoun.end(1))
    for number in (group.clause, group.clause - 1, group.clause + 1):
        if not 0 <= number < len(scene.clauses) or scene.moot[number]:
            continue
        if number != group.clause and number in own:
            continue
        clause = scene.clauses[number]
        found = _POINTS.search(scene.text, max(clause.start, scene.sentence.start), clause.end)
        if found and (number == group.clause or not group.infos):
            return Span(found.start(), found.end())
    return None


def _resolved(infos: Sequence[Named], points: Span) -> list[Named]:
    if not infos:
        return [Named(None, points, unresolved=True)]
    return [Named(one.key, points, referred=True) for one in infos]


def _elided(scene: Scene, group: Group) -> bool:
    """Whether the object of the verb before is meant: 收集您的手机号并提供给他人."""
    words = scene.before(group.start)[-24:] + " " + scene.after(group.end, 12)
    return bool(_PRONOUN.search(words)) and "use" not in group.keys
