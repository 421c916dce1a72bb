from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hongxian.info.tagging import Span, Tagging, load_network, tag_rows
from hongxian.info.tagging import rows as module

TEXTS = st.lists(st.text(alphabet="王伟说在杭州，。ab1 \n", max_size=30), max_size=12)


def runs(chances, _codes) -> list[Span]:
    """Each run of positions where the first tag is not the likeliest, with the chance there."""
    inside = np.concatenate(([False], chances.argmax(axis=1) > 0, [False]))
    edges = np.nonzero(np.diff(inside.astype(int)))[0].reshape(-1, 2)
    return [Span(int(a), int(b), round(float(chances[a, 0]), 4)) for a, b in edges]


def how(beyond: int = 0) -> Tagging:
    return Tagging(load_network("hongxian.info.names", "tagger"), runs, beyond)


def spans(texts: list[str], beyond: int = 0) -> list[list[Span]]:
    return [found for _, found in tag_rows(texts, how(beyond))]


@given(TEXTS)
@example(["伟11111伟", "1111伟，说，说王州"])
@settings(max_examples=40, deadline=None)
def test_rows_at_once_give_what_each_gives_alone(texts) -> None:
    for text, found in zip(texts, spans(texts), strict=True):
        (alone,) = spans([text])
        assert [one[:2] for one in found] == [one[:2] for one in alone]
        # sums of floats in another order differ in the last places
        assert [one.score for one in found] == pytest.approx([one.score for one in alone], abs=1e-3)


def test_small_batches_give_the_same(monkeypatch) -> None:
    texts = ["记者王伟在杭州说", "", "李娜", "没有人"] * 5
    whole = spans(texts)
    monkeypatch.setattr(module, "BATCH", 20)
    assert spans(texts) == whole


def test_rows_come_back_in_order_with_their_texts() -> None:
    texts = ["一", "", "王伟说", "abc"]
    assert [text for text, _ in tag_rows(texts, how())] == texts


def test_a_row_longer_than_a_batch_is_cut_behind_a_sentence(monkeypatch) -> None:
    text = "记者王建国报道，市民李娜娜很高兴。" * 8
    whole = spans([text])[0]
    monkeypatch.setattr(module, "BATCH", 60)
    assert [(s.start, s.end) for s in spans(["前", text, "后"])[1]] == [
        (s.start, s.end) for s in whole
    ]


def test_a_long_row_without_a_place_to_cut_is_read_to_its_end(monkeypatch) -> None:
    monkeypatch.setattr(module, "BATCH", 300)
    found = spans(["啊" * 1000 + "，记者王建国报道"])[0]
    assert any(span.end <= 1008 and span.start >= 1000 for span in found)


@pytest.mark.parametrize("text", ["", "only latin words 123", "\n\n\n"])
def test_nothing_chinese_nothing_found(text) -> None:
    assert spans([text]) == [[]]


def test_no_rows_no_answers() -> None:
    assert spans([]) == []


def test_numbers_behind_the_last_chinese_character_are_looked_at_when_asked() -> None:
    text = "1" * 20 + "住在文三路" + "1" * 20

    def reached(beyond: int) -> int:
        seen = []
        find = lambda chances, _: seen.append((chances[:, 1] != -30).sum()) or []  # noqa: E731
        list(tag_rows([text], Tagging(how().network, find, beyond)))
        return int(seen[0])

    assert reached(12) == reached(0) + 2 * 12
