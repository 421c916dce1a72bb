"""Questions for separate consent: a screen that names who is to get which PI, and asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from hongxian.sensors.policy.lexicon import find_mentions
from hongxian.sensors.policy.reading import read_bytes
from hongxian.sensors.policy.relations import declare
from hongxian.sensors.session.screens.prompts import policy_prompt
from hongxian.sensors.session.screens.words import pattern

if TYPE_CHECKING:
    from hongxian.sensors.session.model import Screen

MOST = 2_000
"""A text with more characters is no question that a person answers."""
_ACTS = ("collect", "use", "share", "entrust", "transfer", "disclose")


@dataclass(frozen=True, slots=True, order=True)
class Wanted:
    """What a screen says that somebody is to get."""

    info: str
    recipient: str
    """``first_party``, an SDK or company key, ``named:`` and a name, ``third_party``."""


@dataclass(frozen=True, slots=True)
class SeparatePrompt:
    """A screen that asks for separate consent."""

    wanted: tuple[Wanted, ...]
    """Empty when the words do not say on what."""
    refusable: bool


def separate_prompt(screen: Screen) -> SeparatePrompt | None:
    """Return the question for separate consent that a screen asks; ``None`` when it asks none.

    It has a button to agree with, and says that another party is to get PI, or that the consent
    is separate. A screen that puts the whole policy before the person is one only if it says so.
    """
    nodes = [node for node in screen.nodes if node.words]
    buttons = [node for node in nodes if _is_button(node.words)]
    if not any(pattern("separate", "agree").search(node.words.strip()) for node in buttons):
        return None
    text = "\n".join(node.words for node in nodes if node not in buttons)
    said = bool(pattern("separate", "name").search(text))
    if len(text) > MOST or (policy_prompt(screen) and not said):
        return None
    wanted = tuple(sorted(wants(text)))
    if not said and all(one.recipient == "first_party" for one in wanted):
        return None
    refusable = any(pattern("separate", "refuse").search(node.words.strip()) for node in buttons)
    return SeparatePrompt(wanted, refusable)


@lru_cache(maxsize=512)
def wants(text: str) -> frozenset[Wanted]:
    """Return which PI a text says that somebody is to get, and who, as a policy's is read."""
    document = read_bytes("", text.encode())
    return frozenset(
        Wanted(said.info, said.recipient or said.actor)
        for said in declare(document, find_mentions(document))
        if said.act in _ACTS and said.info
    )


def _is_button(words: str) -> bool:
    short = words.strip()
    return any(pattern("separate", name).search(short) for name in ("agree", "refuse"))
