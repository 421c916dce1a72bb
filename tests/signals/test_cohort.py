from __future__ import annotations

import random

import pytest

from hongxian.signals.cohort import LEAST_NUMBERS, Cohort, fit, with_clients, with_score
from hongxian.signals.pane import Pane


def pane(rng: random.Random, size: int, hit: float) -> Pane:
    made = Pane(asked=size, hits=round(size * hit), pairs=100, alike=rng.randint(30, 60))
    for _ in range(size):
        made.numbers.add(rng.getrandbits(60))
        made.cells.add(rng.getrandbits(60))
    return made


def panes(count: int) -> list[Pane]:
    rng = random.Random(1)
    return [pane(rng, rng.randint(30, 90), rng.uniform(0.5, 0.7)) for _ in range(count)]


def test_what_is_usual_is_learned() -> None:
    found = fit(panes(200))
    assert 3.7 < found.size < 4.5
    assert found.hit.mean == pytest.approx(0.6, abs=0.03)
    assert found.alike.mean == pytest.approx(0.45, abs=0.04)
    assert found.fitted == 200


def test_too_few_principals_teach_nothing() -> None:
    assert fit(panes(5)) == Cohort()
    assert fit([]) == Cohort()


def test_some_attackers_among_the_learners_change_little() -> None:
    rng = random.Random(2)
    found = fit([*panes(300), *(pane(rng, 256, 0.01) for _ in range(3))])
    assert found.hit.mean == pytest.approx(0.6, abs=0.03)
    assert found.size < 4.6


def test_groups_are_learned_apart() -> None:
    groups = [Pane(asked=10 * LEAST_NUMBERS, hits=round(20 * LEAST_NUMBERS * share), pairs=100,
                   alike=round(100 * share)) for share in (0.2, 0.3, 0.4)]  # fmt: skip
    found = fit([], groups)
    assert found.alike_mean == pytest.approx(0.3)
    assert found.alike_deviation == pytest.approx(0.0816, abs=0.001)


def test_the_threshold_is_where_few_honest_principals_are() -> None:
    rng = random.Random(3)
    scores = [rng.expovariate(1.0) for _ in range(20_000)]
    threshold = with_score(Cohort(), scores).score
    assert sum(one > threshold for one in scores) / len(scores) < 1e-3
    assert with_score(Cohort(), [0.0] * 5_000).score == 7.0
    assert with_score(Cohort(), scores[:10]) == Cohort()


def test_clients_are_learned_with_the_share_that_has_others() -> None:
    made = panes(100)
    for place, one in enumerate(made):
        one.client = 1 if place < 90 else place
    found = with_clients(Cohort(), made, frozenset({1}))
    assert found.common == {1}
    assert found.strange == pytest.approx(0.104, abs=0.001)
    assert with_clients(Cohort(), made[:10], frozenset({1})).strange == 1.0
    assert with_clients(Cohort(), made, frozenset()).strange == 1.0


def test_it_comes_back_from_plain_data() -> None:
    found = fit(panes(200))
    assert Cohort.load(found.dump()) == found
