"""The policy lexicon against a folder of labelled Chinese privacy policies.

``python bench/policy_corpus.py FOLDER`` (or ``HONGXIAN_POLICIES``) prints F1 for the even and the
odd half of the files; only errors of the even half may be looked at (``--errors data``). Product
and tests never read the folder.

A file is ``NNNN.html`` (text inside ``<pre>``) and ``NNNN.json``: entries with classId e_1 to e_16
are paragraphs, e_21 to e_27 spans. Labellers marked spans in a part of the sentences only, so a
sentence counts when it holds at least one span of any kind; the stricter count takes all sentences
of each paragraph that holds one. A predicted span is right when it overlaps a labelled one of the
kind, a labelled one is found when a predicted one overlaps it.

The PI category of a labelled span is read off its text by ``policy_categories.toml``, which
knows nothing of the lexicon; the baseline applies the same keywords to the whole sentence.
"""

from __future__ import annotations

import html
import json
import os
import re
import sys
import time
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hongxian.sensors.policy.document import Block, Document
from hongxian.sensors.policy.lexicon import find_mentions

if TYPE_CHECKING:
    from hongxian.sensors.policy.mentions import Mention, Mentions

SURE = 0.5
"""Mentions of less certainty do not count as predicted."""

SPANS = {"e_21": "data", "e_22": "verb", "e_23": "verb", "e_26": "recipient", "e_27": "purpose"}
TARGETS = {"data": 0.85, "verb": 0.80, "recipient": 0.65, "purpose": 0.65}
PREDICTED = {"info": "data", "act": "verb", "recipient": "recipient", "purpose": "purpose"}

_TABLE = tomllib.loads(Path(__file__).with_name("policy_categories.toml").read_text("utf-8"))
_WORDS = {name: re.compile(row["words"]) for name, row in _TABLE.items()}
_OF_KEY = {key: name for name, row in _TABLE.items() for key in row["types"]}
_WHOLE = ("identity", "biometric", "health", "sport")
"""Groups all of whose types are one category."""
_SENTENCE = re.compile(r"[^。；！？\n]*[。；！？\n]?")
_WRAP = re.compile(
    r"(?<=[^\n]{45}[^\s。；：！？])[ *_]*\n(?=[ *_]*[^\s#\d(（*•·一二三四五六七八九十|-])"
    r"|\n(?=[ *_]*[，、。；）等的和及])"
)


@dataclass
class Counts:
    """Hits and misses."""

    right: Counter[str] = field(default_factory=Counter)
    predicted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    labelled: Counter[str] = field(default_factory=Counter)

    def sets(self, name: str, ours: set[Any], gold: set[Any]) -> None:
        """Count two sets."""
        both = len(ours & gold)
        self.right[name] += both
        self.found[name] += both
        self.predicted[name] += len(ours)
        self.labelled[name] += len(gold)

    def figures(self, name: str) -> tuple[float, float, float]:
        """Return precision, recall and F1."""
        precision = self.right[name] / max(1, self.predicted[name])
        recall = self.found[name] / max(1, self.labelled[name])
        return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


@dataclass
class Policy:
    """One labelled policy."""

    name: str
    text: str
    paragraphs: list[tuple[int, int]]
    spans: list[tuple[int, int, str]]


def read(path: Path) -> Policy:
    """Read one policy and its labels."""
    page = path.with_suffix(".html").read_text(encoding="utf-8")
    found = re.search(r"<pre[^>]*>(.*?)</pre>", page, re.DOTALL)
    text = html.unescape(found.group(1)) if found else ""
    entries = json.loads(path.read_text(encoding="utf-8"))
    places = [(one["classId"], one["start"], one["end"]) for one in entries]
    return Policy(
        path.stem,
        flatten(text),
        [(start, end) for name, start, end in places if name not in SPANS and int(name[2:]) <= 16],
        [(start, end, SPANS.get(name, "other")) for name, start, end in places
         if int(name[2:]) > 16],
    )  # fmt: skip


def flatten(text: str) -> str:
    """Blank out the Markdown of the text, length kept, as a reader of Markdown would."""
    even = re.sub(r"[*_\\]", " ", text)
    return _WRAP.sub(lambda wrap: " " * len(wrap.group()), even)


def categories(text: str) -> set[str]:
    """Return the categories that keywords see in a text."""
    even = re.sub(r"\s", "", text)
    return {name for name, words in _WORDS.items() if words.search(even)}


def category(mention: Mention) -> str | None:
    """Return the category of a mention of PI: that of its type, else that of the type's group."""
    group = mention.key.split(".")[0]
    return _OF_KEY.get(mention.key) or (_OF_KEY.get(group) if group in _WHOLE else None)


def mentions_of(policy: Policy) -> Mentions:
    """Run the lexicon."""
    text = policy.text
    return find_mentions(
        Document(name=policy.name, text=text, blocks=(Block("paragraph", 0, len(text)),),
                 format="text", charset="utf-8", language="zh-Hans")
    )  # fmt: skip


def sentences(policy: Policy, *, strict: bool) -> list[tuple[int, int]]:
    """Return the sentences that count."""
    places = [one.span() for one in _SENTENCE.finditer(policy.text) if one.group().strip()]
    spans = sorted(policy.spans)
    if strict:
        held = [(a, b) for a, b in policy.paragraphs if any(a <= s and e <= b for s, e, _ in spans)]
        return [(a, b) for a, b in places if any(x < b and a < y for x, y in held)]
    return [(a, b) for a, b in places if any(s < b and a < e for s, e, _ in spans)]


