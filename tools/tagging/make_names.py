"""Makes texts with names of people: ``python make_names.py COUNT SEED > names.jsonl``.

Each line is a text and its marks: start, end, and ``N`` for a name or ``X`` for another proper
name.
"""

from __future__ import annotations

import json
import sys

import people
import things
from draw import CHANCE, number, odds, one, pick
from sentences import NAMES, OTHERS, SAMPLES, Text, passage

_BEFORE = "n2 v2 v1 d2 d1 a2 n1 p1 n3 vn2 l4 m2 t2 s2".split()
_AFTER = "v2 v1 d2 d1 p1 n2 vn2 c1 c2".split()


def main() -> None:
    """Print the texts."""
    CHANCE.seed(int(sys.argv[2]))
    for _ in range(int(sys.argv[1])):
        text, marks = _value() if odds(0.07) else _running()
        if text:
            print(json.dumps([text, marks], ensure_ascii=False))


def _value() -> Text:
    """Return a name, a word or another proper name by itself, as a column holds them."""
    draw = CHANCE.random()
    if draw < 0.45:
        name = SAMPLES[pick(*"NNNNNNNFFJ")]()
        return Text(name, [(0, len(name), "N")])
    if draw < 0.8:
        return Text(things.any_word(), [])
    if draw < 0.9:
        common = people.common_characters()
        made = pick(things.thing_word, things.plain_word, things.post, things.date, things.figure,
                    people.latin_word, lambda: one(common))  # fmt: skip
        return Text(made(), [])
    other = SAMPLES[pick(*OTHERS)]()
    return Text(other, [(0, len(other), "X")])


def _running() -> Text:
    text = passage()
    if odds(0.15):
        text = text.then(_amid_words())
    if odds(0.2):
        text = text.then(Text(pick("", "，", "。"), []))
        text = text.then(Text(things.words(things.KINDS, number(2, 9)), []))
    if odds(0.1):  # as long, so that the marks hold
        text = text._replace(text=text.text.replace("，", pick(" ", ",")))
    if odds(0.15):
        text = text._replace(text=text.text.rstrip("。"))
    return text


def _amid_words() -> Text:
    """Return a name amid words without sense: its own shape has to tell."""
    before, after = things.words(_BEFORE, number(0, 4)), things.words(_AFTER, number(0, 4))
    name = SAMPLES[pick(*NAMES, *"NN")]()
    return Text(before + name + after, [(len(before), len(before) + len(name), "N")])


if __name__ == "__main__":
    main()
