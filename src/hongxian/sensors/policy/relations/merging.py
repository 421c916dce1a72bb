"""Which verbs of a sentence stand, and which only add to the one before."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hongxian.sensors.policy.relations.scene import Group, Scene

_DELETES = re.compile(
    r"注销|停止运营|终止运营|停止服务|届满|到期|超出|期限|期满|不再|完成后|cancel|clos"
    r"|terminat|expir|no longer|after",
    re.IGNORECASE,
)
_ON_REQUEST = re.compile(r"请求|要求|申请|权利|request|right", re.IGNORECASE)
_MUST = re.compile(r"需|须|应|请|require|need|must", re.IGNORECASE)
_SAID = re.compile(r"会|将|可能|需|要|正在|已|可以?|仅|只|不|能|负责|通过|委托|被|予以")


def is_kept(scene: Scene, group: Group, part: str) -> bool:
    """Whether a group declares something, in the part of the policy where it stands.

    Args:
        scene: the sentence.
        group: of its verbs.
        part: as :class:`~hongxian.sensors.policy.relations.sections.Sections` tells it.
    """
    words = scene.text[scene.sentence.start : scene.sentence.end]
    if "delete" in group.keys:
        return bool(_DELETES.search(words)) and (not _ON_REQUEST.search(words) or "注销" in words)
    if part != "rights":
        return _is_said(scene, group)
    ours = group.subject == "first_party" and any(one.key for one in group.infos)
    return (ours and not group.negated) or (
        group.acts[0].manual and bool(_MUST.search(scene.before(group.start)))
    )


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


def absorb(groups: list[Group]) -> list[Group]:
    """Let a use tell the purpose of what was done before it in the sentence, and vanish.

    Args:
        groups: of one sentence.
    """
    kept: list[Group] = []
    for group in groups:
        source = next((one for one in reversed(kept) if _absorbs(one, group)), None)
        again = group.keys == ["collect"] and _again(source, group)
        if (again or group.keys == ["use"]) and source is not None and not group.negated:
            _merge(source, group)
        else:
            kept.append(group)
    return kept


def _again(source: Group | None, group: Group) -> bool:
    """Whether a collection is told once more, to say what for: 收集这些信息是为了支付."""
    if source is None or source.purposes or not all(one.referred for one in group.infos):
        return False
    return {one.key for one in group.infos} <= {one.key for one in source.infos}


def _absorbs(source: Group, group: Group) -> bool:
    if not source.infos or source.negated:
        return False
    mine = {one.key for one in group.infos}
    theirs = {one.key for one in source.infos} | {None}
    return not mine or ("collect" in source.keys and mine <= theirs)


def entrust(groups: list[Group]) -> list[Group]:
    """Take what another party is to do as the object of entrusting: 委托第三方处理."""
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
