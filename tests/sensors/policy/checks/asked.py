"""Policies made from a few lines of text, for the tests of the document checks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tests.sensors.policy.texts import document

from hongxian.sensors.policy.checks.text import Policy
from hongxian.sensors.policy.document import Block, Document, Mark
from hongxian.sensors.policy.lexicon import find_mentions
from hongxian.sensors.policy.relations import declare

if TYPE_CHECKING:
    from types import ModuleType

    from hongxian.sensors.policy.findings import Finding


def policy(text: str | Document) -> Policy:
    """A policy of lines; # makes a heading, - an item."""
    read = document(text) if isinstance(text, str) else text
    mentions = find_mentions(read)
    return Policy(read, mentions, declare(read, mentions))


def found(check: ModuleType, text: str | Document) -> list[Finding]:
    """What a check finds in a text; all places lie inside it."""
    made = policy(text)
    findings: list[Finding] = list(check.check(made))
    assert all(0 <= one.start <= one.end <= len(made.document.text) for one in findings)
    return findings


def quotes(check: ModuleType, text: str) -> list[str]:
    """The words that a check points at."""
    return [text[one.start : one.end].strip(" #-") for one in found(check, text)]


def details(check: ModuleType, text: str | Document) -> list[dict[str, Any]]:
    """What a check tells beside the place."""
    return [one.detail for one in found(check, text)]


def table(*rows: str, before: str = "") -> Document:
    """A document with a table; | parts the cells of a row."""
    text, blocks = before, []
    if before:
        blocks.append(Block("paragraph", 0, len(before)))
    for number, row in enumerate(rows):
        for column, cell in enumerate(row.split("|")):
            text += "\n" if text else ""
            blocks.append(
                Block("cell", len(text), len(text) + len(cell), table=0, row=number, column=column)
            )
            text += cell
    return replace(document(""), text=text, blocks=tuple(blocks))


def bold(text: str) -> Document:
    """A document in which what stands between asterisks is set in bold."""
    marks, plain = [], ""
    for number, part in enumerate(text.split("*")):
        if number % 2:
            marks.append(Mark(len(plain), len(plain) + len(part)))
        plain += part
    return replace(document(plain), marks=tuple(marks))
