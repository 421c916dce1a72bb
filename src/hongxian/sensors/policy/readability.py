"""How hard a policy is to read: figures, each beside a shipped distribution; no judgement."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from hongxian.sensors.policy.findings import Finding
from hongxian.sensors.policy.jargon import unexplained
from hongxian.sensors.policy.reading.language import count_han, count_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hongxian.sensors.policy.document import Block, Document
    from hongxian.sensors.policy.mentions import Mention

HAN_A_MINUTE = 400
"""Han characters that a practised reader takes in."""
WORDS_A_MINUTE = 230
"""English words that a practised reader takes in."""
LONG_HAN = 80
"""Characters above which a Chinese sentence is long."""
LONG_WORDS = 35
"""Words above which an English sentence is long."""

_END = re.compile(r"[。！？!?；;]+[”’」』）)]*|\.(?=\s|$)|\n")
_SUMMARY = re.compile(
    r"摘要|概要|简要说明|一图读懂|快速了解|核心内容|简明|提要|\bsummary\b|at a glance|\bin short\b|"
    r"key points",
    re.IGNORECASE,
)
_CONTENTS = re.compile(
    r"目\s?录|(?:了解|包含|包括|分为)(?:以下|如下)(?:内容|部分)|\bcontents\b", re.IGNORECASE
)
_EARLY = 0.25
"""A summary stands in this first part of a text."""
_SHORT = 60
_ENTRIES = 3


@dataclass(frozen=True)
class Figure:
    """One figure of a text."""

    item: str
    amount: float
    unit: str
    detail: dict[str, object] = field(default_factory=dict)


def readability_findings(document: Document, mentions: Sequence[Mention] = ()) -> list[Finding]:
    """Return the figures of a policy, and where its summary and table of contents stand.

    Args:
        document: the policy.
        mentions: what the lexicon found; tells how dense the text is in PI.
    """
    found = [_finding(figure, document) for figure in figures(document, mentions)]
    if (summary := _summary(document)) is not None:
        found.append(Finding(item="summary", start=summary.start, end=summary.end))
    if (contents := _contents(document)) is not None:
        found.append(Finding(item="contents", start=contents.start, end=contents.end))
    return found


def figures(document: Document, mentions: Sequence[Mention] = ()) -> list[Figure]:
    """Return the figures of a policy; none of a text without a sentence."""
    english = document.language == "en"
    text = document.text
    counted = (_size(sentence, english=english) for sentence in _sentences(document))
    sizes = [size for size in counted if size]
    if not sizes:
        return []
    unit = "word" if english else "character"
    length = len(text)
    terms = unexplained(text, "en" if english else "zh")
    headings = sum(block.kind == "heading" for block in document.blocks)
    long = LONG_WORDS if english else LONG_HAN
    minutes = count_han(text) / HAN_A_MINUTE + count_words(text) / WORDS_A_MINUTE
    pi = sum(mention.kind == "info" for mention in mentions)
    return [
        Figure("length", length, "character", {"pi_mentions": pi} if mentions else {}),
        Figure("reading_time", round(minutes, 1), "minute"),
        Figure("sentence_length", round(sum(sizes) / len(sizes), 1), unit),
        Figure(
            "long_sentences",
            round(sum(size > long for size in sizes) / len(sizes), 3),
            "ratio",
            {"above": long, "of": unit},
        ),
        Figure(
            "jargon",
            round(1000 * len(terms) / length, 2),
            "per_1000",
            {"terms": sorted({term[0] for term in terms})[:20]},
        ),
        Figure("headings", round(1000 * headings / length, 2), "per_1000"),
    ]


def percentile(item: str, amount: float) -> int | None:
    """Return which share of policies lies below a figure, in per cent; ties count half."""
    quantiles = distribution().get(item)
    if not quantiles:
        return None
    middle = (bisect_left(quantiles, amount) + bisect_right(quantiles, amount)) / 2
    return round(100 * middle / len(quantiles))


@cache
def distribution() -> dict[str, list[float]]:
    """Return the shipped figures of Chinese policies: item -> ascending quantiles."""
    source = files("hongxian.sensors.policy") / "data" / "distribution.toml"
    data: dict[str, list[float]] = tomllib.loads(source.read_text(encoding="utf-8"))["quantiles"]
    return data


def _finding(figure: Figure, document: Document) -> Finding:
    detail = dict(figure.detail)
    if document.language.startswith("zh"):
        place = percentile(figure.item, figure.amount)
        detail |= {} if place is None else {"percentile": place}
    return Finding(
        item=figure.item, start=0, end=0, amount=figure.amount, unit=figure.unit, detail=detail
    )


def _sentences(document: Document) -> list[str]:
    """Return the sentences of paragraphs and items; headings, cells and hidden text have none."""
    return [
        sentence
        for block in document.blocks
        if block.kind in ("paragraph", "item") and not block.look.hidden and not block.repeated
        for sentence in _END.split(document.text[block.start : block.end])
    ]


def _size(sentence: str, *, english: bool) -> int:
    """Count a sentence in the unit of its language; 0 for one without a word of it."""
    if english:
        return count_words(sentence)
    return len("".join(sentence.split())) if count_han(sentence) else 0


def _summary(document: Document) -> Block | None:
    early = len(document.text) * _EARLY
    for block in document.blocks:
        if block.start > early:
            return None
        short = block.end - block.start <= _SHORT
        if short and _SUMMARY.search(document.text, block.start, block.end):
            return block
    return None


def _contents(document: Document) -> Block | None:
    """Find a lead-in such as 目录 that at least three short lines follow."""
    blocks = document.blocks
    for number, block in enumerate(blocks):
        if block.end - block.start > _SHORT:
            continue
        if _CONTENTS.search(document.text, block.start, block.end):
            entries = blocks[number + 1 : number + 1 + _ENTRIES]
            if len(entries) == _ENTRIES and all(e.end - e.start <= _SHORT for e in entries):
                return block
    return None
