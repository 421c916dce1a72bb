"""Values that are not the session's own, by the recognisers: only what the app sends.

The name of a field is the evidence; a number without a name or a label counts only in free text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hongxian.info import load_types
from hongxian.info.recognise import recognise, recognise_field

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hongxian.sensors.session.model import Part

SCORES = {"valid": 0.9, "labelled": 0.7}
APPS = "device.app_list"
_LONGEST = 1 << 16
"""Longer values are no fields, and free text that long is content."""
_LEAST_APPS = 5
"""So many names of packages in a field with such a name are a list of installed apps (ours)."""
_APPS = re.compile(r"app|pkg|package|install|software", re.IGNORECASE)
_PACKAGE = re.compile(r"(?:com|cn|org|net|io|me|tv)\.[A-Za-z]\w*(?:\.\w+)+")
_NAMED = re.compile(r"[A-Za-z\u3400-\u9fff]")
_FREE = re.compile(r"[\s\u3400-\u9fff，。：；]")
_BY_NAME = (
    ("device.wifi_ssid", r"(?:wifi_?)?ssid", r"(?!<unknown ssid>).{2,34}"),
    ("basic.name", r"(?:real|true|full|contact|receiver|consignee|id)_?name|姓名|收货人",
     r"[\u3400-\u9fff·]{2,10}|[A-Z][a-z]+(?: [A-Z][a-z]+){1,3}"),
    ("basic.gender", r"gender|sex|性别", r"(?i:fe)?(?i:male)|[男女MFmf]"),
    ("device.clipboard", r"clip(?:board)?(?:_?(?:text|data|content))?", r"(?s:.{4,})"),
)  # fmt: skip
"""PI type, names of fields, form of values, where no recogniser knows the value itself."""
_FIELDS = tuple(
    (info, re.compile(name, re.IGNORECASE), re.compile(value)) for info, name, value in _BY_NAME
)
_SILENT = re.compile(r"[A-Za-z_./ -]{0,200}|.{0,3}")
"""Letters alone, or next to nothing, are never a value that the recognisers know."""
_BETWEEN = re.compile(r"[,;|\s]+")


Seen = dict[tuple[str, str], tuple[tuple[str, str], ...]]
"""What fields with a name and a value were, as apps send the same ones again and again."""
_REMEMBERED = 20_000
_SHORT = 200
"""Longer values are not remembered."""


def strangers(parts: Iterable[Part], seen: Seen) -> Iterator[tuple[Part, str, float]]:
    """Yield the part, the PI type and how sure it is, for each value that looks like PI.

    Args:
        parts: all parts of a flow, in their order; what holds others is not looked at itself.
        seen: what earlier flows had; grows.
    """
    lists: dict[str, tuple[Part, set[str]]] = {}
    for part in innermost(parts):
        if not part.sent or not isinstance(part.value, str) or len(part.value) > _LONGEST:
            continue
        if _APPS.search(part.name):
            packages = {one for one in _BETWEEN.split(part.value) if _PACKAGE.fullmatch(one)}
            holder = f"{part.where} {part.name.rpartition('[')[0] or part.name}"
            lists.setdefault(holder, (part, set()))[1].update(packages)
        for info, grade in _remembered(seen, part.key, part.value):
            yield part, info, SCORES.get(grade, min(SCORES.values()))
    for part, packages in lists.values():
        if len(packages) >= _LEAST_APPS:
            yield part, APPS, SCORES["labelled"]


def _remembered(seen: Seen, key: str, value: str) -> tuple[tuple[str, str], ...]:
    known = seen.get((key, value))
    if known is None:
        known = tuple(dict.fromkeys(_seen(key, value)))
        if len(seen) >= _REMEMBERED:
            seen.clear()
        if len(value) <= _SHORT:
            seen[key, value] = known
    return known


def _seen(key: str, value: str) -> Iterator[tuple[str, str]]:
    """Yield type and grade of PI in a field; the recognisers know secrets and other things too."""
    for info, grade in _recognised(key, value):
        if info in load_types():
            yield info, grade


def _recognised(key: str, value: str) -> Iterator[tuple[str, str]]:
    for info, name, form in _FIELDS:
        if name.fullmatch(key.replace("-", "_")) and form.fullmatch(value.strip()):
            yield info, "labelled"
            return
    if _SILENT.fullmatch(value):
        return
    named = _NAMED.search(key) is not None
    hit = recognise_field(key, value) if named else None
    if hit is not None and hit.end - hit.start >= len(value.strip()):  # a field holds one value
        yield hit.info, hit.grade
    elif _FREE.search(value.strip()):
        for found in recognise(value):
            yield found.info, found.grade


def innermost(parts: Iterable[Part]) -> Iterator[Part]:
    """Yield the parts that hold no others: what is inside comes right behind what holds it."""
    before: Part | None = None
    for part in parts:
        if before is not None and not _inside(part, before):
            yield before
        before = part
    if before is not None:
        yield before


def _inside(part: Part, holder: Part) -> bool:
    return (
        len(part.how) > len(holder.how)
        and part.how[: len(holder.how)] == holder.how
        and (part.where, part.sent, part.at) == (holder.where, holder.sent, holder.at)
        and part.name.startswith(holder.name)
    )
