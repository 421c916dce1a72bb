"""Legal documents, and those of their clauses that bear on the product, with dates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from hongxian.info.source import covers, read
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from datetime import date

KINDS = (
    "law", "regulation", "interpretation", "rule", "normative", "notice", "standard", "guide",
)  # fmt: skip
"""Kinds of documents, highest first."""

STATUSES = ("in_force", "ended", "draft")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A law, standard, notice or draft."""

    key: str
    zh: str
    en: str
    number: str
    kind: str
    status: str
    issued: str
    """Day, or month where no more is known."""
    valid_from: date | None
    """First day in force; ``None`` for a draft."""
    valid_to: date | None
    confidence: str
    note: str

    def name(self, lang: str) -> str:
        """Return the name in a language."""
        return self.zh if lang == "zh" else self.en

    def in_force(self, on: date) -> bool:
        """Return whether it is in force on a day."""
        return covers(on, self.valid_from, self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One clause, in our words."""

    document: Document
    article: str
    """Number or range (``28-30``); empty where a draft's numbers are not settled."""
    topic_zh: str
    topic_en: str
    zh: str
    en: str
    limit_zh: str
    limit_en: str
    rules: tuple[str, ...]
    """Numbers of the behaviours that it bears on."""
    check: str
    """What else in the product bears on it."""
    valid_from: date | None
    valid_to: date | None
    confidence: str
    note: str

    def topic(self, lang: str) -> str:
        """Return the topic in a language."""
        return self.topic_zh if lang == "zh" else self.topic_en

    def text(self, lang: str) -> str:
        """Return what it requires, in a language."""
        return self.zh if lang == "zh" else self.en

    def limit(self, lang: str) -> str:
        """Return its number or threshold in a language; empty when it sets none."""
        return self.limit_zh if lang == "zh" else self.limit_en

    def cite(self, lang: str) -> str:
        """Return how it is cited: ``《个人信息保护法》第14条``, ``PIPL art. 14``."""
        if lang != "zh":
            return f"{self.document.key} {_article_en(self.article, self.document.kind)}".rstrip()
        return f"《{self.document.zh}》{_article_zh(self.article, self.document.kind)}"

    def in_force(self, on: date) -> bool:
        """Return whether it is in force on a day."""
        return covers(on, self.valid_from, self.valid_to)


@cache
def load_documents() -> dict[str, Document]:
    """Return the documents by key, those first that are printed first."""
    rows = read("hongxian.laws", "documents")["document"]
    return {row["key"]: _document(row) for row in rows}


@cache
def load_clauses() -> tuple[Clause, ...]:
    """Return every clause, in the order of the documents."""
    documents = load_documents()
    rows = read("hongxian.laws", "clauses")["clause"]
    return tuple(_clause(row, documents[row["doc"]]) for row in rows)


def find_document(word: str) -> Document:
    """Return the document with this key, number or name, or the only one with it in the name.

    Raises:
        HongxianError: none or several fit.
    """
    documents = load_documents()
    if word.upper() in documents:
        return documents[word.upper()]
    asked = word.strip("《》").casefold()
    fits = [one for one in documents.values() if asked in _names(one)]
    fits = fits or [one for one in documents.values() if any(asked in name for name in _names(one))]
    if len(fits) == 1:
        return fits[0]
    if fits:
        keys = ", ".join(one.key for one in fits)
        raise WordedError("several_documents", word=word, keys=keys)
    raise WordedError("no_document", word=word)


def _names(document: Document) -> list[str]:
    names = [document.zh, document.en, document.number]
    return [name.casefold() for name in names if name]


def _document(row: dict[str, Any]) -> Document:
    return Document(
        key=row["key"],
        zh=row["zh"],
        en=row["en"],
        number=row.get("number", ""),
        kind=row["kind"],
        status=row["status"],
        issued=row.get("issued", ""),
        valid_from=row.get("from"),
        valid_to=row.get("to"),
        confidence=row["conf"],
        note=row.get("note", ""),
    )


def _clause(row: dict[str, Any], document: Document) -> Clause:
    return Clause(
        document=document,
        article=row.get("article", ""),
        topic_zh=row["topic_zh"],
        topic_en=row["topic_en"],
        zh=row["zh"],
        en=row["en"],
        limit_zh=row.get("limit_zh", ""),
        limit_en=row.get("limit_en", ""),
        rules=tuple(row.get("rules", ())),
        check=row.get("check", ""),
        valid_from=row.get("from", document.valid_from),
        valid_to=row.get("to", document.valid_to),
        confidence=row["conf"],
        note=row.get("note", ""),
    )


_PLAIN = re.compile(r"\d+(-\d+)?")


def _article_zh(article: str, kind: str) -> str:
    if not _PLAIN.fullmatch(article) or kind in ("standard", "notice"):
        return f" {article}" if article else ""
    first, _, last = article.partition("-")
    return f"第{first}条至第{last}条" if last else f"第{first}条"


def _article_en(article: str, kind: str) -> str:
    if not _PLAIN.fullmatch(article) or kind in ("standard", "notice"):
        return article
    return f"arts {article}" if "-" in article else f"art. {article}"
