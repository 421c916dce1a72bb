from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hongxian.info.names.claims import Claim, add_claims, said_again
from hongxian.info.tagging import Span

SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 6)), max_size=12).map(
    lambda pairs: sorted(Span(start, start + length, 0.9) for start, length in pairs)
)


def spans(*pairs: tuple[int, int]) -> list[Span]:
    return [Span(start, end, 0.9) for start, end in pairs]


def test_the_first_to_come_keeps_its_place() -> None:
    taken = add_claims([], spans((3, 6)), "label")
    merged = add_claims(taken, spans((0, 3), (4, 8), (6, 9)), "tagger")
    assert [(c.span.start, c.why) for c in merged] == [(0, "tagger"), (3, "label"), (6, "tagger")]


def test_claims_behind_the_last_span_stay() -> None:
    taken = [Claim(span, "label") for span in spans((5, 7), (9, 12), (20, 22))]
    assert add_claims(taken, spans((0, 2)), "tagger")[1:] == taken


@given(SPANS, SPANS)
def test_claims_never_overlap_and_none_taken_is_lost(first, second) -> None:
    taken = add_claims([], first, "a")
    merged = add_claims(taken, second, "b")
    ends = [claim.span.end for claim in merged]
    assert all(end <= claim.span.start for end, claim in zip(ends, merged[1:], strict=False))
    assert [claim for claim in merged if claim.why == "a"] == taken


def test_a_name_counts_wherever_it_is_said_again() -> None:
    text = "记者陈桂芳报道。陈桂芳：好的。陈桂"
    found = list(said_again(text, [Span(2, 5, 0.95)]))
    assert [(s.start, s.end, s.score) for s in found] == [(2, 5, 0.95), (8, 11, 0.95)]


def test_broken_text_is_searched_too() -> None:
    assert len(list(said_again("\ud800陈桂芳\udfff陈桂芳", [Span(1, 4, 0.95)]))) == 2


def test_a_name_of_two_characters_is_not_looked_for_elsewhere() -> None:
    assert list(said_again("记者高明报道，手段高明", [Span(2, 4, 0.95)])) == []
