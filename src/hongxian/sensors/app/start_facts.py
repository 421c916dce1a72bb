"""Facts about the first screen: whether anything of it can put the policy before the person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.sensors.app.dex.constants import body_of, literal
from hongxian.sensors.app.interface_facts import CONSENT, IMPLIED, texts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.facts import Fact
    from hongxian.sensors.app.package import AppPackage
    from hongxian.sensors.app.scene import Scene

FIRST_RESOURCE = 0x7F000000
SURE = 0.6


def start_facts(scene: Scene, package: AppPackage) -> Iterator[Fact]:
    """Yield a trait when nothing that runs at the first start can ask to read the policy.

    That is said only where the launcher's screen is a layout of the package that was read, its
    texts and those that its code names speak of no policy, and no code of the app or of an SDK
    that runs by itself opens a dialog, a notice, another screen or a page.
    """
    screens = [name for name in scene.manifest.launchers if _is_plain(scene, name)]
    if not screens or len(screens) < len(scene.manifest.launchers) or _shows(scene):
        return
    found = [text for name in screens for text in _named_texts(scene, package, name)]
    if not any(layout for layout, _ in found):
        return
    if any(CONSENT.search(text) and not IMPLIED.search(text) for _, text in found):
        return
    yield scene.about.fact(
        "trait", item="silent_start", certainty="inferred", score=SURE, phase="before_prompt",
        locator=", ".join(sorted({layout for layout, _ in found if layout})),
        detail={"screens": screens},
    )  # fmt: skip


def _is_plain(scene: Scene, name: str) -> bool:
    """Whether a screen's class is there and draws by Android's own means."""
    hierarchy = scene.analysis.hierarchy
    number = hierarchy.find(name)
    if number < 0 or not hierarchy.program.class_defined[number]:
        return False
    while (above := int(hierarchy.parent[number])) >= 0:
        number = above
        owner = hierarchy.program.class_name(number)
        if scene.whose.actor(owner).actor not in ("first_party", "library", "system"):
            return False
        if not owner.startswith(("android.", "androidx.", *scene.whose.own)):
            return False
    return True


def _shows(scene: Scene) -> bool:
    return any(
        scene.alone(method := scene.analysis.method_of(row)) and scene.is_app(method)
        for row, _ in scene.conduct["show"]
    )


def _named_texts(scene: Scene, package: AppPackage, name: str) -> Iterator[tuple[str | None, str]]:
    """Yield pairs (layout or ``None``, text) of what the code of a screen names at its start."""
    for method in scene.methods_of(name):
        for number in _numbers(scene, method) if scene.alone(method) else ():
            text = package.resources.text(number)
            if text and text.startswith("res/") and text.endswith(".xml"):
                yield text, ""
                yield from ((text, one) for one in texts_of(package, text))
            elif text:
                yield None, text


def _numbers(scene: Scene, method: int) -> list[int]:
    """Return the resource ids that stand in a method."""
    program = scene.analysis.program
    body = int(program.method_body[method])
    if body < 0:
        return []
    code, at, found = body_of(program, body), 0, list[int]()
    while at < len(code.units):
        number = literal(code, at)
        if number is not None and number >= FIRST_RESOURCE:
            found.append(number)
        at = code.next_place(at)
    return found
