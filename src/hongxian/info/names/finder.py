"""Finds names: behind labels, by the tagger, in Latin letters, and where one is said again."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from hongxian.info.names.claims import Claim, add_claims, said_again
from hongxian.info.names.fields import labelled_spans
from hongxian.info.names.latin import amid_chinese, latin_spans
from hongxian.info.names.partial import is_namesake, is_partial
from hongxian.info.names.spans import find_spans
from hongxian.info.tagging import Tagging, load_network, tag_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hongxian.info.tagging import Span

LEAST = 0.8
"""The score from which a hit of the tagger is a name."""

_INITIAL = 2
"""How far before the first Chinese character an initial may stand, as in ``J·克里斯``."""

_CLEAR = 0.9
"""The score from which a name counts wherever else the text says it."""

_WEAKEST = 0.05
"""The lowest score that is told of a value."""


@dataclass(frozen=True, slots=True)
class NameHit:
    """A name within a text."""

    start: int
    end: int
    score: float
    """From 0 to 1, how sure."""
    why: str
    """``label``, ``tagger``, ``again`` (said more surely elsewhere in the text) or ``latin``."""


def find_names(text: str) -> list[NameHit]:
    """Return the names in a text, in order, none overlapping another.

    A surname with a form of address alone (``王先生``) names nobody and is not returned.
    """
    return next(find_names_in([text]))


def find_names_in(rows: Iterable[str], least: float = LEAST) -> Iterator[list[NameHit]]:
    """Yield the names in each row, as :func:`find_names`; many rows at once are quicker.

    Args:
        rows: texts.
        least: the score from which a hit of the tagger is a name.
    """
    for text, spans in _tagged(rows, least):
        yield [
            NameHit(span.start, span.end, round(span.score, 3), why)
            for span, why in _claims(text, spans)
        ]


def is_name(value: str) -> float:
    """Return how surely a whole value is one name, from 0 to 1."""
    return next(name_scores([value]))


def name_scores(values: Iterable[str]) -> Iterator[float]:
    """Yield for each value how surely the whole of it is one name."""
    for text, spans in _tagged((value.strip() for value in values), _WEAKEST):
        whole = (
            s.score for s in (*spans, *latin_spans(text)) if s.start == 0 and s.end == len(text)
        )
        yield round(max(whole, default=0.0), 3)


def _tagged(rows: Iterable[str], least: float) -> Iterator[tuple[str, list[Span]]]:
    network = load_network("hongxian.info.names", "tagger")
    return tag_rows(rows, Tagging(network, partial(find_spans, least=least), _INITIAL))


def _claims(text: str, tagged: list[Span]) -> list[Claim]:
    """Return the names of all kinds, each stretch of the text claimed by the surest kind."""
    claims = add_claims([], labelled_spans(text), "label")
    tagged = [span for span in tagged if _is_person(text, span)]
    clear = [span for span in tagged if span.score >= _CLEAR]
    claims = add_claims(claims, clear, "tagger")
    claims = add_claims(claims, said_again(text, clear), "again")
    claims = add_claims(claims, tagged, "tagger")
    latin = (span for span in latin_spans(text) if amid_chinese(text, span))
    return add_claims(claims, latin, "latin")


def _is_person(text: str, span: Span) -> bool:
    partial = is_partial(text[span.start : span.end])
    return not partial and not is_namesake(text, span.start, span.end)
