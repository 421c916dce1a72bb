"""Permission dialogs of the system, and what an app tells of the purpose beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongxian.sensors.session.screens.words import load_words, pattern, permission_patterns

if TYPE_CHECKING:
    from hongxian.sensors.session.model import Screen


@dataclass(frozen=True, slots=True, kw_only=True)
class PermissionDialog:
    """The system asks for a permission."""

    permission: str | None
    """``None`` when the dialog's words are not known."""
    together: int
    """How many are asked for in one go, as the dialog counts them."""


@dataclass(frozen=True, slots=True)
class ToldPurpose:
    """A screen of the app tells what a permission is for."""

    permission: str
    vague: bool
    """Whether it says nothing from which a person could tell what happens."""


def permission_dialog(screen: Screen) -> PermissionDialog | None:
    """Return the system's permission dialog that a screen shows, if it does."""
    packages = load_words()["permission_dialog"]["packages"]
    nodes = [n for n in screen.nodes if n.words and (n.package or screen.package) in packages]
    texts = [node.words for node in nodes]
    if not any(pattern("permission_dialog", "deny").search(text.strip()) for text in texts):
        return None
    told = next((text for text in texts if _permission(text)), "")
    counts = (pattern("permission_dialog", "several").search(text) for text in texts)
    count = next((hit for hit in counts if hit), None)
    groups = [int(number) for number in count.groups() if number] if count else []
    return PermissionDialog(permission=_permission(told), together=groups[-1] if groups else 1)


def told_purposes(screen: Screen) -> list[ToldPurpose]:
    """Return the purposes that a screen of the app tells, by the permission they are of."""
    found: dict[str, ToldPurpose] = {}
    for node in screen.nodes:
        text = node.words
        if not text or not pattern("purpose", "tells").search(text):
            continue
        for name, words in permission_patterns():
            if words.search(text):
                vague = bool(pattern("purpose", "vague").search(text))
                known = found.get(name)
                if known is None or known.vague:
                    found[name] = ToldPurpose(name, vague)
    return list(found.values())


def _permission(text: str) -> str | None:
    return next((name for name, words in permission_patterns() if words.search(text)), None)
