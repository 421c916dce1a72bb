"""The classes of words and the numbers of characters that both taggers share.

python words.py    writes src/hongxian/info/tagging/data/words.npz
"""

from __future__ import annotations

import re
import string
import sys
from collections import Counter

import numpy as np
import sources
import things
from sentences import read_sentences

ROOT = sources.HERE.parents[1]
sys.path.insert(0, str(ROOT / "src"))

RARE, MEDIUM, FREQUENT, VERY_FREQUENT, PLACE, PERSON, PROPER, DIVISION, TOWN = range(1, 10)
"""The classes. The tagger learns what each means; only that they differ matters."""
_STEPS = ((40, RARE), (400, MEDIUM), (4000, FREQUENT))
_TOWN_KIND = re.compile("(街道|镇|乡)$")
_FIRST_CHARACTER = 6
"""0 is unknown, 1 the end of a row, 2 digits, 3 and 4 Latin letters, 5 kana."""


def word_classes() -> dict[str, int]:
    """Return words of two to four characters with their classes."""
    classes = _from_dictionary()
    for name in sources.checked_names():
        if name.source in ("history", "segment") and name.agreed == 4 and _fits(name.word):
            classes.setdefault(name.word, PERSON)
    lists = sources.own_lists()
    for key, kind in (
        ("clubs", PROPER),
        ("brands", PROPER),
        ("abroad", PLACE),
        ("landmarks", PLACE),
    ):
        for word in filter(_fits, lists[key]):
            if classes.get(word) not in (FREQUENT, VERY_FREQUENT):
                classes[word] = kind
    _add_divisions(classes)
    return classes


def _from_dictionary() -> dict[str, int]:
    agreed = {name.word: name.agreed for name in sources.checked_names()}
    classes: dict[str, int] = {}
    for word, (count, tag) in sources.dictionary().items():
        if not _fits(word):
            continue
        if tag[:2] == "nr":
            if agreed.get(word) == 4:
                classes[word] = PERSON
            elif agreed.get(word, 0) <= 2 and count >= 5:
                classes[word] = min(_by_count(count), FREQUENT)
        elif tag in ("ns", "nt", "nz"):
            classes[word] = PLACE if tag == "ns" else PROPER
        elif count >= 5 or tag in ("i", "l"):
            classes[word] = _by_count(count)
    return classes


def _by_count(count: int) -> int:
    return next((kind for most, kind in _STEPS if count < most), VERY_FREQUENT)


def _add_divisions(classes: dict[str, int]) -> None:
    whole = {name for row in sources.divisions() for name in row[:3] if name != "市辖区"}
    for name in sorted(whole):
        short = name[:-1]
        if _fits(short) and classes.get(short, RARE) < FREQUENT:
            classes[short] = PLACE
    classes.update({name: DIVISION for name in sorted(whole) if _fits(name)})
    for *_, town in sources.divisions():
        for name in (town, _TOWN_KIND.sub("", town)):
            if _fits(name):
                classes.setdefault(name, TOWN)


def _fits(word: str) -> bool:
    return re.fullmatch(sources.HAN + "{2,4}", word) is not None


def character_numbers(classes: dict[str, int]) -> dict[int, int]:
    """Return the number of each code point that the taggers tell from others."""
    counts = Counter("".join(classes) + "".join(read_sentences()) * 50)
    for word, (count, _) in sources.dictionary().items():
        if len(word) == 1:
            counts[word] += count
    numbers = {ord("\n"): 1} | dict.fromkeys(range(0x3040, 0x3100), 5)
    for group, number in (
        (string.digits + "０１２３４５６７８９", 2),
        (string.ascii_lowercase, 3),
        (string.ascii_uppercase, 4),
    ):
        numbers |= {ord(character): number for character in group}
    following = _FIRST_CHARACTER
    known = [c for c, n in counts.most_common(6600) if n > 3 and ord(c) < 0xFFFF]
    for character in (*known, *"#-_~()（）.,，:：/@+*\"“”'·•・|=&"):
        if ord(character) not in numbers:
            numbers[ord(character)] = following
            following += 1
    return numbers


def main() -> None:
    """Write the file."""
    from hongxian.info.tagging.grams import hash_words  # noqa: PLC0415 - from ROOT

    classes = word_classes()
    words = list(classes)
    hashes, kinds = hash_words(words), np.array([classes[word] for word in words], np.uint8)
    hashes, first = np.unique(hashes, return_index=True)
    numbers = character_numbers(classes)
    np.savez_compressed(
        ROOT / "src/hongxian/info/tagging/data/words.npz",
        codes=np.array(list(numbers), np.uint16),
        numbers=np.array(list(numbers.values()), np.uint16),
        hash_steps=np.diff(hashes, prepend=np.uint32(0)),
        classes=kinds[first],
    )
    print(len(words), "words,", max(numbers.values()) + 1, "characters", things.__name__)


if __name__ == "__main__":
    main()
