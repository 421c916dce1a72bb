"""What the part of a policy that a sentence stands in means for what it declares."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hongxian.sensors.policy.clauses import Sentence

SILENT = frozenset(("exceptions", "definitions", "contents"))
"""Parts that declare nothing."""

EXCEPTIONS = re.compile(
    r"(?:无需|无须|不需|不必|毋需|毋须|豁免|不经|未经|免于|不用|不受).{0,14}(?:同意|授权"
    r"|许可)(?!.{0,12}不会)"
    r"|(?:同意|授权)的?例外"
    r"|(?:without|not (?:need|require|have) (?:to )?).{0,24}consent.{0,60}"
    r"|exceptions? to.{0,20}consent",
    re.IGNORECASE,
)
_CASES = re.compile(
    r"情形|情况|下列|以下|例外|豁免|除外|cases?\b|following|circumstances|situations", re.IGNORECASE
)
_HEADINGS = (
    ("exceptions", re.compile(EXCEPTIONS.pattern, re.IGNORECASE)),
    ("definitions", re.compile(
        r"^(?:.{0,6})(?:定义|释义|名词解释|术语|关键词|词汇)|^definitions?\b"
        r"|\bterms and definitions", re.IGNORECASE
    )),
    ("contents", re.compile(r"^\s*目\s*[录錄]\s*$|^(?:table of )?contents\s*$", re.IGNORECASE)),
    ("rights", re.compile(
        r"(?:您|你|用户|个人|主体)的?(?:.{0,4})(?:权利|控制权|权益)|管理(?:您|你|个人|自己)"
        r"|行使.{0,6}权|撤回"
        r"|(?:访问|查询|查阅|更正|修改|注销|复制).{0,12}(?:更正|修改|删除|复制|转移|账[号户]"
        r"|个人信息)|[注註][销銷]账"
        r"|your (?:\w+ )?(?:rights|choices|controls)|access.{0,20}(?:correct|delet|updat)"
        r"|manag\w+ your|delet\w+ your account|rights of",
        re.IGNORECASE,
    )),
)  # fmt: skip
_DEFINES = re.compile(
    r"(?:是指|系指|指的是|指以电子|的定义|所称|以下简称.{0,12}指)"
    r"|^[\s\W]{0,3}(?:个人信息|敏感个人信息|个人敏感信息|personal (?:information"
    r"|data))[\"”』」]?[：:，,\s]*"
    r"(?:是|包括|指|means|refers to|is (?:any|defined))"
    r"|\b(?:means any|refers to (?:any|information|data)|is defined as|shall mean)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"如何|怎样|怎么|哪些(?:信息|个人)|\bhow (?:we|your|to)\b|what (?:information|data|personal)",
    re.IGNORECASE,
)
_TELLS = re.compile(r"[:：].|会收集|将收集|is collected", re.IGNORECASE)


class Sections:
    """Tells the part that a sentence stands in; asks each heading once."""

    def __init__(self, text: str, sentences: Sequence[Sentence]) -> None:
        """Take a document's sentences.

        Args:
            text: the document's text.
            sentences: all of them, in order.
        """
        self._text = text
        self._sentences = sentences
        self._known: dict[tuple[int, int], str] = {}
        self._silent: set[int] = set()
        self._contents = _twice(text, sentences)

    def part(self, number: int) -> str:
        """Return ``rights``, one of :data:`SILENT`, or nothing; ask in order of the sentences."""
        part = self._part(number)
        if part in SILENT:
            self._silent.add(number)
        return part

    def _part(self, number: int) -> str:
        sentence = self._sentences[number]
        words = self._text[sentence.start : sentence.end]
        if self._lists_exceptions(sentence, words, number):
            return "exceptions"
        if number in self._contents:
            return "contents"
        for heading in reversed(sentence.headings):
            part = self._heading((heading.start, heading.end))
            if part:
                return part
        return "definitions" if defines(words) else ""

    def _lists_exceptions(self, sentence: Sentence, words: str, number: int) -> bool:
        above = sentence.lead if not sentence.follows else number - 1
        if above is not None and above in self._silent:
            return True
        return bool(EXCEPTIONS.search(words) and _CASES.search(words) and "不会" not in words)

    def _heading(self, span: tuple[int, int]) -> str:
        part = self._known.get(span)
        if part is None:
            words = self._text[span[0] : span[1]][:200]
            part = next((name for name, sign in _HEADINGS if sign.search(words)), "")
            self._known[span] = part
        return part


def defines(words: str) -> bool:
    """Whether a sentence says what a word means."""
    return bool(_DEFINES.search(words[:400]))


def asks(words: str) -> bool:
    """Whether a sentence announces what it does not say: how we collect."""
    return bool(_ASKS.search(words)) and not _TELLS.search(words)


def _twice(text: str, sentences: Sequence[Sentence]) -> set[int]:
    """Return the lines of a table of contents: short ones that come again as a heading."""
    seen: dict[str, int] = {}
    found: set[int] = set()
    for number, sentence in enumerate(sentences):
        if sentence.end - sentence.start > 60 or not (sentence.title or sentence.lead is not None):
            continue
        words = re.sub(r"[\W\d]+", "", text[sentence.start : sentence.end]).casefold()
        if words and words in seen and sentence.title:
            found.add(seen[words])
        seen.setdefault(words, number)
    return found
