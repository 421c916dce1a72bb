"""Legal and technical terms that a policy uses without saying what they mean."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_EXPLAINS = re.compile(
    r"[”\"』」*\s]{0,3}(?:[（(](?!以下)|[:：]"
    r"|[，,]?(?:是指|指的是|即|意为|means\b|refers to\b|is an?\b))",
    re.IGNORECASE,
)
"""What stands behind a term that is being explained."""


def unexplained(text: str, lang: str) -> list[re.Match[str]]:
    """Return the places of terms that the text explains nowhere.

    Args:
        text: the policy.
        lang: ``zh`` or ``en``: whose terms are sought.
    """
    found = list(_pattern(lang).finditer(text))
    told = {one[0].casefold() for one in found if _EXPLAINS.match(text, one.end())}
    return [one for one in found if one[0].casefold() not in told]


def load_terms() -> tuple[tuple[str, str], ...]:
    """Return the terms, each with its language."""
    source = files("hongxian.sensors.policy") / "data" / "jargon.tsv"
    rows = source.read_text(encoding="utf-8").splitlines()[1:]
    return tuple((row.split("\t")[0], row.split("\t")[1]) for row in rows if row)


@cache
def _pattern(lang: str) -> re.Pattern[str]:
    """One pattern, longest terms first; terms in Latin letters stand as words of their own."""
    terms = sorted({term for term, of in load_terms() if of == lang}, key=len, reverse=True)
    return re.compile("|".join(map(_form, terms)), re.IGNORECASE)


def _form(term: str) -> str:
    form = re.escape(term).replace(r"\ ", r"\s?")
    before = r"(?<![A-Za-z0-9])" if term[0].isascii() else ""
    after = r"(?![A-Za-z0-9])" if term[-1].isascii() else ""
    return before + form + after
