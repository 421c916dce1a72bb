"""Documents made from a few lines of text, for the tests of the relation step."""

from __future__ import annotations

from hongxian.sensors.policy.clauses import Sentence, split
from hongxian.sensors.policy.declarations import Declaration, Span
from hongxian.sensors.policy.document import Block, Document
from hongxian.sensors.policy.lexicon import find_mentions
from hongxian.sensors.policy.relations import declare, limits, verbs
from hongxian.sensors.policy.relations.cues import find_cues
from hongxian.sensors.policy.relations.scene import Group, Scene
from hongxian.sensors.policy.relations.terms import Terms


def document(text: str) -> Document:
    """Each line is a block; # makes it a heading, - an item."""
    blocks, at = [], 0
    for line in text.split("\n"):
        kind = {"#": "heading", "-": "item"}.get(line[:1], "paragraph")
        if line.strip():
            level = len(line) - len(line.lstrip("#")) if kind == "heading" else int(kind == "item")
            blocks.append(Block(kind, at, at + len(line), level=level))
        at += len(line) + 1
    return Document(
        name="a.txt", text=text, blocks=tuple(blocks), format="text", charset="utf-8",
        language="zh-Hans",
    )  # fmt: skip


def declared(text: str) -> list[Declaration]:
    """What a text declares."""
    read = document(text)
    return declare(read, find_mentions(read))


def said(text: str) -> set[str]:
    """The facts of a text: act, PI, actor > recipient, purpose."""
    return {line(one) for one in declared(text)}


def line(one: Declaration) -> str:
    """A fact on a line."""
    who = one.actor + (f">{one.recipient}" if one.recipient else "")
    return f"{one.act} {one.info or '-'} {who} {one.purpose or '-'}"


def terms(text: str) -> Terms:
    """What a text names."""
    words = [one for one in find_mentions(document(text)) if one.kind != "purpose"]
    return Terms(text, [*words, *find_cues(text)])


def sentences(text: str) -> list[Sentence]:
    """The sentences of a text."""
    return split(document(text))


def scene(text: str) -> Scene:
    """The first sentence of a text, with its moot clauses marked."""
    made = Scene(terms(text), sentences(text)[0])
    limits.find_moot(made)
    return made


def groups(made: Scene) -> list[Group]:
    """The verbs of a sentence."""
    return verbs.group(made, verbs.find_acts(made))


def whole(text: str) -> Span:
    """All of a text."""
    return Span(0, len(text))
