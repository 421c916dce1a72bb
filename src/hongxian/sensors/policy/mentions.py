"""What a stretch of text names: the words that the lexicon found, before they are related."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

MENTION_KINDS = {
    "info": "PI; key = a type key of `info`, a group key for words that name a whole group "
    "(设备信息 = `device`), or `personal` for words that name PI as such (个人信息)",
    "act": "a verb of handling; key = collect | use | share | entrust | transfer | disclose | "
    "store | delete",
    "party": "who; key = first_party | person | an SDK or company key of `laws` | third_party | "
    "affiliate | authority | other_users | named (a name the lists do not know)",
    "recipient": "a party in the place of one who is given PI (向…提供, shared with); keys as "
    "party",
    "purpose": "the words that say what for; key = one of facts.vocabulary.PURPOSES",
    "permission": "a system permission by name or by its Chinese or English label; "
    "key = Android permission or its group",
    "function": "a function of the app; key = `basic:<app type key>` or `extended:<word>`",
    "condition": "under which condition; key = consent | separate_consent | legal_exception | "
    "law | choice",
    "negation": "not; key = not | without | never",
    "modality": "may; key = may | will | must",
    "reference": "points back; key = above | following | such",
    "retention": "how long; key = fixed | shortest | until_deletion | legal_minimum",
    "method": "how; key = sdk | cookie | manual | permission | api | server | device",
    "country": "a country or region outside the mainland; key = its ISO code, or `abroad`",
}
"""Kind -> what it is and which keys it has."""


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A term of the lexicon at its place.

    Offsets count characters of the document's text; ``certainty`` is 0 to 1, as the lexicon's
    row gives it, and 1 for what a pattern proves.
    """

    start: int
    end: int
    kind: str
    key: str
    certainty: float = 1.0


class Mentions(tuple[Mention, ...]):
    """All mentions of a document in the order of the text; those of a kind do not overlap."""

    __slots__ = ()

    def of(self, *kinds: str) -> Mentions:
        """Return those of some kinds."""
        return Mentions(one for one in self if one.kind in kinds)

    def within(self, start: int, end: int) -> Mentions:
        """Return those that lie inside a stretch of the text."""
        first = bisect_left(self, start, key=_start)
        last = bisect_left(self, end, lo=first, key=_start)
        return Mentions(one for one in self[first:last] if one.end <= end)


def _start(mention: Mention) -> int:
    return mention.start
