"""Our sentences: read, filled, changed word by word, cut and put together anew."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import NamedTuple

import people
import sources
import things
from draw import CHANCE, number, odds, one, pick

SAMPLES = {
    "N": people.chinese,
    "F": people.foreign,
    "J": people.japanese,
    "E": people.latin,
    "X": people.surname,
    "L": things.place,
    "P": things.spot,
    "O": things.organisation,
    "C": things.company,
    "S": things.club,
    "W": things.thing,
    "G": things.work,
    "T": things.post,
    "D": things.date,
    "M": things.figure,
}
"""What fills each slot."""
NAMES = "NFJ"
OTHERS = "LPOCSWG"
"""Proper names of other things."""
_BEFORE = "岁的 的 元 分 由 让 请 与 和 向 被 据 对 给 是 把 跟 找 像 以及 包括 如 及 而 但 因为 叫 名叫 而且 其中 同时 于是 当时 随后 除了 比如 例如 连 为 以 任 同 若 当 将 看 有 到 见 即 后 前 老 我 他 她 这 那 的 和平 小 副 总 新 原 前任 现任 名将 老将 小将 才子 大师 明星".split()  # noqa: E501 - a list of words
_AFTER = "将 曾 称 说 则 也 都 就 还 又 在 从 对 与 和 及 等 是 有 已 便 却 即 因 为 向 被 把 让 由 的 道 表示 告诉 久 会 能 要 想 去 来 到 给 跟 同 再 才 只 不 没 没有 可以 认为 指出 先后 以 于 之 他 她 自己 本人 一 两 三 大 小 所 其 此 那 这 发 出 生 现 今年 昨天 昨日 首次 曾经 一直 先生 女士 老师 大哥 大姐 同志 夫妇 夫妻 兄弟 父子 教授 博士 医生 队长 爷爷 奶奶 叔叔 阿姨 家 案 队 版 式 们".split()  # noqa: E501 - a list of words
_CHANGED = ("n", "v", "a", "vn", "nz", "d", "t", "s", "f", "l")
_TAGS = {"vd": "v", "ad": "a", "an": "n", "nw": "nz", "i": "l"}
_STOPS = "，。；！？："

Token = tuple[str, str]
Mark = tuple[int, int, str]


class Text(NamedTuple):
    """A text with marks: name slots by their letter, other proper names ``X``."""

    text: str
    marks: list[Mark]

    def then(self, other: Text) -> Text:
        """Return this text and the other behind it."""
        by = len(self.text)
        return Text(
            self.text + other.text, self.marks + [(s + by, e + by, k) for s, e, k in other.marks]
        )


def read_sentences() -> list[str]:
    """Return our sentences."""
    files = sorted(sources.HERE.glob("sentences_*.txt"))
    lines = (line.strip() for file in files for line in file.read_text("utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def slots_of(piece: str) -> bool:
    """Return whether a piece of a sentence is a slot."""
    return re.fullmatch(r"\{[A-Z]\}", piece) is not None


@cache
def sentences() -> list[list[Token]]:
    """Return our sentences as words with tags."""
    data = json.loads((sources.HERE / "tokens.json").read_text(encoding="utf-8"))
    return [[(word, tag) for word, tag in tokens] for tokens in data.values()]


@cache
def clauses() -> tuple[list[list[Token]], list[list[Token]]]:
    """Return all clauses, and those with a name."""
    every = [clause for tokens in sentences() for clause in split(tokens)]
    return every, [c for c in every if any(t == "SLOT" and w in "NFJE" for w, t in c)]


def split(tokens: list[Token]) -> list[list[Token]]:
    """Return the clauses of a sentence."""
    out: list[list[Token]] = [[]]
    for token in tokens:
        out[-1].append(token)
        if token[0] in _STOPS:
            out.append([])
    return [clause for clause in out if clause]


def fill(tokens: list[Token], rate: float) -> Text:
    """Return the words with the slots filled.

    Args:
        tokens: words and slots.
        rate: the share of the other words that become another of their kind.
    """
    text = Text("", [])
    for word, tag in tokens:
        if tag == "SLOT":
            text = text.then(_filled(word, bool(text.text)))
        elif odds(0.012):
            text = text.then(Text(people.latin_word(), []))
        else:
            text = text.then(Text(changed(word, tag) if odds(rate) else word, []))
    return text


def changed(word: str, tag: str) -> str:
    """Return another word of the same kind and length."""
    tag = _TAGS.get(tag, tag)
    kind = f"{tag}{min(len(word), 4)}"
    known = things.words_by_kind()
    return known[kind]() if tag in _CHANGED and kind in known else word


def _filled(slot: str, within: bool) -> Text:
    """Return a slot's filling, with what may stand close around a name."""
    before = one(_BEFORE) if slot in "NF" and within and odds(0.07) else ""
    if slot in "NF" and odds(0.02):
        slot = "F" if slot == "N" else "N"
    value = SAMPLES[slot]()
    start, end = len(before), len(before) + len(value)
    marks: list[Mark] = []
    if slot in NAMES:
        marks.append((start, end, slot))
    elif slot in OTHERS:
        marks.append((start, end, "X"))
    after = (one(_AFTER) if odds(0.8) else things.figure()) if slot in "NF" and odds(0.14) else ""
    if slot == "F" and odds(0.08):
        after += f"（{people.latin()}）"
    elif slot in "NLOCGP" and odds(0.02):
        after += f"({people.latin_word()})"
    return Text(before + value + after, marks)


def passage() -> Text:
    """Return a sentence of ours, clauses of several, or the end of one."""
    draw, rate = CHANCE.random(), pick(0, 0.1, 0.3, 0.5, 0.8)
    every, named = clauses()
    if draw < 0.5:
        chosen = split(one(sentences()))
    elif draw < 0.8:
        chosen = [one(every) if odds(0.6) else one(named) for _ in range(number(1, 4))]
    else:
        chosen = split(one(sentences()))
        chosen = chosen[CHANCE.randrange(len(chosen)) :]
    text = Text("", [])
    for clause in chosen:
        text = text.then(fill(clause, rate))
    return text
