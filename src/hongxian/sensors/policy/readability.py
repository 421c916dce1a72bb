"""How hard a policy is to read: figures, each beside a shipped distribution; no judgement.

The law sets no reading time and no length of sentences: the four limits below are ours, rounded
from what studies of silent reading commonly give, and are set here alone. What is hidden, and
the heads and feet of pages, are no part of what is read.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from hongxian.sensors.policy.findings import Finding
from hongxian.sensors.policy.jargon import unexplained
from hongxian.sensors.policy.reading.language import count_han, count_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hongxian.sensors.policy.document import Block, Document
    from hongxian.sensors.policy.mentions import Mention

HAN_A_MINUTE = 400
"""Han characters that a practised reader takes in. Ours."""
WORDS_A_MINUTE = 230
"""English words that a practised reader takes in. Ours."""
LONG_HAN = 80
"""Characters above which a Chinese sentence is long. Ours."""
LONG_WORDS = 35
"""Words above which an English sentence is long. Ours."""

_END = re.compile(r"[。！？!?；;]+[”’」』）)]*|\.(?=\s|$)|\n")
_SUMMARY = re.compile(
    r"摘要|概要|简要说明|一图读懂|快速了解|核心内容|简明版|提要|内容提示|\bsummary\b|at a glance"
    r"|\bin short\b|key points",
    re.IGNORECASE,
)
_CONTENTS = re.compile(
    r"目\s?录|(?:了解|包含|包括|分为)(?:以下|如下)(?:内容|部分)|\bcontents\b", re.IGNORECASE
)
_WORD = re.compile(r"[^\W_]")
_EARLY = 0.25
"""A summary stands in this first part of a text."""
_SHORT = 60
_ENTRIES = 3
_TERMS = 20
"""Terms named, the most frequent first."""


@dataclass(frozen=True)
class Figure:
    """One figure of a text."""

    item: str
    amount: float
    unit: str
    detail: Mapping[str, object] = field(default_factory=dict)


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
    shown = document.shown()
    text = "\n".join(document.text[block.start : block.end] for block in shown)
    english = document.language == "en"
    counted = (_size(sentence, english=english) for sentence in _sentences(document, shown))
    sizes = [size for size in counted if size]
    if not sizes:
        return []
    minutes = count_han(text) / HAN_A_MINUTE + count_words(text) / WORDS_A_MINUTE
    headings = sum(block.kind == "heading" for block in shown)
    pi = {"pi_mentions": sum(mention.kind == "info" for mention in mentions)} if mentions else {}
    return [
        Figure("length", len(text), "character", pi),
        Figure("reading_time", round(minutes, 1), "minute"),
        *_of_sentences(sizes, english=english),
        _jargon(text, "en" if english else "zh"),
        Figure("headings", round(1000 * headings / len(text), 2), "per_1000"),
    ]


def _of_sentences(sizes: list[int], *, english: bool) -> list[Figure]:
    unit, limit = ("word", LONG_WORDS) if english else ("character", LONG_HAN)
    long = round(sum(size > limit for size in sizes) / len(sizes), 3)
    return [
        Figure("sentence_length", round(sum(sizes) / len(sizes), 1), unit),
        Figure("long_sentences", long, "ratio", {"above": limit, "of": unit}),
    ]


def _jargon(text: str, lang: str) -> Figure:
    terms = unexplained(text, lang)
    names = Counter(term[0].casefold() for term in terms)
    told = {term[0].casefold(): term[0] for term in reversed(terms)}
    detail = {"terms": [told[name] for name, _ in names.most_common(_TERMS)]}
    return Figure("jargon", round(1000 * len(terms) / len(text), 2), "per_1000", detail)


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


def _sentences(document: Document, shown: Sequence[Block]) -> list[str]:
    """Return the sentences of paragraphs and items; headings and cells have none."""
    return [
        sentence
        for block in shown
        if block.kind in ("paragraph", "item")
        for sentence in _END.split(document.text[block.start : block.end])
    ]


def _size(sentence: str, *, english: bool) -> int:
    """Count a sentence in the unit of its language; 0 for one without a word of it."""
    if english:
        return count_words(sentence)
    return len("".join(sentence.split())) if count_han(sentence) else 0


def _summary(document: Document) -> Block | None:
    early = len(document.text) * _EARLY
    for block in document.shown():
        if block.start > early:
            return None
        short = block.end - block.start <= _SHORT
        if short and _SUMMARY.search(document.text, block.start, block.end):
            return block
    return None


def _contents(document: Document) -> Block | None:
    """Find a lead-in such as 目录 with short lines behind it, or a row of links into the page."""
    text = document.text
    blocks = [block for block in document.shown() if _WORD.search(text, block.start, block.end)]
    inward = {link.start for link in document.links if link.target.startswith("#")}
    for number, block in enumerate(blocks):
        if block.end - block.start > _SHORT:
            continue
        lines = blocks[number + 1 : number + 1 + _ENTRIES]
        if len(lines) < _ENTRIES or any(line.end - line.start > _SHORT for line in lines):
            continue
        row = all(line.start in inward for line in (block, *lines))
        if row or _CONTENTS.search(text, block.start, block.end):
            return block
    return None
