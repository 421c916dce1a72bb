"""By which means PI is collected: the person types it in, an SDK, a cookie, a permission."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hongxian.laws.permissions import load_android
from hongxian.sensors.policy.declarations import Span
from hongxian.sensors.policy.relations.scene import Named

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hongxian.sensors.policy.mentions import Mention
    from hongxian.sensors.policy.relations.scene import Group, Scene

_GROUPS = {
    "camera": ("media.photo",), "microphone": ("media.audio",), "location": ("location.precise",),
    "contacts": ("contact.address_book",), "calendar": ("calendar.events",),
    "call_log": ("comm.call_log",),
    "sms": ("comm.sms",), "activity": ("sport.steps",), "sensors": ("device.sensor",),
    "app_list": ("device.app_list",), "nearby": ("device.bluetooth",),
}  # fmt: skip
"""Permission group -> the PI that asking for it is about. Telephone, storage and network say too
little: what is read by them stands in the text, or is not told."""
_BY_HAND = re.compile(
    r"(?:您|用户|你)(?:主动|自愿|自行|在.{0,12})?(?:提供|填写|上传|输入|提交|录入|登记)的"
    r"|you (?:provide|enter|submit|upload|give)",
    re.IGNORECASE,
)
_ORDER = ("cookie", "sdk", "permission", "api", "server", "device")


def permission_infos(named: Iterable[Mention]) -> list[Named]:
    """Return the PI that asking for permissions is about, when the text names none."""
    found: dict[str, Named] = {}
    for one in named:
        for key in infos_of(one.key):
            found.setdefault(key, Named(key, Span(one.start, one.end)))
    return list(found.values())


def infos_of(permission: str) -> tuple[str, ...]:
    """Return the PI that a permission, or a group of them, is about."""
    known = load_android().get(permission)
    if known is None:
        return _GROUPS.get(permission, ())
    if known.group in {"phone", "storage", "network", "special"} and len(known.info) > 1:
        return ()
    return known.info[:1]


def method(scene: Scene, group: Group) -> str | None:
    """Return by which means a group collects."""
    if not {"collect", "store"}.intersection(group.keys):
        return None
    if group.acts[0].manual:
        return "manual"
    if group.permission:
        return "permission"
    words = scene.text[scene.sentence.start : scene.sentence.end]
    if _BY_HAND.search(words):
        return "manual"
    keys = {one.key for one in scene.named("method")}
    return next((key for key in _ORDER if key in keys), None)
