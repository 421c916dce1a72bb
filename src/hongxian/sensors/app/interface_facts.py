"""Facts that layouts and texts of the interface show: consent boxes, wording, missing switches.

Nobody saw them run: their certainty is ``declared`` (it stands in the package) or ``inferred``
(nothing of the kind stands in it), and rules make no more of them than a suspicion.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hongxian.sensors.app.package.axml import parse
from hongxian.sensors.app.package.faults import PackageError
from hongxian.sensors.app.package.values import Values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.facts import Fact
    from hongxian.sensors.app.manifest_facts import About
    from hongxian.sensors.app.package import AppPackage
    from hongxian.sensors.app.package.axml import Element

CONSENT = re.compile(
    r"隐私|用户协议|服务协议|个人信息|同意.{0,12}(?:协议|政策|条款)"
    r"|privacy policy|user agreement|terms of (?:service|use)",
    re.IGNORECASE,
)
"""What a consent box is about."""
IMPLIED = re.compile(
    r"(?:使用|注册|登录|继续|点击|下载|安装).{0,24}(?:即|就|视为|视同|等于).{0,10}(?:同意|接受|认可)"
    r"|by (?:using|continuing|signing|registering|downloading).{0,40}you (?:agree|accept|consent)",
    re.IGNORECASE,
)
"""Wording by which something else than agreeing counts as agreeing."""
PERSONALISED = re.compile(
    r"个性化|定向(?:推送|推荐|广告)|精准推荐|程序化广告|personali[sz]ed|targeted ads", re.IGNORECASE
)
BOXES = frozenset({"CheckBox", "CheckedTextView", "RadioButton", "Switch", "ToggleButton"})
MARKS = tuple(box.encode(form) for box in sorted(BOXES) for form in ("utf-8", "utf-16-le"))
LAYOUT_LIMIT = 256 * 1024
"""Bytes; a longer layout is generated, and is no consent screen."""
LAYOUTS = 50
"""So many layouts that include each other are read."""
TEXT_LIMIT = 400
"""Characters; a longer text is a document, which the policy sensor reads."""


def interface_facts(about: About, package: AppPackage, *, advertises: bool) -> Iterator[Fact]:
    """Yield ticked consent boxes, wording of implied consent, and a missing switch.

    Args:
        about: the subject.
        package: the package.
        advertises: whether it holds an SDK for advertising or recommendation.
    """
    yield from _boxes(about, package)
    switch = False
    for text in package.strings():
        if len(text.value) > TEXT_LIMIT:
            continue
        switch = switch or PERSONALISED.search(text.value) is not None
        if IMPLIED.search(text.value) and CONSENT.search(text.value):
            yield about.fact(
                "section", item="implied_consent_wording", certainty="declared",
                locator=f"{text.locator} {text.name}",
            )  # fmt: skip
    if advertises and not switch:
        yield about.fact(
            "control", item="personalised_off", outcome="missing", certainty="inferred",
            score=0.5, locator="resources.arsc",
        )  # fmt: skip


def texts_of(package: AppPackage, layout: str) -> list[str]:
    """Return the texts of a layout, and of those that it includes."""
    values = Values(package.resources, package.manifest.package)
    found: list[str] = []
    todo, seen = [layout], set[str]()
    while todo:
        name = todo.pop()
        if name in seen or len(seen) == LAYOUTS:
            continue
        seen.add(name)
        try:
            root = parse(package.read(name), name).root
        except PackageError:
            continue
        for element in _all(root):
            found += [text for key in ("text", "hint") if (text := values.text(element, key))]
            if element.tag == "include" and (other := values.text(element, "layout")):
                todo.append(other)
    return found


def _boxes(about: About, package: AppPackage) -> Iterator[Fact]:
    values = Values(package.resources, package.manifest.package)
    for locator in package.members:
        if not locator.endswith(".xml") or "res/" not in locator:
            continue
        try:
            data = package.read(locator)
            if len(data) > LAYOUT_LIMIT or not any(mark in data for mark in MARKS):
                continue
            root = parse(data, locator).root
        except PackageError:
            continue  # noted by the package as a problem of its own
        for box in _all(root):
            if box.tag.rsplit(".", 1)[-1] in BOXES and _about_consent(values, box):
                ticked = values.flag(box, "checked")
                yield about.fact(
                    "state", item="consent_box", outcome="checked" if ticked else "unchecked",
                    certainty="declared", locator=locator,
                )  # fmt: skip


def _about_consent(values: Values, box: Element) -> bool:
    return CONSENT.search(values.text(box, "text") or "") is not None


def _all(element: Element) -> Iterator[Element]:
    yield element
    for child in element.children:
        yield from _all(child)
