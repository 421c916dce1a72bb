"""presidio-analyzer's side of ``recognise_speed.py``: reads rows and lines, prints MB/s as JSON.

Run by the interpreter of ``bench/peers.sh``. Each recogniser becomes a PatternRecognizer with the
same patterns and with the labels as context words; the language model is an empty one for Chinese,
so that nothing is spent on tagging, and check digits are not computed: both favour presidio.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import spacy
from presidio_analyzer import AnalyzerEngine, Pattern, PatternRecognizer, RecognizerRegistry
from presidio_analyzer.nlp_engine import SpacyNlpEngine


class _Empty(SpacyNlpEngine):
    """A language engine that only cuts words."""

    def __init__(self) -> None:
        super().__init__()
        self.nlp = {"zh": spacy.blank("zh")}


def main() -> None:
    """Measure and print."""
    rows = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    lines = Path(sys.argv[2]).read_text("utf-8").splitlines()
    registry = RecognizerRegistry(supported_languages=["zh"])
    for row in rows:
        registry.add_recognizer(_recogniser(row))
    engine = AnalyzerEngine(
        registry=registry,
        nlp_engine=_Empty(),
        supported_languages=["zh"],
        default_score_threshold=0.3,
    )
    engine.analyze("x", language="zh")
    begin = time.process_time()
    hits = sum(len(engine.analyze(line, language="zh")) for line in lines)
    spent = time.process_time() - begin
    size = sum(len(line.encode()) + 1 for line in lines)
    print(json.dumps({"speed": size / spent / 1e6, "hits": hits}))


def _recogniser(row: dict[str, Any]) -> PatternRecognizer:
    edges = r"(?<![0-9A-Za-z_])(?:{})(?![0-9A-Za-z_])"
    patterns = [
        Pattern(kind, edges.format(row[kind]), score)
        for kind, score in (("alone", 0.6), ("named", 0.1))
        if row[kind]
    ]
    return PatternRecognizer(
        supported_entity=row["name"].upper(), patterns=patterns, context=row["labels"] or None,
        supported_language="zh",
    )  # fmt: skip


if __name__ == "__main__":
    main()
