from __future__ import annotations

import random
from typing import Any

import pytest

from hongxian.sensors.traffic.columns.cut import fast, words


@pytest.mark.parametrize("seed", [0, 0xFFFFF])
def test_words_are_numbered_as_they_come(seed: int) -> None:
    rng = random.Random(seed)
    made = words.Words(seed)
    known: dict[tuple[int, bytes], int] = {}
    for _ in range(3_000):
        kind, word = rng.randrange(2), rng.randbytes(rng.randrange(12))
        text = b"<" + word + b">"
        number = made.number(text, 1, len(text) - 1, kind)
        assert number == known.setdefault((kind, word), len(known))
        assert made.word(number) == bytes([kind]) + word
    assert made.count == len(known) > 256
    assert not made.full()
    made.clear()
    assert made.number(b"a", 0, 1, 0) == 0


def test_too_many_words_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    made = words.Words(1)
    made.number(bytes(9_000), 0, 9_000, 0)
    assert len(made.word(0)) == 9_001
    monkeypatch.setattr(words, "MOST_BYTES", 9_000)
    assert made.full()


@pytest.mark.parametrize("of", [words.Pairs, fast.Pairs], ids=["plain", "as-built"])
def test_pairs_are_new_once(of: Any) -> None:
    made, known = of(), set()
    rng = random.Random(3)
    for _ in range(4_000):
        pair = rng.randrange(90), rng.randrange(90)
        assert bool(made.add(*pair)) == (pair not in known)
        known.add(pair)
    assert made.count == len(known) > 1_024
    made.clear()
    assert made.add(1, 2)