@dataclass
class Scorer:
    """Counts one policy."""

    policy: Policy
    counts: Counts
    wanted: str = ""
    seen: list[str] = field(default_factory=list)
    """Errors of the wanted kind."""

    def score(self) -> None:
        """Count all of it."""
        ours = [
            one
            for one in mentions_of(self.policy)
            if one.certainty >= SURE and one.kind in PREDICTED and one.key != "delete"
        ]
        for strict in (True, False):
            self.seen.clear()
            self._score("strict" if strict else "span", sentences(self.policy, strict=strict), ours)

    def _score(self, label: str, places: list[tuple[int, int]], ours: list[Mention]) -> None:
        document = [set[str](), set[str](), set[str]()]
        for start, end in places:
            mine = [one for one in ours if one.start < end and start < one.end]
            gold = [one for one in self.policy.spans if one[0] < end and start < one[1]]
            for kind in TARGETS:
                self._overlaps(label, kind, mine, gold)
            for whole, part in zip(document, self._sets(start, end, mine, gold), strict=True):
                whole.update(part)
            if label == "strict" or any(one[2] == "data" for one in gold):
                keys, words, names = self._sets(start, end, mine, gold)
                self.counts.sets(f"{label} sentence", keys, names)
                self.counts.sets(f"{label} sentence keywords", words, names)
        self.counts.sets(f"{label} document", document[0], document[2])
        self.counts.sets(f"{label} document keywords", document[1], document[2])

    def _sets(
        self, start: int, end: int, mine: list[Mention], gold: list[tuple[int, int, str]]
    ) -> tuple[set[str], set[str], set[str]]:
        """Return the categories by the lexicon, by keywords and by the labels."""
        text = self.policy.text
        keys = {name for one in mine if one.kind == "info" and (name := category(one))}
        data = [text[max(a, start) : min(b, end)] for a, b, kind in gold if kind == "data"]
        return keys, categories(text[start:end]), {n for one in data for n in categories(one)}

    def _overlaps(
        self, label: str, kind: str, ours: list[Mention], gold: list[tuple[int, int, str]]
    ) -> None:
        mine = [(one.start, one.end) for one in ours if PREDICTED[one.kind] == kind]
        theirs = [one[:2] for one in gold if one[2] == kind]
        wrong = [a for a in mine if not any(a[0] < b[1] and b[0] < a[1] for b in theirs)]
        missed = [b for b in theirs if not any(a[0] < b[1] and b[0] < a[1] for a in mine)]
        name = f"{label} {kind}"
        self.counts.predicted[name] += len(mine)
        self.counts.right[name] += len(mine) - len(wrong)
        self.counts.labelled[name] += len(theirs)
        self.counts.found[name] += len(theirs) - len(missed)
        if kind == self.wanted:
            self.seen += [self._show("+", *one) for one in wrong]
            self.seen += [self._show("-", *one) for one in missed]

    def _show(self, sign: str, start: int, end: int) -> str:
        text = self.policy.text.replace("\n", "|")
        before, after = text[max(0, start - 25) : start], text[end : end + 15]
        return f"{self.policy.name} {sign} {before}[{text[start:end]}]{after}"


def main() -> int:
    """Print the table."""
    arguments = [one for one in sys.argv[1:] if not one.startswith("--")]
    wanted = arguments.pop() if "--errors" in sys.argv else ""
    folder = Path(arguments[0] if arguments else os.environ.get("HONGXIAN_POLICIES", "policies"))
    paths = sorted(folder.glob("*.json")) if folder.is_dir() else []
    if not paths:
        print(f"no labelled policies in '{folder}': give the folder or set HONGXIAN_POLICIES")
        return 2
    halves = [Counts(), Counts()]
    policies = [read(path) for path in paths]
    mentions_of(policies[0])
    clock = time.process_time()
    for policy in policies:
        mentions_of(policy)
    spent = time.process_time() - clock
    for number, policy in enumerate(policies):
        scorer = Scorer(policy, halves[number % 2], wanted)
        scorer.score()
        if number % 2 == 0:
            print(*scorer.seen, sep="\n", end="\n" if scorer.seen else "")
    size = sum(len(policy.text) for policy in policies)
    print(f"{len(policies)} policies, {size} characters: {spent:.2f} CPU s, "
          f"{spent / size * 6400 * 1000:.1f} ms per 6,400 characters")  # fmt: skip
    _table(halves)
    return 0


def _table(halves: list[Counts]) -> None:
    print(f"{'':32}{'even  P     R     F1':>26}{'odd   P     R     F1':>26}  target")
    for label in ("span", "strict"):
        rows: list[tuple[str, float | None]] = [
            ("document", 0.97), ("document keywords", None), ("sentence", 0.94),
            ("sentence keywords", None), *TARGETS.items(),
        ]  # fmt: skip
        for row, target in rows:
            figures = [half.figures(f"{label} {row}") for half in halves]
            cells = "".join(f"      {p:.3f} {r:.3f} {f:.3f}" for p, r, f in figures)
            print(f"{label + ' ' + row:32}{cells}  {target or ''}")


if __name__ == "__main__":
    raise SystemExit(main())
